package dev.ringlet.feature;

import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.rows;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.when;

import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.Execute;
import com.datastax.oss.simulacron.common.cluster.ClusterSpec;
import com.datastax.oss.simulacron.common.request.Query;
import com.datastax.oss.simulacron.common.result.Result;
import com.datastax.oss.simulacron.common.stubbing.PrimeDsl;
import com.datastax.oss.simulacron.server.BoundCluster;
import com.datastax.oss.simulacron.server.BoundNode;
import com.datastax.oss.simulacron.server.Server;
import dev.ringlet.local.FakeServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Three nodes that only speak the native protocol, for what a real Cassandra does not do on
 * command. They have {@code fake.t (k text PRIMARY KEY, l list<text>, v text)} and {@code fake.c (k
 * text PRIMARY KEY, n counter)}, and answer each statement as the key says.
 */
public final class FakeCassandra implements QuarkusTestResourceLifecycleManager {
  private static final Map<String, String> TABLES = Map.of("t", "text", "c", "counter");
  private static BoundCluster cluster;
  private Server server;

  @Override
  public Map<String, String> start() {
    server = FakeServer.start();
    cluster = server.register(ClusterSpec.builder().withNodes(3).build());
    primeSchema();
    Map<String, String> settings = new HashMap<>(Management.settings());
    settings.put(
        "quarkus.cassandra.contact-points",
        cluster.getNodes().stream()
            .map(node -> (InetSocketAddress) node.getAddress())
            .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
            .collect(Collectors.joining(",")));
    settings.put("quarkus.cassandra.local-datacenter", "dc1");
    return settings;
  }

  /** After that of the real Cassandra, which every test has: what this one says counts. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    cluster.close();
    server.close();
  }

  /** What becomes of a statement when its key is this one. */
  static void prime(String cql, Map<String, String> types, String key, Result result) {
    primeSlow(cql, types, key, result, Duration.ZERO);
  }

  /** The same after a time. */
  static void primeSlow(
      String cql, Map<String, String> types, String key, Result result, Duration delay) {
    LinkedHashMap<String, Object> values = new LinkedHashMap<>();
    types.keySet().forEach(name -> values.put(name, name.equals("k") ? key : "*"));
    cluster.prime(
        when(new Query(cql, Collections.emptyList(), values, new LinkedHashMap<>(types)))
            .then(result)
            .delay(delay.toMillis(), TimeUnit.MILLISECONDS)
            .ignoreOnPrepare());
  }

  /** Forgets what was executed. */
  static void clear() {
    cluster.clearLogs();
  }

  /** How many statements were executed since, on all nodes. */
  static long executed() {
    return cluster.getLogs().getQueryLogs().stream()
        .map(log -> log.getFrame().message)
        .filter(message -> message instanceof Execute || message instanceof Batch)
        .count();
  }

  /** The queries that name this. */
  static List<String> queries(String name) {
    return cluster.getLogs().getQueryLogs().stream()
        .map(log -> log.getQuery())
        .filter(query -> query != null && query.contains(name))
        .toList();
  }

  /** Connections to all nodes. */
  static long connections() {
    return cluster.getNodes().stream().mapToLong(BoundNode::getActiveConnections).sum();
  }

  private static void primeSchema() {
    cluster.prime(
        when("SELECT * FROM system_schema.keyspaces")
            .then(
                rows()
                    .row(
                        "keyspace_name",
                        "fake",
                        "durable_writes",
                        true,
                        "replication",
                        Map.of("class", "SimpleStrategy", "replication_factor", "3"))
                    .columnTypes(
                        "keyspace_name", "varchar",
                        "durable_writes", "boolean",
                        "replication", "map<varchar, varchar>")));
    PrimeDsl.RowBuilder tables = rows();
    PrimeDsl.RowBuilder columns = rows();
    for (String table : TABLES.keySet()) {
      tables.row(
          "keyspace_name",
          "fake",
          "table_name",
          table,
          "id",
          UUID.randomUUID(),
          "flags",
          List.of("compound"));
      column(columns, table, "k", "partition_key", 0, "text");
    }
    column(columns, "t", "l", "regular", -1, "list<text>");
    column(columns, "t", "v", "regular", -1, "text");
    column(columns, "c", "n", "regular", -1, "counter");
    cluster.prime(
        when("SELECT * FROM system_schema.tables")
            .then(
                tables.columnTypes(
                    "keyspace_name",
                    "varchar",
                    "table_name",
                    "varchar",
                    "id",
                    "uuid",
                    "flags",
                    "set<varchar>")));
    cluster.prime(
        when("SELECT * FROM system_schema.columns")
            .then(
                columns.columnTypes(
                    "keyspace_name", "varchar",
                    "table_name", "varchar",
                    "column_name", "varchar",
                    "clustering_order", "varchar",
                    "kind", "varchar",
                    "position", "int",
                    "type", "varchar")));
  }

  private static void column(
      PrimeDsl.RowBuilder columns,
      String table,
      String name,
      String kind,
      int position,
      String type) {
    columns.row(
        "keyspace_name", "fake",
        "table_name", table,
        "column_name", name,
        "clustering_order", "none",
        "kind", kind,
        "position", position,
        "type", type);
  }
}
