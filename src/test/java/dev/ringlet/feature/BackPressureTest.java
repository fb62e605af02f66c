package dev.ringlet.feature;

import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.noResult;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.overloaded;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A body is read no faster than Cassandra takes its rows. */
@QuarkusTest
@QuarkusTestResource(value = FakeCassandra.class, restrictToAnnotatedClass = true)
class BackPressureTest {
  private static final int CONCURRENCY = 128;
  private static final int BODY = 256 << 20;

  @Test
  void whileCassandraIsSilentTheBodyStands() throws Exception {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("k", "varchar");
    types.put("l", "list<varchar>");
    types.put("v", "varchar");
    String insert = "INSERT INTO fake.t (k, l, v) VALUES (?, ?, ?)";
    FakeCassandra.prime(insert, types, "any", overloaded("busy")); // so that it can be prepared
    FakeCassandra.prime(insert, types, "x", noResult());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> given().get(Management.url() + "/q/health/ready").statusCode() == 200);
    FakeCassandra.clear();
    AtomicLong sent = new AtomicLong();
    try (Socket socket = open()) {
      Thread client = new Thread(() -> send(socket, sent));
      client.start();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertEquals(CONCURRENCY, FakeCassandra.executed()));
      AtomicLong last = new AtomicLong(-1);
      await()
          .atMost(Duration.ofSeconds(10))
          .during(Duration.ofSeconds(1))
          .until(() -> last.getAndSet(sent.get()) == sent.get());
      assertEquals(CONCURRENCY, FakeCassandra.executed());
      assertTrue(sent.get() < BODY / 4, "sent: " + sent.get());
    }
  }

  private static Socket open() throws IOException {
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    String head =
        "POST /v1/fake/t HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
            + "Prefer: wait=30\r\nContent-Length: "
            + BODY
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Until the socket is full, or closed at the end of the test. */
  private static void send(Socket socket, AtomicLong sent) {
    byte[] line =
        ("{\"k\":\"x\",\"v\":\"" + "x".repeat(10_000) + "\"}\n")
            .getBytes(StandardCharsets.US_ASCII);
    try {
      OutputStream out = socket.getOutputStream();
      while (sent.get() < BODY - line.length) {
        out.write(line);
        sent.addAndGet(line.length);
      }
    } catch (IOException closed) {
      // as it should be
    }
  }
}
