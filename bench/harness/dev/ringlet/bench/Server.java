package dev.ringlet.bench;

import dev.ringlet.local.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A contender that is a server: how to start it.
 *
 * @param directory where it is started
 * @param command after `java` and its options; a native binary alone
 * @param items the path of the table
 * @param many where many rows are posted
 * @param tokens sent with requests, in turn; none without authentication
 */
record Server(
    String name,
    Path directory,
    List<String> command,
    String items,
    String many,
    Map<String, String> settings,
    List<String> tokens) {

  /**
   * What Ringlet's images set, the same for all that run in a JVM; and who runs out of memory ends,
   * instead of being measured while it limps on.
   */
  static final List<String> JVM_OPTIONS = options(Path.of("src/main/docker/jvm.options"));

  private static final String APPLICATION = "target/quarkus-app";

  /** As the images do: with an archive of its classes, which bench/build made. */
  private static final List<String> ARCHIVED_JAR =
      java(List.of("-XX:SharedArchiveFile=app.jsa", "-jar", "quarkus-run.jar"));

  private static final List<String> JAR = java(List.of("-jar", "quarkus-run.jar"));

  /** One that has started: its process and when that was. */
  record Started(Process process, int port, long since) {}

  static List<Server> all() {
    Stream<Server> handmade =
        Stream.of(
                Map.entry(Contender.CONSTANT, "constant"),
                Map.entry(Contender.MAPPER, "mapper"),
                Map.entry(Contender.HANDWRITTEN, "handwritten")) // Ringlet's neighbour
            .map(
                e ->
                    new Server(
                        e.getKey(),
                        Path.of("bench", e.getValue(), APPLICATION),
                        JAR,
                        "/items",
                        "/items/many",
                        Map.of(),
                        List.of()));
    return Stream.concat(handmade, ringlets()).toList();
  }

  /** Ringlet, for callers that it knows by tokens: of one, and of more than it remembers. */
  static List<Server> authenticated() throws IOException {
    Tokens issuer = Tokens.issuer();
    return List.of(
        ringlet(Contender.TOKEN, Path.of(APPLICATION), ARCHIVED_JAR)
            .with(Tokens.settings(1))
            .sending(issuer.of(1)),
        ringlet(Contender.NEW_TOKENS, Path.of(APPLICATION), ARCHIVED_JAR)
            .with(Tokens.settings(1))
            .sending(issuer.of(Operation.DISTINCT)));
  }

  private static Stream<Server> ringlets() {
    Stream<Server> jvm = Stream.of(ringlet(Contender.RINGLET, Path.of(APPLICATION), ARCHIVED_JAR));
    return Stream.concat(
        jvm,
        binary()
            .map(
                path ->
                    ringlet(
                        Contender.NATIVE,
                        Path.of("."),
                        List.of( // as in images
                            path.toAbsolutePath().toString(),
                            "-Dio.netty.maxDirectMemory=33554432"))));
  }

  private static Server ringlet(String name, Path directory, List<String> command) {
    return new Server(
        name,
        directory,
        command,
        "/v1/bench/items",
        "/v1/bench/items",
        Map.of(
            "RINGLET_SCAN", "bench.*",
            "RINGLET_AUTH_ANONYMOUS_ROLES", "anybody",
            "RINGLET_AUTH_PERMISSIONS", "all"),
        List.of());
  }

  /** The native binary, if it was built. */
  private static Stream<Path> binary() {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(file -> file.toString().endsWith("-runner")).toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  static List<String> java(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(arguments);
    return command;
  }

  boolean isRinglet() {
    return items.startsWith("/v1/");
  }

  Server with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(more);
    return new Server(name, directory, command, items, many, all, tokens);
  }

  private Server sending(List<String> sent) {
    return new Server(name, directory, command, items, many, settings, sent);
  }

  /** The bytes of requests, to be sent in turn. */
  ByteBuffer[] requests(Operation operation) {
    return operation.requests(items, many, tokens);
  }

  /** Starts it; it does not listen yet. */
  Started start(int cassandraPort, List<String> jvmOptions) throws IOException {
    int port = FreePort.find();
    List<String> line = new ArrayList<>(command);
    line.addAll(1, jvmOptions);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("PORT", Integer.toString(port));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(FreePort.find()));
    environment.put("QUARKUS_CASSANDRA_CONTACT_POINTS", "127.0.0.1:" + cassandraPort);
    environment.putAll(settings);
    long since = System.nanoTime();
    return new Started(builder.start(), port, since);
  }

  /** Waits until it accepts connections. */
  void awaitListening(Started started) throws IOException {
    while (true) {
      try {
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), started.port()))
            .close();
        return;
      } catch (IOException notYet) {
        if (!started.process().isAlive() || System.nanoTime() - started.since() > 60_000_000_000L) {
          throw new IOException(name + " does not listen; see " + log(), notYet);
        }
        pause(1);
      }
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> options(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith("-")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return Path.of("bench/target", name.replace(' ', '-') + ".log");
  }
}
