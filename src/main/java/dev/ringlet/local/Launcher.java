package dev.ringlet.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The child JVM's main class: runs Cassandra, says when it is ready, and ends when its guardian
 * process ends, however that comes about. JDK classes only, for it alone is put onto Cassandra's
 * class path.
 */
final class Launcher {
  private Launcher() {}

  /**
   * @param args the file to create when CQL is served, and the process id of the guardian
   */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(() -> endWith(Long.parseLong(args[1])), "guardian-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName("org.apache.cassandra.service.CassandraDaemon")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
    Files.createFile(Path.of(args[0]));
  }

  /** A killed process that nobody reaps still counts as alive, but has no command any more. */
  static void endWith(long guardian) {
    try {
      while (ProcessHandle.of(guardian).flatMap(process -> process.info().command()).isPresent()) {
        Thread.sleep(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }
}
