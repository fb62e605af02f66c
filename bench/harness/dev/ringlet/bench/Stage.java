package dev.ringlet.bench;

import dev.ringlet.local.CassandraNode;
import dev.ringlet.local.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Cassandra of its own with the tables, and the driver that made them. It and all that was
 * started end with this process.
 */
final class Stage {
  /**
   * Ringlet limits how many requests are under way, and begins low. To measure what a request costs
   * with 128 connections, the limit is put above them.
   */
  static final Map<String, String> ROOM =
      Map.of(
          "RINGLET_IN_FLIGHT_MIN", "256",
          "RINGLET_IN_FLIGHT_INITIAL", "256",
          "RINGLET_IN_FLIGHT_MAX", "256");

  /** Processor time that an idle Cassandra takes in a second, at most. */
  private static final long QUIET_MICROS = 50_000;

  private final CassandraNode node;
  private final DriverContender driver;

  Stage() throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(Stage::endAll));
    deleteTree(CassandraNode.directory("bench"));
    node =
        CassandraNode.start(
            "bench", FreePort.find(), FreePort.find(), ProcessHandle.current().pid());
    driver = furnished(node.port());
  }

  /** Makes the tables and rows that everybody reads and writes. */
  static DriverContender furnished(int cassandraPort) throws IOException {
    DriverContender driver = new DriverContender(cassandraPort);
    driver.execute(
        "CREATE KEYSPACE bench WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    driver.execute(Rows.table("items"));
    driver.ingest("items", Rows.COUNT);
    return driver;
  }

  int port() {
    return node.port();
  }

  DriverContender driver() {
    return driver;
  }

  void create(String table) throws IOException {
    driver.execute(Rows.table(table));
  }

  /** Waits until Cassandra has compacted what was written, but no longer than 20 seconds. */
  void awaitQuiet() {
    Proc cassandra = new Proc(node.pid());
    for (int i = 0; i < 20; i++) {
      long before = cassandra.cpuMicros();
      Server.pause(1000);
      if (cassandra.cpuMicros() - before < QUIET_MICROS) {
        return;
      }
    }
  }

  /** Of a processor, for Cassandra. */
  HalfProcessor half() {
    return new HalfProcessor(node.pid());
  }

  Contender start(Server server, List<String> jvmOptions) throws IOException {
    return HttpContender.start(server, node.port(), jvmOptions);
  }

  private static void endAll() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
