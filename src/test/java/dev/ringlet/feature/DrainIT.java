package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests when the process is asked to end (SIGTERM). */
class DrainIT {
  private static final int ROWS = 5_000;
  private static final int ROW_BYTES = 4_000;
  private static final int LINE_BYTES = 1_000;
  private static final String NDJSON = "application/x-ndjson";
  private static final String WRITE =
      "PUT /v1/my_keyspace/my_table/drain HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: 13\r\nPrefer: wait=30\r\n\r\n{";
  private static final String REST = "\"value\":\"v\"}";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "QUARKUS_SHUTDOWN_TIMEOUT", "8S",
          "RINGLET_SCAN", "*",
          "RINGLET_STREAM_PAGE_SIZE", "10");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private Packaged ringlet;

  private void start(String delay) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("QUARKUS_SHUTDOWN_DELAY", delay);
    ringlet = Packaged.start("drain", "127.0.0.1:" + TestCassandra.port(), settings);
    ringlet.awaitReady();
  }

  @AfterEach
  void stop() {
    ringlet.close();
    clients.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(ringlet.uri(path)).timeout(Duration.ofSeconds(20));
  }

  @Test
  void noRequestFailsThatIsSentWhileItIsReady() throws Exception {
    start("5S"); // in which each client asks whether it is ready, though the machine stand still
    ConcurrentLinkedQueue<String> statuses = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> load =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.runAsync(() -> writeWhileReady(i, statuses), clients))
            .toList();
    await().until(() -> statuses.size() > 200);
    int before = statuses.size();
    ringlet.terminate();
    for (CompletableFuture<Void> client : load) {
      client.get();
    }
    assertTrue(statuses.size() > before, "it serves on while it is not ready any more");
    assertEquals(Set.of("204"), Set.copyOf(statuses));
    assertEquals(143, ringlet.exitCode(Duration.ofSeconds(25)));
  }

  /** As a client behind a load balancer that asks for readiness twice a second. */
  private void writeWhileReady(int client, ConcurrentLinkedQueue<String> statuses) {
    long asked = 0;
    int i = 0;
    while (true) {
      if (System.nanoTime() - asked > Duration.ofMillis(500).toNanos()) {
        if (ringlet.health("ready") != 200) {
          return;
        }
        asked = System.nanoTime();
      }
      try {
        HttpRequest write =
            request("/v1/my_keyspace/my_table/drain-" + client + "-" + i++)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"value\":\"x\"}"))
                .build();
        statuses.add(
            Integer.toString(
                http.send(write, HttpResponse.BodyHandlers.discarding()).statusCode()));
      } catch (IOException | InterruptedException e) {
        statuses.add(e.toString());
      }
    }
  }

  @Test
  void aStreamThatIsTooLongIsToldSoAndAShortOneIsWhole() throws Exception {
    start("2S");
    String table = Cassandra.create("drain", "CREATE TABLE $ks.t (k int PRIMARY KEY, v text)");
    fill(table);
    await().until(() -> status("/v1/" + table + "/t?limit=1&scan=true") == 200);
    String path = "/v1/" + table + "/t?scan=true";
    HttpResponse<InputStream> multiplexed =
        http.send(
            request(path).header("Accept", NDJSON).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(HttpClient.Version.HTTP_2, multiplexed.version());
    try (RawHttp slow = new RawHttp(ringlet.uri(path));
        RawHttp writer = new RawHttp(ringlet.uri(path))) {
      writer.send(WRITE);
      slow.send("GET %s HTTP/1.1\r\nHost: x\r\nAccept: %s\r\n\r\n".formatted(path, NDJSON));
      String read = read(slow);
      ringlet.terminate();
      await().until(() -> ringlet.health("ready") == 503);
      assertEquals(200, status("/v1/my_keyspace/my_table/hello"), "it serves on");
      long length = 0;
      for (String part = read; !part.isEmpty(); part = read(slow)) {
        length += part.length();
        read = part.length() < LINE_BYTES ? read + part : part;
        Thread.sleep(20); // a client that needs ten seconds for all of it
      }
      assertTrue(read.contains("\"code\":\"shutting-down\""), read);
      assertFalse(read.endsWith("0\r\n\r\n"), "as if it were whole");
      assertTrue(length < (long) ROWS * ROW_BYTES, length + " bytes");
      writer.send(REST); // the stream has ended before what is still under way would be cut
      assertEquals(204, writer.answer().status());
    }
    assertEquals(143, ringlet.exitCode(Duration.ofSeconds(25)));
    // which rows a client gives of a stream that is reset is its own affair
    assertThrows(IOException.class, () -> multiplexed.body().readAllBytes());
  }

  /** Half of the timeout after it was asked to end, while there is time to say so. */
  @Test
  void anUploadWhoseClientPausesIsToldSo() throws Exception {
    start("0S");
    String upload =
        "POST /v1/my_keyspace/my_table HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\n"
                .formatted(NDJSON)
            + "Prefer: return=outcomes\r\nContent-Length: 1000\r\n\r\n";
    try (RawHttp begun = new RawHttp(ringlet.uri(""));
        RawHttp nothing = new RawHttp(ringlet.uri(""))) {
      begun.send(upload + "{\"key\":\"drain\",\"value\":\"v\"}\n{\"key\":");
      assertEquals(200, begun.status());
      nothing.send(upload);
      await().until(() -> ringlet.active() == 2);
      ringlet.terminate();
      RawHttp.Answer refused = nothing.answer();
      assertEquals(503, refused.status());
      assertTrue(refused.body().contains("\"code\":\"shutting-down\""), refused.body());
      String told = new String(begun.rest(), StandardCharsets.UTF_8);
      assertTrue(told.contains("{\"index\":0,\"status\":201}"), told);
      assertTrue(told.contains("{\"written\":1,\"failed\":0,\"error\":{"), told);
      assertTrue(told.contains("\"code\":\"shutting-down\""), told);
      assertFalse(told.endsWith("0\r\n\r\n"), "as if it were whole");
    }
    assertEquals(143, ringlet.exitCode(Duration.ofSeconds(25)));
  }

  private static String read(RawHttp slow) throws IOException {
    return new String(slow.bytes(10 * (ROW_BYTES + 20)), StandardCharsets.UTF_8);
  }

  private int status(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static void fill(String keyspace) {
    PreparedStatement insert =
        Cassandra.session().prepare("INSERT INTO " + keyspace + ".t (k, v) VALUES (?, ?)");
    for (int i = 0; i < ROWS; i += 100) {
      IntStream.range(i, i + 100)
          .mapToObj(k -> Cassandra.session().executeAsync(insert.bind(k, "x".repeat(ROW_BYTES))))
          .toList()
          .forEach(written -> written.toCompletableFuture().join());
    }
  }
}
