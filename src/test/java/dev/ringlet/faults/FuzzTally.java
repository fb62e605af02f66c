package dev.ringlet.faults;

import dev.ringlet.error.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was answered how often. */
final class FuzzTally {
  private static final Set<ErrorCode> BY_CASSANDRA =
      Set.of(ErrorCode.ROW_NOT_FOUND, ErrorCode.CONDITION_FAILED, ErrorCode.REFUSED_BY_CASSANDRA);

  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final Map<String, Integer> codes = new TreeMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int requests;
  private int reached;
  private long slowestMillis;

  /** An answer, after so many milliseconds. */
  synchronized void add(int status, long millis) {
    requests++;
    statuses.merge(status, 1, Integer::sum);
    reached += status < 400 ? 1 : 0;
    slowestMillis = Math.max(slowestMillis, millis);
  }

  /** The code of such an answer. */
  synchronized void add(ErrorCode code) {
    codes.merge(code.code(), 1, Integer::sum);
    reached += BY_CASSANDRA.contains(code) ? 1 : 0;
  }

  /** The code of a row of many. */
  synchronized void addOutcome(ErrorCode code) {
    outcomes.merge(code.code(), 1, Integer::sum);
  }

  /** Per cent of the requests that Cassandra had to do with. */
  synchronized int reachedPercent() {
    return reached * 100 / requests;
  }

  synchronized int requests() {
    return requests;
  }

  synchronized Set<String> codes() {
    Set<String> all = new TreeSet<>(codes.keySet());
    all.addAll(outcomes.keySet());
    return all;
  }

  @Override
  public synchronized String toString() {
    return "%d requests, of which Cassandra had to do with %d %%, the slowest %d ms; %s; %s; of rows %s"
        .formatted(requests, reachedPercent(), slowestMillis, statuses, codes, outcomes);
  }
}
