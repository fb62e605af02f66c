package dev.ringlet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Half a processor for a process: it is then what there is too little of, as it may be on a machine
 * of its own. By a control group of Linux, version 1, which root may make.
 */
record HalfProcessor(long pid) {
  private static final Path ALL = Path.of("/sys/fs/cgroup/cpu");
  private static final Path HALF = ALL.resolve("ringlet-bench");

  /** Short, so that what has used its share up soon has another. */
  private static final int PERIOD_MICROS = 5000;

  static boolean isPossible() {
    return Files.exists(ALL.resolve("cpu.cfs_quota_us")) && Files.isWritable(ALL);
  }

  /** From now on it has no more. */
  void begin() throws IOException {
    Files.createDirectories(HALF);
    write(HALF, "cpu.cfs_period_us", PERIOD_MICROS);
    write(HALF, "cpu.cfs_quota_us", PERIOD_MICROS / 2);
    write(HALF, "cgroup.procs", pid);
  }

  /** From now on it has what there is. */
  void end() throws IOException {
    write(ALL, "cgroup.procs", pid);
    Files.delete(HALF);
  }

  private static void write(Path group, String file, long value) throws IOException {
    Files.writeString(group.resolve(file), Long.toString(value));
  }
}
