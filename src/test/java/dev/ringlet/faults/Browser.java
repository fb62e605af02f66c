package dev.ringlet.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
    if (System.getenv("CI") != null) {
      assertTrue(installed, COMMAND + " is not installed");
    } else if (!installed) {
      System.err.println("SKIPPED: chromium is not installed; what pages may do is untested");
    }
    assumeTrue(installed, COMMAND + " is not installed");
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
