package dev.ringlet.header;

import dev.ringlet.request.QuotedList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An element of a header, with its parameters (RFC 9110, sections 5.6.1 and 5.6.6): {@code
 * value;name=value}.
 *
 * @param value as it is, with its quotes if it has any
 */
public record HeaderElement(String value, List<Parameter> parameters) {
  /**
   * A parameter.
   *
   * @param name in lower case
   * @param value without quotes
   */
  public record Parameter(String name, String value) {}

  public HeaderElement {
    parameters = List.copyOf(parameters);
  }

  /**
   * Those of a header that is a list. All of its lines are one list, and empty elements are none.
   *
   * @throws IllegalArgumentException if a quote is not closed, or something stands around it
   */
  public static List<HeaderElement> list(List<String> lines) {
    List<HeaderElement> elements = new ArrayList<>();
    for (String line : lines) {
      split(line, ',').forEach(element -> elements.add(of(element)));
    }
    return elements;
  }

  /**
   * That of a header that is no list.
   *
   * @throws IllegalArgumentException as above
   */
  public static HeaderElement of(String text) {
    List<String> parts = split(text, ';');
    boolean named = !parts.isEmpty() && !text.stripLeading().startsWith(";");
    return new HeaderElement(
        named ? parts.get(0) : "",
        parts.stream().skip(named ? 1 : 0).map(HeaderElement::parameter).toList());
  }

  private static Parameter parameter(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Parameter(text.toLowerCase(Locale.ROOT), "")
        : new Parameter(
            text.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            QuotedList.unquote(text.substring(equals + 1).strip()));
  }

  /** What stands between the separators, but for nothing; what is in quotes separates nothing. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        add(parts, text.substring(start, i));
        start = i + 1;
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quote that is not closed");
    }
    add(parts, text.substring(start));
    return parts;
  }

  private static void add(List<String> parts, String part) {
    if (!part.isBlank()) {
      parts.add(part.strip());
    }
  }

  /**
   * Its weight (RFC 9110, section 12.4.2) in thousandths; without one, it is 1000.
   *
   * @throws IllegalArgumentException if it has one that is none
   */
  int weight() {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals("q")) {
        if (!parameter.value().matches("0?\\.[0-9]+|0\\.?|1(\\.0*)?")) {
          throw new IllegalArgumentException("a weight that is none");
        }
        double weight = Double.parseDouble(parameter.value());
        return (int) Math.ceil(weight * 1000); // the least that is not zero is more than nothing
      }
    }
    return 1000;
  }
}
