package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.simulacron.common.cluster.ClusterSpec;
import com.datastax.oss.simulacron.common.cluster.QueryLog;
import com.datastax.oss.simulacron.server.BindNodeException;
import com.datastax.oss.simulacron.server.BoundCluster;
import com.datastax.oss.simulacron.server.Server;
import dev.ringlet.local.FakeServer;
import dev.ringlet.local.FaultyProxy;
import dev.ringlet.local.FreePort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contact point answers, but is not in the local data center, of which no node is there. */
@QuarkusTest
@TestProfile(LocalDataCenterTest.Near.class)
class LocalDataCenterTest {
  private static final String PORT = "dev.ringlet.feature.far";
  private static final Path LOG = Path.of("target", "local-data-center.log").toAbsolutePath();
  private static final String NATIVE_PORT = "native_port";

  /** Nobody listens there, at first. */
  public static class Near implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Files.deleteIfExists(LOG);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Map<String, String> settings = new HashMap<>(Management.settings());
      settings.put("quarkus.cassandra.contact-points", "127.0.0.1:" + port());
      settings.put("quarkus.cassandra.local-datacenter", "near");
      settings.put("quarkus.log.file.enabled", "true");
      settings.put("quarkus.log.file.path", LOG.toString());
      return settings;
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  /** Of the contact point. */
  private static int port() {
    return FreePort.find(PORT);
  }

  @Test
  void isLookedForLessAndLessOftenUntilOneOfItsNodesIsThere() throws IOException {
    FaultyProxy near = new FaultyProxy();
    try (Server server = FakeServer.start()) {
      BoundCluster another = server.register(cluster(List.of()));
      assertNotConnected("the cluster has far", another);
      another.close();
      BoundCluster whole = registerInstead(server, cluster(List.of(near.port())));
      assertNotConnected("the cluster has far, near", whole);
      await().until(() -> longestPause(whole).compareTo(Duration.ofMillis(3500)) > 0);
      assertEquals(2, logged("no node of the local data center near can be reached"));
      assertEquals(0, logged("Connected to Cassandra"));
      assertEquals(0, logged("Cassandra is lost"));
      near.start((InetSocketAddress) whole.dc(1).node(0).getAddress());
      try {
        Management.awaitReady();
        given().get("/v1").then().statusCode(200);
        assertEquals(1, logged("Connected to Cassandra: 2 node(s)"));
      } finally {
        near.close();
      }
    }
  }

  /**
   * @param near the ports of nodes in the local data center
   */
  private static ClusterSpec cluster(List<Integer> near) {
    ClusterSpec cluster = ClusterSpec.builder().build();
    cluster
        .addDataCenter()
        .withName("far")
        .build()
        .addNode()
        .withAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()))
        .withPeerInfo(NATIVE_PORT, port())
        .build();
    near.forEach(
        port ->
            cluster
                .addDataCenter()
                .withName("near")
                .build()
                .addNode()
                .withPeerInfo(NATIVE_PORT, port)
                .build());
    return cluster;
  }

  /** Once the address is free: Netty says that a channel is closed before its socket is. */
  private static BoundCluster registerInstead(Server server, ClusterSpec cluster) {
    return await()
        .ignoreExceptionsMatching(e -> e.getCause() instanceof BindNodeException)
        .until(() -> server.register(cluster), registered -> true);
  }

  private static void assertNotConnected(String why, BoundCluster cluster) {
    await()
        .until(() -> logged("no node of the local data center near can be reached; " + why) == 1);
    given().get("/v1").then().statusCode(503).body("code", equalTo("not-connected"));
    given().get(Management.url() + "/q/health/ready").then().statusCode(503);
    given().get(Management.url() + "/q/health/live").then().statusCode(200);
    await().until(() -> cluster.getActiveConnections() == 0);
  }

  /** How many lines of the log say so. */
  private static long logged(String what) throws IOException {
    return Files.exists(LOG)
        ? Files.readAllLines(LOG).stream().filter(line -> line.contains(what)).count()
        : 0;
  }

  /** Between two times that the schema was read. */
  private static Duration longestPause(BoundCluster cluster) {
    List<Long> times =
        cluster.getLogs().getQueryLogs().stream()
            .filter(log -> log.getQuery() != null && log.getQuery().contains("schema.keyspaces"))
            .map(QueryLog::getReceivedTimestamp)
            .sorted()
            .toList();
    return Duration.ofMillis(
        IntStream.range(1, times.size())
            .mapToLong(i -> times.get(i) - times.get(i - 1))
            .max()
            .orElse(0));
  }
}
