package dev.ringlet.header;

import java.util.List;
import java.util.Optional;

/**
 * What the headers of a GET ask for.
 *
 * @param consistency the level, by its CQL name
 * @param numbersAsJson bigint, counter, varint and decimal as JSON numbers
 * @param applied the preferences that are obeyed, as Preference-Applied names them
 */
public record ReadOptions(
    Optional<String> consistency, Deadline deadline, boolean numbersAsJson, List<String> applied) {

  public ReadOptions {
    applied = List.copyOf(applied);
  }

  /** Those that are obeyed in CSV, where every number is text. */
  public List<String> appliedToCsv() {
    return applied.stream().filter(preference -> !preference.startsWith("numbers=")).toList();
  }

  /** Whether the client wants to see how long each stage took. */
  public boolean timed() {
    return applied.contains(OptionsParser.TIMING);
  }

  /** The same for a stream: each page has the whole timeout for itself. */
  public ReadOptions forEach() {
    return new ReadOptions(consistency, deadline.forEach(), numbersAsJson, applied);
  }
}
