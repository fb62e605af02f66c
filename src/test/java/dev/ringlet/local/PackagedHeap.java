package dev.ringlet.local;

import java.io.IOException;
import java.nio.file.Path;

/** The heap of the packaged application. */
public final class PackagedHeap {
  private static final long NONE = -1; // jcmd refuses it; 0 were all

  private PackagedHeap() {}

  /** Of the one that Quarkus has started: {@link #used(long)}. */
  public static long used() throws IOException {
    return used(
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains("quarkus-run.jar"))
            .mapToLong(ProcessHandle::pid)
            .findFirst()
            .orElse(NONE));
  }

  /** In bytes, as its JVM counts them after a collection; 0 of a native binary, which does not. */
  public static long used(long pid) throws IOException {
    if (Packaged.isNative()) {
      return 0;
    }
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var lines = jcmd.inputReader()) {
      String total = lines.lines().filter(line -> line.startsWith("Total ")).findFirst().orElse("");
      return Long.parseLong(total.replaceFirst("Total +\\d+ +(\\d+).*", "$1"));
    }
  }
}
