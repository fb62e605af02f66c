package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One Cassandra in a child JVM, on a loopback address. What it runs on comes from {@code
 * target/cassandra}, which the build fills (the maven-antrun-plugin in pom.xml).
 */
public final class CassandraNode {
  private static final Path HOME = Path.of("target/cassandra").toAbsolutePath();
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final CassandraPlace place;
  private final Process process;

  private CassandraNode(CassandraPlace place, Process process) {
    this.place = place;
    this.process = process;
  }

  /** Where the node of that name keeps its data and logs. */
  public static Path directory(String name) {
    return HOME.resolve(name);
  }

  /**
   * Starts a node on the data it has and waits until it serves CQL: two to five seconds.
   *
   * @param guardian the process whose end ends the node
   * @throws IllegalStateException if it does not start; the message says why
   */
  public static CassandraNode start(String name, int port, int storagePort, long guardian) {
    return start(name, port, storagePort, guardian, "");
  }

  /** The same with more of cassandra.yaml. */
  public static CassandraNode start(
      String name, int port, int storagePort, long guardian, String settings) {
    CassandraNode node = spawn(CassandraPlace.alone(name, port, storagePort, settings), guardian);
    node.awaitReady();
    return node;
  }

  /** The same without waiting: the nodes of a cluster start together. */
  static CassandraNode spawn(CassandraPlace place, long guardian) {
    Path directory = directory(place.name());
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(ready(directory));
      List<String> command =
          new CassandraCommand(HOME, directory, place).write(ready(directory), guardian);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("out.log").toFile());
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      return new CassandraNode(place, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port of the native protocol. */
  public int port() {
    return place.port();
  }

  public long pid() {
    return process.pid();
  }

  /** Ends the node as SIGTERM does: it writes down what it holds first. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  Process process() {
    return process;
  }

  void awaitReady() {
    Path directory = directory(place.name());
    long end = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (!Files.exists(ready(directory))) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          process.destroyForcibly();
          throw new IllegalStateException(
              "Cassandra did not start; see %s%n%s"
                  .formatted(directory, Files.readString(directory.resolve("out.log"))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException("interrupted while Cassandra was starting", e);
    }
  }

  private static Path ready(Path directory) {
    return directory.resolve("ready");
  }
}
