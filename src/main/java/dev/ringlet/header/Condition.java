package dev.ringlet.header;

import java.util.List;

/**
 * What must hold for a write to be done (RFC 9110, section 13.1).
 *
 * @param tags of {@code If-Match: "etag"}, else empty
 * @param compared what filters ask something of besides
 */
public record Condition(Kind kind, List<String> tags, Compared compared) {

  public static final Condition NONE = new Condition(Kind.NONE, List.of());

  public Condition {
    tags = List.copyOf(tags);
  }

  /** That of a header alone. */
  public Condition(Kind kind, List<String> tags) {
    this(kind, tags, Compared.NOTHING);
  }

  Condition comparing(Compared what) {
    return new Condition(kind, tags, what);
  }

  /** What filters compare. */
  public enum Compared {
    NOTHING,
    /** Nothing but static columns, which are no row's own. */
    PARTITION,
    ROW
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
    return kind != Kind.NONE || compares();
  }

  /** Whether filters ask something. */
  public boolean compares() {
    return compared != Compared.NOTHING;
  }

  /** Whether it asks something of the row itself, which Cassandra reads for it. */
  public boolean isOfRow() {
    return kind != Kind.NONE || compared == Compared.ROW;
  }
}
