package dev.ringlet.header;

import java.util.List;

/**
 * What must hold for a write to be done (RFC 9110, section 13.1).
 *
 * @param tags of {@code If-Match: "etag"}, else empty
 */
public record Condition(Kind kind, List<String> tags) {

  public static final Condition NONE = new Condition(Kind.NONE, List.of());

  public Condition {
    tags = List.copyOf(tags);
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
    return kind != Kind.NONE;
  }
}
