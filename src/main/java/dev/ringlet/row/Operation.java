package dev.ringlet.row;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One operation of a batch, as the body says it. What headers say of a request of its own, members
 * say here.
 *
 * @param path as in a request line, with its query
 * @param row empty for a deletion
 * @param bytes of the row
 */
public record Operation(
    Kind kind,
    String path,
    RowBody row,
    int bytes,
    List<String> ifMatch,
    List<String> ifNoneMatch,
    Optional<String> ttl) {

  public Operation {
    ifMatch = List.copyOf(ifMatch);
    ifNoneMatch = List.copyOf(ifNoneMatch);
  }

  /** What is done; the member that has the path is called so. */
  public enum Kind {
    INSERT,
    REPLACE,
    MERGE,
    DELETE;

    /** The member. */
    public String symbol() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean hasRow() {
      return this != DELETE;
    }
  }
}
