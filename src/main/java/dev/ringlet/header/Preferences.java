package dev.ringlet.header;

import java.util.List;
import java.util.Optional;

/**
 * What a client prefers (RFC 7240) of the answer to a write.
 *
 * @param atomic all rows of an array or none
 * @param unlogged a batch of one partition without the batch log
 * @param concurrency how many of many rows are written at a time
 * @param numbersAsJson bigint, counter, varint and decimal as JSON numbers
 * @param applied those that are obeyed whatever happens, as Preference-Applied names them
 */
public record Preferences(
    Optional<Returns> returns,
    boolean atomic,
    boolean unlogged,
    Optional<Integer> concurrency,
    boolean numbersAsJson,
    List<String> applied) {

  public Preferences {
    applied = List.copyOf(applied);
  }

  /** Whether the client wants to see how long each stage took. */
  public boolean timed() {
    return applied.contains(OptionsParser.TIMING);
  }

  public boolean prefers(Returns what) {
    return returns.filter(what::equals).isPresent();
  }

  /** {@code return=…}: what the answer tells of the rows. */
  public enum Returns {
    MINIMAL,
    REPRESENTATION,
    OUTCOMES
  }
}
