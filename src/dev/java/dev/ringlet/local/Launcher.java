package dev.ringlet.local;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The child JVM's main class: runs Cassandra, says when it is ready, and ends when its guardian
 * process ends, however that comes about. JDK classes only, for it alone is put onto Cassandra's
 * class path.
 */
final class Launcher {
  private static final Pattern SETTING = Pattern.compile("(\\w+):");

  private Launcher() {}

  /**
   * @param args the file to create when CQL is served, the process id of the guardian, and how many
   *     nodes the cluster has
   */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(() -> endWith(Long.parseLong(args[1])), "guardian-watch");
    watch.setDaemon(true);
    watch.start();
    keepKnown(Path.of(URI.create(System.getProperty("cassandra.config"))));
    Class.forName("org.apache.cassandra.service.CassandraDaemon")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
    awaitPeers(Integer.parseInt(args[2]));
    Files.createFile(Path.of(args[0]));
  }

  /**
   * Another version of Cassandra has other settings, or other names for them, and refuses what it
   * does not know: it is asked for what it knows.
   */
  private static void keepKnown(Path yaml) throws Exception {
    Class<?> config =
        Class.forName("org.apache.cassandra.config.Config", false, Launcher.class.getClassLoader());
    Set<String> known =
        Arrays.stream(config.getFields()).map(Field::getName).collect(Collectors.toSet());
    List<String> kept = new ArrayList<>();
    boolean keep = true;
    for (String line : Files.readAllLines(yaml)) {
      Matcher setting = SETTING.matcher(line);
      if (setting.lookingAt()) {
        keep = known.contains(setting.group(1));
      }
      if (keep) {
        kept.add(line);
      } else {
        System.out.println("This Cassandra does not know " + line);
      }
    }
    Files.write(yaml, kept);
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
