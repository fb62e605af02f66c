package dev.ringlet.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests may be under way at once. It adapts (additive increase, multiplicative
 * decrease): while Cassandra answers statements about as fast as it answered them without load,
 * more are let in; when it takes a multiple of that, they only wait for each other, and fewer are.
 *
 * <p>Statements are compared with themselves alone, since one may by its nature take a hundred
 * times as long as another.
 */
final class InFlightLimit {
  /** So many times as long as without load is still good. */
  private static final double TOLERATED = 3;

  /** What a statement that got no answer in time counts as. */
  private static final double NO_ANSWER = 10 * TOLERATED;

  private static final double DECREASE = 0.9;
  private static final double INCREASE = 0.1;

  /** Between two changes. */
  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

  /** How much of a faster, a slower, and a slower sample under load goes into what is usual. */
  private static final double FASTER = 0.1;

  private static final double SLOWER = 0.01;
  private static final double SLOWER_UNDER_LOAD = 0.000001;

  /** More statements than that are not told apart any more. */
  private static final int STATEMENTS = 1000;

  private final int min;
  private final int max;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile double limit;
  private volatile boolean reached;

  private final Map<Integer, Double> usual = new HashMap<>();
  private long since;
  private double slowness;
  private int samples;

  InFlightLimit(int initial, int min, int max) {
    this.limit = initial;
    this.min = min;
    this.max = max;
  }

  int inFlight() {
    return inFlight.get();
  }

  int limit() {
    return (int) limit;
  }

  /** Whether no more may begin now; then one that would have is counted on as refused. */
  boolean isReached() {
    boolean full = inFlight.get() >= limit();
    if (full) {
      reached = true;
    }
    return full;
  }

  /** Whether one more may begin; then {@link #end} must follow. */
  boolean begin() {
    if (inFlight.incrementAndGet() <= limit()) {
      return true;
    }
    inFlight.decrementAndGet();
    reached = true;
    return false;
  }

  void end() {
    inFlight.decrementAndGet();
  }

  /**
   * Cassandra has answered.
   *
   * @param statement what stands for its text
   * @param nanos how long it took
   * @param now by {@link System#nanoTime()}
   */
  synchronized void answered(int statement, long nanos, long now) {
    Double before = usual.get(statement);
    if (before == null && usual.size() >= STATEMENTS) {
      return;
    }
    double usually = before == null ? nanos : before;
    double weight = nanos < usually ? FASTER : loaded() ? SLOWER_UNDER_LOAD : SLOWER;
    usual.put(statement, usually + weight * (nanos - usually));
    add(nanos / usually, now);
  }

  /** Cassandra has not answered in time, or said that it is overloaded. */
  synchronized void notAnswered(long now) {
    add(NO_ANSWER, now);
  }

  private boolean loaded() {
    return inFlight.get() * 2 > limit;
  }

  private void add(double ratio, long now) {
    slowness += Math.min(ratio, NO_ANSWER);
    samples++;
    if (now - since >= WINDOW) {
      adapt(slowness / samples);
      since = now;
      slowness = 0;
      samples = 0;
    }
  }

  /** While there is little to do, nothing is learnt of how much could be done. */
  private void adapt(double ratio) {
    if (reached || loaded()) {
      limit =
          ratio > TOLERATED
              ? Math.max(min, limit * DECREASE)
              : Math.min(max, limit + Math.max(1, limit * INCREASE));
    }
    reached = false;
  }
}
