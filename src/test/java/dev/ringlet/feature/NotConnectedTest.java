package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import dev.ringlet.local.CassandraNode;
import dev.ringlet.local.FreePort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Ringlet starts before Cassandra does. */
@QuarkusTest
@TestProfile(NotConnectedTest.Nobody.class)
class NotConnectedTest {
  private static final String PORT = "dev.ringlet.feature.late";

  /** Nobody listens there, at first. */
  public static class Nobody implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      int port = FreePort.find(PORT);
      Map<String, String> settings = new HashMap<>(Management.settings());
      settings.put("quarkus.cassandra.contact-points", "127.0.0.1:" + port);
      // said although it is the default: another test's may still be set
      settings.put("quarkus.cassandra.local-datacenter", "datacenter1");
      return settings;
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @Test
  void saysSoUntilCassandraComesAndWhenItGoes() throws IOException {
    given()
        .get("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("1"))
        .body("code", equalTo("not-connected"));
    given()
        .contentType("application/json")
        .body("{}")
        .put("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(503)
        .body("code", equalTo("not-connected"));
    given().get("/v1").then().statusCode(503);
    given().get(Management.url() + "/q/health/live").then().statusCode(200);
    given()
        .get(Management.url() + "/q/health/ready")
        .then()
        .statusCode(503)
        .body("checks.name", hasItem("cassandra"));

    CassandraNode node =
        CassandraNode.start(
            "late-" + ProcessHandle.current().pid(),
            Integer.getInteger(PORT),
            FreePort.find(),
            ProcessHandle.current().pid());
    try {
      Management.awaitReady();
      given().get("/v1").then().statusCode(200);
      aStreamThatCannotGoOnIsBrokenOff(node);
    } finally {
      node.stop();
    }
  }

  /**
   * The client has to see that rows are missing: by the last line, and by a connection that ends
   * without the end.
   */
  private static void aStreamThatCannotGoOnIsBrokenOff(CassandraNode node) throws IOException {
    fill(node.port());
    await().until(() -> given().get("/v1/broken/t/1/1").statusCode() == 200);
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      socket
          .getOutputStream()
          .write(
              "GET /v1/broken/t/1 HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', socket.getInputStream().read());
      node.stop();
      String rest = new String(readToTheEnd(socket), StandardCharsets.UTF_8);
      int error = rest.indexOf("{\"error\":{\"type\":\"https://ringlet.dev/errors#");
      assertTrue(
          error > 0 && rest.indexOf('\n', error) > 0, () -> rest.substring(rest.length() - 500));
      assertFalse(rest.endsWith("\r\n0\r\n\r\n"));
    }
  }

  private static byte[] readToTheEnd(Socket socket) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketException reset) {
      return bytes.toByteArray();
    }
    return bytes.toByteArray();
  }

  private static void fill(int port) {
    try (CqlSession session =
        CqlSession.builder()
            .withClassLoader(NotConnectedTest.class.getClassLoader())
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                    .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ZERO)
                    .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                    .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                    .build())
            .build()) {
      session.execute(
          "CREATE KEYSPACE broken WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
      session.execute("CREATE TABLE broken.t (p int, c int, v text, PRIMARY KEY (p, c))");
      PreparedStatement insert = session.prepare("INSERT INTO broken.t (p, c, v) VALUES (1, ?, ?)");
      List<CompletableFuture<?>> inserts = new ArrayList<>();
      for (int i = 0; i < 4000; i++) {
        inserts.add(session.executeAsync(insert.bind(i, "x".repeat(4000))).toCompletableFuture());
        if (inserts.size() == 256) {
          inserts.forEach(CompletableFuture::join);
          inserts.clear();
        }
      }
      inserts.forEach(CompletableFuture::join);
    }
  }
}
