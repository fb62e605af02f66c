package dev.ringlet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says of a process, in /proc. */
record Proc(long pid) {
  /** USER_HZ, which Linux shows to everybody. */
  private static final long TICKS_PER_SECOND = 100;

  /** Processor time since it started, user and system, in microseconds. */
  long cpuMicros() {
    return cpuMicros(read(file("stat")));
  }

  /** How much of it went into compiling, if it is a JVM. */
  long compilerMicros() {
    try (Stream<Path> threads = Files.list(file("task"))) {
      return threads
          .map(thread -> read(thread.resolve("stat")))
          .filter(stat -> stat.contains(" CompilerThre"))
          .mapToLong(Proc::cpuMicros)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long cpuMicros(String stat) {
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
    return read(file("status"))
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElseThrow();
  }

  /** Nothing of a thread that has just ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
