package dev.ringlet.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Chromium.
 *
 * @param directory for what it remembers
 */
record Browser(Path directory) {
  private static final String COMMAND = "chromium";

  /** Where everything is tested it must be there. */
  static void require() {
    require(COMMAND);
  }

  /** The same of any command that has to do with it. */
  static void require(String name) {
    boolean installed = command(name).isPresent();
    if (System.getenv("CI") != null) {
      assertTrue(installed, name + " is not installed");
    } else if (!installed) {
      System.err.println("SKIPPED: %s is not installed; what pages do is untested".formatted(name));
    }
    assumeTrue(installed, name + " is not installed");
  }

  /** Where a command is. */
  static Optional<Path> command(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What it shows in the end. */
  String open(String url) throws Exception {
    Path shown = directory.resolve("shown.html");
    Process browser =
        new ProcessBuilder(
                COMMAND,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + directory.resolve("profile"),
                "--host-resolver-rules=MAP evil.example 127.0.0.1",
                "--virtual-time-budget=30000",
                "--dump-dom",
                url)
            .redirectOutput(shown.toFile())
            .redirectError(directory.resolve("said.txt").toFile())
            .start();
    try {
      assertTrue(browser.waitFor(90, TimeUnit.SECONDS), "it does not end");
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
    return Files.readString(shown, UTF_8);
  }
}
