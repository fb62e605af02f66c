package dev.ringlet.header;

import java.util.Optional;

/**
 * What the headers of a write ask for.
 *
 * @param consistency the level, by its CQL name
 * @param serialConsistency the level of an LWT's first part, by its CQL name
 * @param ttl seconds, 0 for none whatever the table's default
 * @param timestamp microseconds since the epoch
 */
public record WriteOptions(
    Optional<String> consistency,
    Optional<String> serialConsistency,
    Optional<Integer> ttl,
    Optional<Long> timestamp,
    Condition condition,
    Deadline deadline,
    Preferences preferences) {

  /** The same for one of many rows: each has the whole timeout for itself. */
  public WriteOptions forEach() {
    return new WriteOptions(
        consistency, serialConsistency, ttl, timestamp, condition, deadline.forEach(), preferences);
  }

  /** The same for a write that filters ask something of the row for. */
  public WriteOptions comparing(Condition.Compared what) {
    return with(condition.comparing(what), ttl);
  }

  /** The same on another condition and with another TTL, as for an operation of a batch. */
  public WriteOptions with(Condition other, Optional<Integer> seconds) {
    return new WriteOptions(
        consistency, serialConsistency, seconds, timestamp, other, deadline, preferences);
  }

  /** The same for one of many rows that says some of it for itself. */
  public WriteOptions own(Optional<Integer> rowTtl, Optional<Long> rowTimestamp) {
    return new WriteOptions(
        consistency,
        serialConsistency,
        rowTtl.or(() -> ttl),
        rowTimestamp.or(() -> timestamp),
        condition,
        deadline,
        preferences);
  }

  /** A read of what is written, at this level. */
  public ReadOptions read(Optional<String> level) {
    return new ReadOptions(level, deadline, preferences.numbersAsJson(), preferences.applied());
  }
}
