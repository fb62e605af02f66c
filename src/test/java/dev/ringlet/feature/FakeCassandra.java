package dev.ringlet.feature;

import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.noRows;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.rows;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.when;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.simulacron.common.cluster.ClusterSpec;
import com.datastax.oss.simulacron.common.cluster.DataCenterSpec;
import com.datastax.oss.simulacron.common.request.Query;
import com.datastax.oss.simulacron.common.result.Result;
import com.datastax.oss.simulacron.common.stubbing.PrimeDsl;
import com.datastax.oss.simulacron.server.BoundCluster;
import com.datastax.oss.simulacron.server.BoundNode;
import com.datastax.oss.simulacron.server.Server;
import dev.ringlet.local.FakeServer;
import dev.ringlet.local.FaultyProxy;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.response.Response;
import java.io.IOException;
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
import java.util.stream.Stream;

/**
 * Three nodes that only speak the native protocol, for what a real Cassandra does not do on
 * command, each behind a proxy that fails on command. They have {@code fake.t (k text PRIMARY KEY,
 * l list<text>, v text)}, {@code fake.c (k text PRIMARY KEY, n counter)} and {@code fake.u (k text
 * PRIMARY KEY, u uuid)}, and answer each statement as the key says.
 */
public final class FakeCassandra implements QuarkusTestResourceLifecycleManager {
  private static final String PORT = "native_port";

  /** Each of three nodes has one for statements; one more hears of changes. */
  private static final int CONNECTIONS = 4;

  private static BoundCluster cluster;
  private static List<FaultyProxy> proxies;
  private Server server;

  @Override
  public Map<String, String> start() {
    proxies = Stream.generate(FaultyProxy::new).limit(3).toList();
    server = FakeServer.start();
    cluster = server.register(nodesBehindProxies());
    primeSchema();
    primeTypes();
    cluster.getNodes().forEach(FakeCassandra::putBehindItsProxy);
    Map<String, String> settings = new HashMap<>(Management.settings());
    settings.put(
        "quarkus.cassandra.contact-points",
        proxies.stream()
            .map(proxy -> "127.0.0.1:" + proxy.port())
            .collect(Collectors.joining(",")));
    settings.put("quarkus.cassandra.local-datacenter", "dc1");
    // so long that what ends a request is its own deadline
    settings.put("quarkus.cassandra.request.timeout", "15S");
    // so short that tests need not wait until the driver has found the nodes again
    settings.put("datastax-java-driver.advanced.reconnection-policy.base-delay", "20ms");
    return settings;
  }

  /** After that of the real Cassandra, which every test has: what this one says counts. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    proxies.forEach(FaultyProxy::close);
    cluster.close();
    server.close();
  }

  /** All nodes have the fault; what was executed is forgotten. */
  static void begin(Fault fault) {
    clear();
    proxies.forEach(fault::begin);
    if (fault == Fault.REFUSED) {
      await().until(() -> usable() == 0);
    }
  }

  /** No statement with this in it meets a fault, until all is healed. */
  static void spare(String text) {
    proxies.forEach(proxy -> proxy.spare(text));
  }

  /** No node has a fault any more, and the driver has found all of them again. */
  static void heal() {
    proxies.forEach(FaultyProxy::heal);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> connections() == CONNECTIONS && usable() == CONNECTIONS);
    Management.awaitReady(); // the driver counts connections before its session is open
  }

  /** The driver has a connection to a node, and calls it up, before it sends statements there. */
  static void awaitAllAsked() {
    clear();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              Response unused = given().get("/v1/fake/t/x");
              return proxies.stream().allMatch(proxy -> proxy.statements() > 0);
            });
  }

  /** What stands between the driver and the nodes. */
  static List<FaultyProxy> proxies() {
    return proxies;
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
    proxies.forEach(FaultyProxy::forgetStatements);
  }

  /** How many statements were executed since, on all nodes. */
  static int executed() {
    return proxies.stream().mapToInt(FaultyProxy::statements).sum();
  }

  /** The queries that name this. */
  static List<String> queries(String name) {
    return cluster.getLogs().getQueryLogs().stream()
        .map(log -> log.getQuery())
        .filter(query -> query != null && query.contains(name))
        .toList();
  }

  /** Connections to all nodes. */
  static int connections() {
    return proxies.stream().mapToInt(FaultyProxy::connections).sum();
  }

  /** Those that the driver believes to have. */
  private static double usable() throws IOException, InterruptedException {
    return sum("cassandra_nodes_pool_open_connections\\{.*");
  }

  private static double sum(String series) throws IOException, InterruptedException {
    return Management.metrics()
        .filter(line -> line.matches(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static void putBehindItsProxy(BoundNode node) {
    int port = node.resolvePeerInfo(PORT, 0);
    proxies.stream()
        .filter(proxy -> proxy.port() == port)
        .forEach(proxy -> proxy.start((InetSocketAddress) node.getAddress()));
  }

  /** Nodes that tell each other's ports to the driver as those of the proxies. */
  private static ClusterSpec nodesBehindProxies() {
    ClusterSpec spec = ClusterSpec.builder().build();
    DataCenterSpec dataCenter = spec.addDataCenter().withName("dc1").build();
    for (FaultyProxy proxy : proxies) {
      dataCenter.addNode().withPeerInfo(PORT, proxy.port()).build();
    }
    return spec;
  }

  private static List<String> newTables() {
    return Stream.of(Fault.values()).map(Fault::table).toList();
  }

  private static List<String> tables() {
    return Stream.concat(Stream.of("t", "c", "u"), newTables().stream()).toList();
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
    for (String table : tables()) {
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
    column(columns, "u", "u", "regular", -1, "uuid");
    newTables().forEach(table -> column(columns, table, "v", "regular", -1, "text"));
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

  /** Without this, all bind markers are of texts. */
  private static void primeTypes() {
    String list = "list<varchar>";
    primeTypes("INSERT INTO fake.t (k, l, v) VALUES (?, ?, ?)", "varchar", list, "varchar");
    primeTypes("UPDATE fake.t SET l = l + ?, v = ? WHERE k = ?", list, "varchar", "varchar");
    primeTypes("UPDATE fake.t SET l = ?, v = ? WHERE k = ?", list, "varchar", "varchar");
    primeTypes("UPDATE fake.t SET l = ?, v = ? WHERE k = ? IF EXISTS", list, "varchar", "varchar");
    primeTypes(
        "BEGIN BATCH INSERT INTO fake.t (k, l, v) VALUES (?, ?, ?); UPDATE fake.t SET l = ?"
            + " WHERE k = ? IF l = ? AND v = ?; APPLY BATCH",
        "varchar",
        list,
        "varchar",
        list,
        "varchar",
        list,
        "varchar");
    primeTypes("UPDATE fake.c SET n = n + ? WHERE k = ?", "counter", "varchar");
    primeTypes("INSERT INTO fake.u (k, u) VALUES (?, ?)", "varchar", "uuid");
    primeTypes("UPDATE fake.u SET u = ? WHERE k = ?", "uuid", "varchar");
  }

  /**
   * @param types of its bind markers
   */
  private static void primeTypes(String cql, String... types) {
    LinkedHashMap<String, Object> values = new LinkedHashMap<>();
    LinkedHashMap<String, String> markers = new LinkedHashMap<>();
    for (int i = 0; i < types.length; i++) {
      values.put("marker" + i, "*");
      markers.put("marker" + i, types[i]);
    }
    cluster.prime(when(new Query(cql, Collections.emptyList(), values, markers)).then(noRows()));
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
