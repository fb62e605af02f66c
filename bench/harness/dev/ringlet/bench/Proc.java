package dev.ringlet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process, in /proc. */
record Proc(long pid) {
  /** USER_HZ, which Linux shows to everybody. */
  private static final long TICKS_PER_SECOND = 100;

  /** Processor time since it started, user and system, in microseconds. */
  long cpuMicros() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks * (1_000_000 / TICKS_PER_SECOND);
  }

  /** Memory it has now, in MB. */
  double rss() {
    return megabytes("VmRSS:");
  }

  /** The most memory it has had since {@link #forgetPeak}. */
  double peak() {
    return megabytes("VmHWM:");
  }

  void forgetPeak() {
    try {
      Files.writeString(file("clear_refs"), "5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double megabytes(String name) {
    return read("status")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElseThrow();
  }

  private String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
