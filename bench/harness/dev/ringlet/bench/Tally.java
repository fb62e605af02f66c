package dev.ringlet.bench;

import java.util.Arrays;

/** Counts answers and keeps the latency of each good one. Not for several threads at once. */
final class Tally {
  private long[] nanos = new long[1 << 14];
  private int good;
  private long shed;
  private long failed;

  void answered(int status, long latency) {
    if (status / 100 == 2) {
      if (good == nanos.length) {
        nanos = Arrays.copyOf(nanos, good * 2);
      }
      nanos[good++] = latency;
    } else if (status == 503) {
      shed++;
    } else {
      failed++;
    }
  }

  Measured result(long elapsed, long unsent) {
    Arrays.sort(nanos, 0, good);
    return new Measured(
        good, shed, failed, unsent, elapsed / 1e9, percentile(0.5), percentile(0.99));
  }

  private double percentile(double part) {
    return good == 0 ? Double.NaN : nanos[(int) Math.min(good - 1, good * part)] / 1e6;
  }
}
