package dev.ringlet.header;

import java.util.List;

/**
 * What must hold for a write to be done (RFC 9110, section 13.1).
 *
 * @param tags of {@code If-Match: "etag"}, else empty
 * @param compares whether filters ask something of the row besides
 */
public record Condition(Kind kind, List<String> tags, boolean compares) {

  public static final Condition NONE = new Condition(Kind.NONE, List.of());

  public Condition {
    tags = List.copyOf(tags);
  }

  /** That of a header alone. */
  public Condition(Kind kind, List<String> tags) {
    this(kind, tags, false);
  }

  Condition comparing() {
    return new Condition(kind, tags, true);
  }

  /** What is asked of the row. */
  public enum Kind {
    NONE(""),
    NOT_EXISTS("If-None-Match: *"),
    EXISTS("If-Match: *"),
    UNCHANGED("If-Match");

    private final String header;

    Kind(String header) {
      this.header = header;
    }

    /** The header that asks it. */
    public String header() {
      return header;
    }
  }

  /** Whether there is one, so that the write is an LWT. */
  public boolean isPresent() {
    return kind != Kind.NONE || compares;
  }
}
