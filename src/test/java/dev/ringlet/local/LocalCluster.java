package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three nodes on 127.0.0.1, 127.0.0.2 and 127.0.0.3, which can be killed, paused and started again:
 * the one cluster of this JVM, which it ends with.
 */
public final class LocalCluster {
  /** None waits ten seconds for those that have moved. */
  private static final String SETTINGS = "block_for_peers_timeout_in_secs: 3\n";

  private static final int NODES = 3;

  /** Those that it begins with. */
  private static final List<String> ADDRESSES =
      IntStream.range(0, NODES).mapToObj(LocalCluster::address).toList();

  private static LocalCluster started;

  private final int port = FreePort.find(ADDRESSES);
  private final int storagePort = FreePort.find(ADDRESSES);
  private List<CassandraPlace> places = places(0);
  private final CassandraNode[] nodes = new CassandraNode[NODES];

  /**
   * All nodes serve CQL and see each other, whatever was done to them. The first start is empty.
   */
  public static synchronized LocalCluster whole() {
    if (started == null) {
      started = new LocalCluster();
    }
    started.mend();
    return started;
  }

  private LocalCluster() {
    try {
      TestCassandra.archiveClasses();
      for (CassandraPlace place : places) {
        TestCassandra.deleteTree(CassandraNode.directory(place.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    startAll();
  }

  private void mend() {
    for (int node = 0; node < NODES; node++) {
      if (nodes[node].process().isAlive()) {
        resume(node);
      } else {
        start(node);
      }
    }
  }

  private List<CassandraPlace> places(int addressOffset) {
    String seeds =
        IntStream.range(0, NODES)
            .mapToObj(i -> address(i + addressOffset) + ":" + storagePort)
            .collect(Collectors.joining(","));
    long part = Long.MAX_VALUE / NODES * 2;
    return IntStream.range(0, NODES)
        .mapToObj(
            i ->
                new CassandraPlace(
                    "cluster-" + (i + 1),
                    address(i + addressOffset),
                    port,
                    storagePort,
                    seeds,
                    NODES,
                    Long.MIN_VALUE + 1 + i * part,
                    SETTINGS))
        .toList();
  }

  /** When all are stopped: starts them on the data they have, on 127.0.0.11 and so on. */
  public void startAllElsewhere() {
    places = places(10);
    startAll();
  }

  /** The port of the native protocol, the same on all nodes. */
  public int port() {
    return port;
  }

  public List<String> addresses() {
    return places.stream().map(CassandraPlace::address).toList();
  }

  /** All nodes, {@code address:port} with commas. */
  public String contactPoints() {
    return places.stream()
        .map(place -> place.address() + ":" + place.port())
        .collect(Collectors.joining(","));
  }

  /** Starts all nodes on the data they have, together, and waits for them. */
  public void startAll() {
    for (int i = 0; i < NODES; i++) {
      nodes[i] = CassandraNode.spawn(places.get(i), ProcessHandle.current().pid());
    }
    Arrays.stream(nodes).forEach(CassandraNode::awaitReady);
  }

  /** Starts a node again on the data it has, and waits for it. */
  public void start(int node) {
    nodes[node] = CassandraNode.spawn(places.get(node), ProcessHandle.current().pid());
    nodes[node].awaitReady();
  }

  /** kill -9. */
  public void kill(int node) {
    Process ended = nodes[node].process().destroyForcibly().onExit().join();
    if (ended.isAlive()) {
      throw new IllegalStateException("node " + node + " lives on");
    }
  }

  /** As SIGTERM does: it tells the others and writes down what it holds. */
  public void stop(int node) {
    nodes[node].stop();
  }

  /** The same of all nodes, together. */
  public void stopAll() {
    Arrays.stream(nodes).map(CassandraNode::process).forEach(Process::destroy);
    Arrays.stream(nodes).forEach(CassandraNode::stop);
  }

  /** The node hangs, its connections open (SIGSTOP). */
  public void pause(int node) {
    Signal.pause(nodes[node].pid());
  }

  public void resume(int node) {
    Signal.resume(nodes[node].pid());
  }

  private static String address(int node) {
    return "127.0.0." + (node + 1);
  }
}
