package dev.ringlet.admission;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests may be under way at once. It adapts: while Cassandra answers statements about
 * as fast as it answered them without load, more are let in; when it takes a multiple of that, they
 * only wait for each other, and the limit falls by as much as they took too long.
 *
 * <p>Statements are compared with themselves alone, since one may by its nature take a hundred
 * times as long as another. What is faster than usual is learnt at any time; what is slower, while
 * there is no load, that is no more under way on the average than half of what always may be, and
 * slowly under the least limit.
 */
public final class InFlightLimit {
  /** What a statement that got no answer in time counts as: so many times as long as is good. */
  private static final double NO_ANSWER = 10;

  private static final double INCREASE = 0.1;
  private static final double MOST_DECREASE = 0.5;

  /** How much of a window without load that was slower goes into what is usual. */
  private static final double SLOWER = 0.1;

  /** The same under the least limit, whatever the load, in the time of a window. */
  private static final double SLOWER_AT_LEAST = 0.01;

  /** Between two changes. */
  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

  /** While nothing is answered that is compared, in nanoseconds, the others count. */
  private static final long ALONE = TimeUnit.SECONDS.toNanos(5);

  /** So many statements are known; one more, and that which was answered longest ago is not. */
  private static final int STATEMENTS = 1000;

  private static final int ROOM = 16;
  private static final float LOAD_FACTOR = 0.75f;

  private final int min;
  private final int max;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile double limit;
  private volatile boolean reached;

  private final Map<Integer, ResponseTime> paces =
      new LinkedHashMap<>(ROOM, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, ResponseTime> eldest) {
          return size() > STATEMENTS;
        }
      };

  private final Set<ResponseTime> lately = new HashSet<>();
  private long since;
  private long fallen;
  private long busy;
  private long compared;
  private int unanswered;
  private int others;

  InFlightLimit(int initial, int min, int max) {
    this.limit = initial;
    this.compared = System.nanoTime() - ALONE;
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
    ResponseTime pace = paces.computeIfAbsent(statement, first -> new ResponseTime());
    busy += nanos;
    compared = now;
    if (now - nanos >= fallen) { // what had begun before waited for more than may be under way now
      pace.add(nanos);
      lately.add(pace);
    }
    adaptInTime(now);
  }

  /**
   * Cassandra has answered what is compared with nothing: it counts where nothing else is asked.
   */
  synchronized void answered(long now) {
    others++;
    adaptInTime(now);
  }

  /** Cassandra has not answered in time, or said that it is overloaded. */
  synchronized void notAnswered(long now) {
    unanswered++;
    adaptInTime(now);
  }

  private void adaptInTime(long now) {
    if (now - since >= WINDOW) {
      others = now - compared < ALONE ? 0 : others;
      if (!lately.isEmpty() || unanswered + others > 0) {
        adapt(slowness(learning(now - since)), now);
      }
      since = now;
      busy = 0;
      unanswered = 0;
      others = 0;
      lately.clear();
    }
  }

  /** As {@link ResponseTime#learn} has it. */
  private double learning(long nanos) {
    if (2.0 * busy <= (double) min * nanos) { // by Little's law
      return SLOWER;
    }
    return limit() == min ? Math.min(SLOWER, SLOWER_AT_LEAST * nanos / WINDOW) : 0;
  }

  /** As {@link ResponseTime#slowness}, on the average of all answers. */
  private double slowness(double learning) {
    double sum = unanswered * Math.log(NO_ANSWER) + others * ResponseTime.UNKNOWN;
    int samples = unanswered + others;
    for (ResponseTime pace : lately) {
      sum += pace.samples() * pace.slowness();
      samples += pace.samples();
      pace.learn(learning);
    }
    return sum / samples;
  }

  /** While there is little to do, nothing is learnt of how much could be done. */
  private void adapt(double slowness, long now) {
    if (reached || inFlight.get() * 2 > limit) {
      if (slowness <= 0) {
        limit = Math.min(max, limit + Math.max(1, limit * INCREASE));
      } else if (limit > min) {
        limit = Math.max(min, limit * Math.max(MOST_DECREASE, Math.exp(-slowness)));
        fallen = now;
      }
    }
    reached = false;
  }
}
