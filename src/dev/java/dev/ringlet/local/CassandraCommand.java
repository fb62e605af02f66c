package dev.ringlet.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files and the command line of a node: tuned to start fast, to idle cheaply and to lose
 * nothing but a power cut.
 */
record CassandraCommand(Path home, Path directory, CassandraPlace place) {

  /** What Cassandra 5.0's conf/jvm17-server.options opens, less what only JMX and tools need. */
  private static final List<String> MODULES =
      List.of(
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/java.lang.ref=ALL-UNNAMED",
          "--add-exports=java.sql/java.sql=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.module=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          // and what the jamm of Cassandra 4 measures
          "--add-opens=java.base/java.nio.charset=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.math=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.module=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.reflect=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

  /** What Cassandra 4 measures memory with: without an agent, it cannot do lambdas of Java 17. */
  private static final Pattern MEASURING =
      Pattern.compile("[^" + File.pathSeparator + "]*jamm-0\\.3[^" + File.pathSeparator + "]*");

  private static final List<String> JVM =
      List.of(
          "-Xms64m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData");

  private static final List<String> PROPERTIES =
      List.of(
          "-Djava.net.preferIPv4Stack=true",
          "-Dcassandra-foreground=true",
          "-Dcassandra.skip_wait_for_gossip_to_settle=0",
          "-Dcassandra.superuser_setup_delay_ms=0",
          "-Dcassandra.shutdown_announce_in_ms=0",
          "-Dcassandra.test.messagingService.nonGracefulShutdown=true",
          // else it builds 100,000 rows to learn this number: a second of every start
          "-Dcassandra.memtable.row_overhead_size=180",
          // the default of 2 ms wakes up 500 times a second: 2.6 % of a core when idle
          "-Dcassandra.approximate_time_precision_ms=20",
          "-Dcassandra.size_recorder_interval=0",
          "-Dcassandra.test.ignore_sigar=true",
          // no fsync: a killed process loses nothing by that, only a machine that loses power would
          "-Dcassandra.skip_sync=true");

  /** Writes cassandra.yaml and returns the command that starts the node. */
  List<String> write(Path ready, long guardian) throws IOException {
    Path yaml = directory.resolve("cassandra.yaml");
    Files.writeString(yaml, yaml());
    String classPath = classPath();
    List<String> command = java(classPath);
    command.addAll(MODULES);
    command.addAll(PROPERTIES);
    command.add("-Dcassandra.ring_delay_ms=" + (place.nodes() > 1 ? 500 : 0));
    command.add("-Dcassandra.config=" + yaml.toUri());
    command.add("-Dcassandra.storagedir=" + directory);
    command.add("-Dcassandra.logdir=" + directory);
    command.add("-Dlogback.configurationFile=" + home.resolve("logback.xml").toUri());
    command.addAll(List.of("-cp", classPath, Launcher.class.getName()));
    command.addAll(
        List.of(ready.toString(), Long.toString(guardian), Integer.toString(place.nodes())));
    return command;
  }

  private List<String> java(String classPath) {
    CassandraJava java = CassandraJava.find();
    List<String> command = new ArrayList<>(List.of(java.executable().toString()));
    command.addAll(JVM);
    Matcher agent = MEASURING.matcher(classPath);
    if (agent.find()) {
      command.add("-javaagent:" + agent.group()); // with one, no archive is made
    } else if (java.feature() >= 17) {
      Path archive = archive(home, java);
      boolean exists = Files.exists(archive);
      command.add(exists ? "-XX:SharedArchiveFile=" + archive : "-XX:+RecordDynamicDumpInfo");
    }
    if (java.feature() > 17) {
      command.add(
          "-Djava.security.manager=allow"); // Cassandra installs one for user-defined functions
    }
    return command;
  }

  private String yaml() throws IOException {
    String yaml = Files.readString(home.resolve("cassandra.yaml"));
    Map<String, Object> settings =
        Map.of(
            "address", place.address(),
            "port", place.port(),
            "storagePort", place.storagePort(),
            "seeds", place.seeds(),
            "token", place.token(),
            "concurrentWrites", Runtime.getRuntime().availableProcessors() + 1,
            "directory", directory);
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      yaml = yaml.replace("${" + setting.getKey() + "}", setting.getValue().toString());
    }
    return yaml + place.settings();
  }

  /**
   * Cassandra's jars, less those of the plugin that listed them, after a jar with the launcher
   * alone.
   */
  private String classPath() throws IOException {
    List<String> path = new ArrayList<>(List.of(launcherJar().toString()));
    Files.readAllLines(home.resolve("classpath")).stream()
        .filter(
            jar ->
                !jar.matches(
                    ".*[/\\\\](ant|ant-launcher|plexus-utils|maven-antrun-plugin)-[^/\\\\]*\\.jar"))
        .forEach(path::add);
    return String.join(File.pathSeparator, path);
  }

  /** The same file for all nodes: an archive of classes is of jars of a certain place and time. */
  private Path launcherJar() throws IOException {
    String name = Launcher.class.getName().replace('.', '/') + ".class";
    try (InputStream launcher = Launcher.class.getClassLoader().getResourceAsStream(name)) {
      byte[] bytes = launcher.readAllBytes();
      Path jar = home.resolve("launcher-%08x.jar".formatted(Arrays.hashCode(bytes)));
      if (!Files.exists(jar)) {
        Path part = directory.resolve("launcher.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(part))) {
          out.putNextEntry(new JarEntry(name));
          out.write(bytes);
        }
        Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
      }
      return jar;
    }
  }

  /** Cassandra's classes as a JVM has them after parsing, where a node was told to keep them. */
  static Path archive(Path home, CassandraJava java) {
    return home.resolve("classes-" + java.feature() + ".jsa");
  }
}
