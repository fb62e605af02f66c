package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The one Cassandra of a build: the first test that needs it starts it, every later test JVM finds
 * it by the file it left, and it ends with the process that started the build.
 */
public final class TestCassandra {
  private static final Path NODE = CassandraNode.directory("test").resolve("node");

  private TestCassandra() {}

  /** The port of its native protocol, on 127.0.0.1. */
  public static synchronized int port() {
    try {
      if (Files.exists(NODE)) {
        String[] node = Files.readString(NODE).split(" ", -1);
        if (ProcessHandle.of(Long.parseLong(node[0])).isPresent()) {
          return Integer.parseInt(node[1]);
        }
      }
      return start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the classes it has loaded: nodes that start after this have a quarter less to do. */
  static synchronized void archiveClasses() throws IOException {
    CassandraJava java = CassandraJava.find();
    Path home = CassandraNode.directory("");
    Path archive = CassandraCommand.archive(home, java);
    if (java.feature() < 17 || Files.exists(archive)) {
      return;
    }
    int unused = port(); // then it runs
    Path part = home.resolve("classes.part");
    Files.deleteIfExists(part);
    String jcmd = java.home().resolve("bin").resolve("jcmd").toString();
    try {
      int status =
          new ProcessBuilder(jcmd, Long.toString(pid()), "VM.cds", "dynamic_dump", part.toString())
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("classes.log").toFile())
              .start()
              .waitFor();
      if (status == 0 && Files.exists(part)) {
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long pid() throws IOException {
    return Long.parseLong(Files.readString(NODE).split(" ", -1)[0]);
  }

  /** It hangs, its connections open. */
  public static void pause() throws IOException {
    Signal.pause(pid());
  }

  public static void resume() throws IOException {
    Signal.resume(pid());
  }

  private static int start() throws IOException {
    deleteTree(CassandraNode.directory("test"));
    CassandraNode node =
        CassandraNode.start("test", FreePort.find(), FreePort.find(), build().pid());
    Files.writeString(NODE, node.pid() + " " + node.port());
    applySamples(node.port());
    return node.port();
  }

  /** As {@link Samples#apply(int)} does, as far as another Cassandra takes them. */
  public static void applySamples() {
    applySamples(port());
  }

  private static void applySamples(int port) {
    Samples.of("test").apply(port, OtherCassandra::lacks);
  }

  /**
   * The nearest JVM above this one: Maven, or an IDE. A test JVM is started by a shell in between.
   */
  private static ProcessHandle build() {
    return Stream.iterate(
            ProcessHandle.current().parent(), p -> p.isPresent(), p -> p.get().parent())
        .map(p -> p.get())
        .filter(p -> p.info().command().orElse("").matches(".*java(\\.exe)?"))
        .findFirst()
        .orElseGet(ProcessHandle::current);
  }

  static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
