package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A Cassandra of its own, to be killed and started again on what its commit log has. */
public final class KillableNode implements AutoCloseable {
  /** What is acknowledged is in a file, which outlives the process. */
  private static final String SETTINGS =
      """
      commitlog_sync: batch
      commitlog_sync_period: 0ms
      """;

  private final String name;
  private final int port = FreePort.find();
  private final int storagePort = FreePort.find();
  private CassandraNode node;

  /**
   * Starts it on an empty directory.
   *
   * @param name of the directory
   */
  public KillableNode(String name) throws IOException {
    this.name = name;
    TestCassandra.deleteTree(CassandraNode.directory(name));
    start();
  }

  /**
   * Starts it on the data it has, and waits until it serves.
   *
   * @throws IllegalStateException if it does not start; the message says why
   */
  public void start() {
    node = CassandraNode.start(name, port, storagePort, ProcessHandle.current().pid(), SETTINGS);
  }

  /** kill -9. */
  public void kill() {
    node.process().destroyForcibly().onExit().join();
  }

  public String contactPoint() {
    return "127.0.0.1:" + port;
  }

  /** All that it has logged since its directory was empty. */
  public String log() {
    try {
      return Files.readString(CassandraNode.directory(name).resolve("system.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
