package dev.ringlet.header;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long Cassandra may be asked.
 *
 * @param timeout for all of it
 * @param arrived when the request arrived, by {@link System#nanoTime()}; absent where each
 *     statement of a stream has the whole timeout for itself
 */
public record Deadline(Duration timeout, OptionalLong arrived) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  public static Deadline of(Duration timeout, long arrived) {
    return new Deadline(timeout, OptionalLong.of(arrived));
  }

  /** The same timeout for each statement. */
  public Deadline forEach() {
    return new Deadline(timeout, OptionalLong.empty());
  }

  /** What is left of it; zero or negative when it has passed. */
  public Duration left(long now) {
    return arrived.isEmpty() ? timeout : timeout.minusNanos(now - arrived.getAsLong());
  }

  /** How long something may be waited for: what is left of it, and never nothing. */
  public Duration toWait(long now) {
    Duration left = left(now);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }
}
