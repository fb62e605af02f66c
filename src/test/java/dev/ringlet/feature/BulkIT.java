package dev.ringlet.feature;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

@QuarkusIntegrationTest
class BulkIT extends BulkTest {

  /** As the JVM of the packaged application counts it after a collection; a native one does not. */
  @Override
  long usedHeap() throws IOException {
    Optional<ProcessHandle> application =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains("quarkus-run.jar"))
            .findFirst();
    assumeTrue(application.isPresent(), "no JVM to ask");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(application.get().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var lines = jcmd.inputReader()) {
      String total = lines.lines().filter(line -> line.startsWith("Total ")).findFirst().orElse("");
      return Long.parseLong(total.replaceFirst("Total +\\d+ +(\\d+).*", "$1"));
    }
  }
}
