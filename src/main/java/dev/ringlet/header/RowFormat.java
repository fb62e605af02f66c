package dev.ringlet.header;

import dev.ringlet.config.CsvForm;
import dev.ringlet.config.CsvForm.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of rows, by their media types. All are UTF-8. */
public final class RowFormat {
  public static final String JSON = "application/json";

  /** An object a line. */
  public static final String NDJSON = "application/x-ndjson";

  /** RFC 4180, and what its parameters make of it. */
  public static final String CSV = "text/csv";

  /** Their types, as CSV is announced. */
  public static final List<String> DIALECTS =
      List.of(CSV + ";dialect=cqlsh", CSV + ";dialect=dsbulk");

  /** What is to be changed of a row (RFC 7396). */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  /** A CloudEvent, whose data is a row (JSON format of CloudEvents 1.0.2, section 3). */
  public static final String EVENT = "application/cloudevents+json";

  /** An array of them (section 4). */
  public static final String EVENTS = "application/cloudevents-batch+json";

  /** Those of many rows; who accepts anything gets the first. */
  public static final List<String> ROWS = List.of(JSON, NDJSON, CSV);

  /** Those that POST takes. */
  public static final List<String> POSTED = List.of(JSON, NDJSON, CSV, EVENT, EVENTS);

  /** Those of a change. */
  public static final List<String> PATCHES = List.of(JSON, MERGE_PATCH);

  private static final List<String> KNOWN = List.of("charset", "header", "dialect", "delimiter");

  private RowFormat() {}

  /**
   * The first parameter of a body's type that means another form, or nothing that is known here.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static Optional<String> unknownParameter(String contentType) {
    boolean alone = contentType.indexOf(';') < 0 && contentType.indexOf('"') < 0; // mostly
    return alone ? Optional.empty() : unknown(HeaderElement.of(contentType));
  }

  /** The same of a type that is read already; a weight is not part of it. */
  static Optional<String> unknown(HeaderElement type) {
    return type.parameters().stream()
        .filter(parameter -> !parameter.name().equals("q"))
        .filter(parameter -> !isMeant(parameter, type.value()))
        .map(HeaderElement.Parameter::name)
        .findFirst();
  }

  /** What its parameters may be, in words, or nothing of one that there is not. */
  public static Optional<String> values(String parameter) {
    return Optional.ofNullable(
        switch (parameter) {
          case "charset" -> "Bodies are UTF-8.";
          case "dialect" -> "The dialect of CSV is cqlsh or dsbulk.";
          case "header" -> "The header line of CSV is present or absent.";
          case "delimiter" ->
              "The delimiter of CSV is tab, or an ASCII character in double quotes that is no"
                  + " letter, digit, quote or backslash.";
          default -> null;
        });
  }

  /**
   * The form that the parameters of a type ask for.
   *
   * @param type of which no parameter is unknown
   */
  public static CsvForm csv(HeaderElement type) {
    CsvForm form = CsvForm.PLAIN;
    for (HeaderElement.Parameter parameter : type.parameters()) {
      String value = parameter.value();
      form =
          switch (parameter.name()) {
            case "dialect" ->
                new CsvForm(
                    Dialect.valueOf(value.toUpperCase(Locale.ROOT)),
                    form.delimiter(),
                    form.header());
            case "delimiter" ->
                new CsvForm(form.dialect(), delimiter(value).orElseThrow(), form.header());
            case "header" ->
                new CsvForm(form.dialect(), form.delimiter(), value.equalsIgnoreCase("present"));
            default -> form;
          };
    }
    return form;
  }

  /** The type of CSV of this form, as it is sent. */
  public static String csv(CsvForm form) {
    StringBuilder type = new StringBuilder(CSV).append(";charset=UTF-8;header=");
    type.append(form.header() ? "present" : "absent");
    if (form.dialect() != Dialect.PLAIN) {
      type.append(";dialect=").append(form.dialect().name().toLowerCase(Locale.ROOT));
    }
    if (form.delimiter() == '\t') {
      type.append(";delimiter=tab");
    } else if (form.delimiter() != ',') {
      type.append(";delimiter=\"").append(form.delimiter()).append('"');
    }
    return type.toString();
  }

  /** Whether a range with these parameters has the format in it; of CSV none may be unknown. */
  static boolean isIn(HeaderElement range, String type) {
    return range.parameters().stream()
        .filter(parameter -> !parameter.name().equals("q"))
        .filter(parameter -> type.equals(CSV) || KNOWN.contains(parameter.name()))
        .allMatch(parameter -> isMeant(parameter, type));
  }

  private static boolean isMeant(HeaderElement.Parameter parameter, String type) {
    boolean csv = type.equalsIgnoreCase(CSV);
    String value = parameter.value().toLowerCase(Locale.ROOT);
    return switch (parameter.name()) {
      case "charset" -> value.equals("utf-8");
      case "header" -> csv && (value.equals("present") || value.equals("absent"));
      case "dialect" -> csv && (value.equals("cqlsh") || value.equals("dsbulk"));
      case "delimiter" -> csv && delimiter(value).isPresent();
      default -> false;
    };
  }

  private static Optional<Character> delimiter(String value) {
    if (value.equalsIgnoreCase("tab")) {
      return Optional.of('\t');
    }
    return Optional.of(value)
        .filter(text -> text.matches("[\\t -~&&[^A-Za-z0-9\"\\\\]]"))
        .map(text -> text.charAt(0));
  }
}
