package dev.ringlet.request;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the headers of a GET ask for.
 *
 * @param consistency the level, by its CQL name
 * @param deadline how long the client waits
 * @param numbersAsJson bigint, counter, varint and decimal as JSON numbers
 * @param applied the preferences that are obeyed, as Preference-Applied names them
 */
public record ReadOptions(
    Optional<String> consistency,
    Optional<Duration> deadline,
    boolean numbersAsJson,
    List<String> applied) {

  public static final ReadOptions DEFAULTS =
      new ReadOptions(Optional.empty(), Optional.empty(), false, List.of());

  public ReadOptions {
    applied = List.copyOf(applied);
  }
}
