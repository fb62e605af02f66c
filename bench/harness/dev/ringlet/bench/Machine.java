package dev.ringlet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What it was measured on, and when. */
record Machine(
    String date, String commit, String cpu, int cores, String memory, String kernel, String load) {

  static Machine now() throws IOException {
    String memory = line("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    return new Machine(
        ZonedDateTime.now(ZoneOffset.UTC)
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")),
        describe(),
        line("/proc/cpuinfo", "model name").replaceAll(".*: ", ""),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(memory) / 1024 / 1024 + " GiB",
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Files.readString(Path.of("/proc/loadavg")).replaceAll(" \\S+ \\S+\\s*$", ""));
  }

  /** How many have had work in the last minute. */
  static double loadNow() throws IOException {
    String load = Files.readString(Path.of("/proc/loadavg"));
    return Double.parseDouble(load.substring(0, load.indexOf(' ')));
  }

  private static String line(String file, String start) throws IOException {
    try (var lines = Files.lines(Path.of(file))) {
      return lines.filter(line -> line.startsWith(start)).findFirst().orElse("unknown");
    }
  }

  private static String describe() throws IOException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    return commit.isEmpty() ? "unknown" : commit;
  }
}
