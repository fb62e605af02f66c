package dev.ringlet.encode;

/** The formats of rows, by their media types. */
public final class RowFormat {
  /** An object a line. */
  public static final String NDJSON = "application/x-ndjson";

  /** RFC 4180, after a line with the columns' names. */
  public static final String CSV = "text/csv";

  /** CSV as it is sent. */
  public static final String CSV_WITH_HEADER = CSV + ";charset=UTF-8;header=present";

  /** What is to be changed of a row (RFC 7396). */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private RowFormat() {}
}
