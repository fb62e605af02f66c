package dev.ringlet.observe;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The header Server-Timing (W3C): what the stages of a request took. */
final class ServerTiming {
  private ServerTiming() {}

  /**
   * The milliseconds of each stage that was reached, the last one until now.
   *
   * @param arrived by {@link System#nanoTime()}, as are the others; these are 0 if their stage is
   *     not done
   */
  static String of(long arrived, long parsed, long planned, long answered) {
    StringBuilder timing = new StringBuilder();
    long now = System.nanoTime();
    stage(timing, "parse", arrived, parsed == 0 ? now : parsed);
    if (planned != 0) {
      stage(timing, "plan", parsed, planned);
      stage(timing, "cassandra", planned, answered == 0 ? now : answered);
    }
    if (answered != 0) {
      stage(timing, "encode", answered, now);
    }
    return timing.toString();
  }

  private static void stage(StringBuilder timing, String name, long from, long to) {
    timing
        .append(timing.isEmpty() ? "" : ", ")
        .append(name)
        .append(";dur=")
        .append(millis(to - from));
  }

  /** Milliseconds, with three digits. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
  }
}
