package dev.ringlet.header;

import java.util.List;
import java.util.Optional;

/** The formats of rows, by their media types. All are UTF-8. */
public final class RowFormat {
  public static final String JSON = "application/json";

  /** An object a line. */
  public static final String NDJSON = "application/x-ndjson";

  /** RFC 4180, after a line with the columns' names. */
  public static final String CSV = "text/csv";

  /** CSV as it is sent. */
  public static final String CSV_WITH_HEADER = CSV + ";charset=UTF-8;header=present";

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

  private RowFormat() {}

  /**
   * The first parameter of a body's type that means another form, or nothing that is known here.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static Optional<String> unknownParameter(String contentType) {
    HeaderElement type = HeaderElement.of(contentType);
    return type.parameters().stream()
        .filter(parameter -> !isMeant(parameter, type.value()))
        .map(HeaderElement.Parameter::name)
        .findFirst();
  }

  /** Whether a range with these parameters, of those that are known, has the format in it. */
  static boolean isIn(HeaderElement range, String type) {
    return range.parameters().stream()
        .filter(parameter -> List.of("charset", "header").contains(parameter.name()))
        .allMatch(parameter -> isMeant(parameter, type));
  }

  private static boolean isMeant(HeaderElement.Parameter parameter, String type) {
    return switch (parameter.name()) {
      case "charset" -> parameter.value().equalsIgnoreCase("utf-8");
      case "header" -> type.equalsIgnoreCase(CSV) && parameter.value().equalsIgnoreCase("present");
      default -> false;
    };
  }
}
