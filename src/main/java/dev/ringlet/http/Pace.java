package dev.ringlet.http;

/**
 * How long Cassandra takes for a statement: lately, and usually, that is without load. Times are
 * averaged as logarithms, so that a few answers that were held up say little.
 */
final class Pace {
  /** So many times as long as usual is still good. */
  private static final double TOLERATED = 3;

  /** And so are waits that are no longer than CoDel's (RFC 8289), in nanoseconds. */
  private static final double HARMLESS = 5e6;

  /** How much of a window that was faster, or slower, goes into what is usual. */
  private static final double FASTER = 0.3;

  private static final double SLOWER = 0.1;

  private double usual = Double.NaN;
  private double sum;
  private int samples;

  void add(long nanos) {
    sum += Math.log((double) nanos);
    samples++;
  }

  int samples() {
    return samples;
  }

  /**
   * How many times as long as is still good it took since {@link #learn}, as a logarithm: above 0
   * is too long.
   */
  double slowness() {
    return Double.isNaN(usual)
        ? -Math.log(TOLERATED)
        : mean() - Math.log(Math.max(TOLERATED * usual, usual + HARMLESS));
  }

  /**
   * Begins anew.
   *
   * @param calm whether there was so little load that what was slower is usual
   */
  void learn(boolean calm) {
    double change = mean() - Math.log(usual);
    if (Double.isNaN(usual)) {
      usual = Math.exp(mean());
    } else if (change < 0 || calm) {
      usual *= Math.exp((change < 0 ? FASTER : SLOWER) * change);
    }
    sum = 0;
    samples = 0;
  }

  private double mean() {
    return sum / samples;
  }
}
