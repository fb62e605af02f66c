package dev.ringlet.config;

/**
 * How CSV is written (RFC 4180, and what others make of it).
 *
 * @param delimiter an ASCII character that separates fields
 * @param header whether the first line names the columns
 */
public record CsvForm(Dialect dialect, char delimiter, boolean header) {
  public static final CsvForm PLAIN = new CsvForm(Dialect.PLAIN, ',', true);

  /** Whose values and quotes they are. */
  public enum Dialect {
    /** Values as they stand in paths, and their JSON; a quote inside of quotes is doubled. */
    PLAIN,
    /** Those of cqlsh's COPY: CQL's literals; a backslash stands before what means something. */
    CQLSH,
    /** Those of dsbulk: as the plain ones, but for a backslash before quotes inside of quotes. */
    DSBULK
  }

  /** Whether a backslash takes its meaning from the character after it. */
  public boolean escapes(boolean quoted) {
    return switch (dialect) {
      case PLAIN -> false;
      case CQLSH -> true;
      case DSBULK -> quoted;
    };
  }
}
