package dev.ringlet.header;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.config.CsvForm;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The header Accept (RFC 9110, section 12.5.1): which representation a client wants. */
public final class Accept {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern RANGE = Pattern.compile(TOKEN + "/" + TOKEN);
  private static final Set<String> ANY = Set.of("*/*", "*");
  private static final String ANY_SUBTYPE = "/*";

  private Accept() {}

  /**
   * What is wanted most; of what is wanted as much, what is named most exactly, and then the first
   * that is there.
   *
   * @param lines of the header; without any element in them, it is as if it was not there
   * @param available media types
   * @throws ApiException {@link ErrorCode#NOT_ACCEPTABLE} if it is none of these, {@link
   *     ErrorCode#INVALID_HEADER}
   */
  @CanIgnoreReturnValue
  public static String choose(List<String> lines, List<String> available) {
    if (lines.isEmpty()) {
      return available.get(0);
    }
    if (lines.size() == 1 && available.contains(lines.get(0))) {
      return lines.get(0); // most requests
    }
    List<HeaderElement> ranges = ranges(lines);
    if (ranges.isEmpty()) {
      return available.get(0);
    }
    return available.stream()
        .map(type -> wish(type, ranges))
        .filter(wish -> wish.weight() > 0)
        .min(Comparator.comparing(Wish::weight).thenComparing(Wish::exactness).reversed())
        .map(Wish::type)
        .orElseThrow(() -> notAcceptable(ranges, available));
  }

  private static ApiException notAcceptable(List<HeaderElement> ranges, List<String> available) {
    ApiException refusal =
        new ApiException(ErrorCode.NOT_ACCEPTABLE, "There is no such representation.")
            .with("available", available);
    return ranges.stream()
        .filter(range -> available.contains(range.value().toLowerCase(Locale.ROOT)))
        .flatMap(range -> RowFormat.unknown(range).stream())
        .findFirst()
        .map(parameter -> refusal.with("parameter", parameter).hint(RowFormat.values(parameter)))
        .orElse(refusal);
  }

  /**
   * The form of CSV, where that is what is chosen.
   *
   * @param lines of the header
   */
  public static CsvForm csv(List<String> lines) {
    return ranges(lines).stream()
        .filter(range -> exactness(range, RowFormat.CSV) == 3)
        .max(Comparator.comparing(HeaderElement::weight))
        .map(RowFormat::csv)
        .orElse(CsvForm.PLAIN);
  }

  private record Wish(String type, int weight, int exactness) {}

  /**
   * By the most exact of the ranges that the type is in; of forms of it, by the one wanted most.
   */
  private static Wish wish(String type, List<HeaderElement> ranges) {
    return ranges.stream()
        .map(range -> new Wish(type, range.weight(), exactness(range, type)))
        .filter(wish -> wish.exactness() > 0)
        .max(Comparator.comparing(Wish::exactness).thenComparing(Wish::weight))
        .orElse(new Wish(type, 0, 0));
  }

  private static int exactness(HeaderElement range, String type) {
    String name = range.value().toLowerCase(Locale.ROOT);
    if (ANY.contains(name)) {
      return 1;
    }
    if (name.endsWith(ANY_SUBTYPE)) {
      return type.startsWith(name.substring(0, name.length() - 1)) ? 2 : 0;
    }
    return name.equals(type) && RowFormat.isIn(range, type) ? 3 : 0;
  }

  private static List<HeaderElement> ranges(List<String> lines) {
    try {
      List<HeaderElement> ranges = HeaderElement.list(lines);
      for (HeaderElement range : ranges) {
        int unused = range.weight();
        if (!range.value().equals("*") && !RANGE.matcher(range.value()).matches()) {
          throw new IllegalArgumentException(range.value());
        }
      }
      return ranges;
    } catch (IllegalArgumentException e) {
      throw new ApiException(
              ErrorCode.INVALID_HEADER, "The header Accept has what is no media type.")
          .with("header", "Accept");
    }
  }
}
