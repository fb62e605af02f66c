package dev.ringlet.local;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The child JVM's main class: runs Cassandra, says when it is ready, and ends when its guardian
 * process ends, however that comes about. JDK classes only, for it alone is put onto Cassandra's
 * class path.
 */
final class Launcher {
  private Launcher() {}

  /**
   * @param args the file to create when CQL is served, the process id of the guardian, and how many
   *     nodes the cluster has
   */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(() -> endWith(Long.parseLong(args[1])), "guardian-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName("org.apache.cassandra.service.CassandraDaemon")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
    awaitPeers(Integer.parseInt(args[2]));
    Files.createFile(Path.of(args[0]));
  }

  /** A schema change that is made before all nodes see each other may take minutes to spread. */
  private static void awaitPeers(int nodes) throws Exception {
    Class<?> gossiper = Class.forName("org.apache.cassandra.gms.Gossiper");
    Object instance = gossiper.getField("instance").get(null);
    Method live = gossiper.getMethod("getLiveMembers");
    for (int i = 0; ((Set<?>) live.invoke(instance)).size() < nodes; i++) {
      if (i == 1000) {
        throw new IllegalStateException("the other nodes are not seen");
      }
      Thread.sleep(20);
    }
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
