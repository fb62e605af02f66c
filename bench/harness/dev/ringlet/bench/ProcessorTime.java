package dev.ringlet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Time of all processors since the machine was started, as /proc/stat has it.
 *
 * @param stolen what the host gave to other machines while this one had work
 */
record ProcessorTime(long stolen, long all) {
  private static final int STEAL = 8;

  static ProcessorTime now() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return of(lines.findFirst().orElseThrow());
    }
  }

  /**
   * @param line `cpu` and user, nice, system, idle, iowait, irq, softirq, steal; then guests, which
   *     are counted before
   */
  static ProcessorTime of(String line) {
    long[] times =
        Arrays.stream(line.split(" +", -1))
            .skip(1)
            .limit(STEAL)
            .mapToLong(Long::parseLong)
            .toArray();
    return new ProcessorTime(times[STEAL - 1], Arrays.stream(times).sum());
  }

  /** Percent of what there was between the two. */
  double stolenSince(ProcessorTime before) {
    return 100.0 * (stolen - before.stolen) / Math.max(all - before.all, 1);
  }
}
