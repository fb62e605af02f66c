package dev.ringlet.feature;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The heap of the packaged application. */
final class PackagedHeap {
  private PackagedHeap() {}

  /** In bytes, as its JVM counts them after a collection; a native binary does not. */
  static OptionalLong used() throws IOException {
    Optional<ProcessHandle> application =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains("quarkus-run.jar"))
            .findFirst();
    if (application.isEmpty()) {
      return OptionalLong.empty();
    }
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(application.get().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var lines = jcmd.inputReader()) {
      String total = lines.lines().filter(line -> line.startsWith("Total ")).findFirst().orElse("");
      return OptionalLong.of(Long.parseLong(total.replaceFirst("Total +\\d+ +(\\d+).*", "$1")));
    }
  }
}
