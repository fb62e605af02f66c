package dev.ringlet.admission;

/**
 * How long Cassandra takes for a statement: lately, and usually, that is without load. Times are
 * averaged as logarithms, so that a few answers that were held up say little.
 */
final class ResponseTime {
  /** So many times as long as usual is still good. */
  private static final double TOLERATED = 3;

  /** The slowness of what is compared with nothing. */
  static final double UNKNOWN = -Math.log(TOLERATED);

  /** And so is what takes no longer than CoDel lets wait (RFC 8289), in nanoseconds. */
  private static final double HARMLESS = 5e6;

  /** How much of a window that was faster goes into what is usual. */
  private static final double FASTER = 0.3;

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
    return Double.isNaN(usual) ? UNKNOWN : mean() - Math.log(Math.max(TOLERATED * usual, HARMLESS));
  }

  /**
   * Begins anew.
   *
   * @param slower how much of what was slower goes into what is usual; 0 is nothing
   */
  void learn(double slower) {
    double change = mean() - Math.log(usual);
    if (Double.isNaN(usual)) {
      usual = Math.exp(mean());
    } else {
      usual *= Math.exp((change < 0 ? FASTER : slower) * change);
    }
    sum = 0;
    samples = 0;
  }

  private double mean() {
    return sum / samples;
  }
}
