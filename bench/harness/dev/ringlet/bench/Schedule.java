package dev.ringlet.bench;

/**
 * When requests are due. In the open model that is a fixed rhythm, whether or not answers come: a
 * server that stalls is charged with all who would have asked meanwhile. In the closed model the
 * next request is due when a connection is free.
 */
final class Schedule {
  private final long start;
  private final long end;
  private final double interval;
  private long taken;

  /**
   * @param rate requests a second; 0 is the closed model
   */
  Schedule(double rate, long nanos) {
    this.start = System.nanoTime();
    this.end = start + nanos;
    this.interval = rate == 0 ? 0 : 1e9 / rate;
  }

  boolean over(long now) {
    return now >= end;
  }

  boolean open() {
    return interval > 0;
  }

  boolean due(long now) {
    return !over(now) && next(now) <= now;
  }

  /** When the next request is due. */
  long next(long now) {
    return open() ? start + (long) (taken * interval) : now;
  }

  /** Takes the next request, which is due; says since when. */
  long take(long now) {
    long intended = next(now);
    taken++;
    return intended;
  }

  long elapsed(long now) {
    return now - start;
  }

  /** What was due before the end and has not been taken. */
  long left() {
    return open() ? Math.max(0, (long) ((end - start) / interval) - taken) : 0;
  }
}
