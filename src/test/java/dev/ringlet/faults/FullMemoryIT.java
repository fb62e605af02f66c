package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Limits that are wrong on purpose let requests fill the heap. The process ends at once, so that
 * the host can start another: one that went on would have lost threads, and hang.
 */
@Tag("faults")
class FullMemoryIT {
  private static final Logger LOG = Logger.getLogger(FullMemoryIT.class);

  /** More than the heap, together. */
  private static final int CLIENTS = 8;

  private static final int BODY = 40 << 20;

  private static final Map<String, String> SETTINGS =
      Map.of("RINGLET_BODY_MAX_SIZE", "64M", "RINGLET_IN_FLIGHT_MAX_BYTES", "1G");

  /** As {@code ExitOnOutOfMemoryError} says. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int TERMINATED = 143;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void endsTheProcess() throws Exception {
    try (Packaged ringlet = start()) {
      ringlet.awaitReady();
      HttpRequest large =
          HttpRequest.newBuilder(ringlet.uri("/v1/my_keyspace/my_table/full"))
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(30))
              .PUT(HttpRequest.BodyPublishers.ofString("{\"value\":\"" + "x".repeat(BODY) + "\"}"))
              .build();
      long began = System.nanoTime();
      List<CompletableFuture<HttpResponse<Void>>> requests =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> http.sendAsync(large, HttpResponse.BodyHandlers.discarding()))
              .toList();
      assertEquals(OUT_OF_MEMORY, ringlet.exitCode(Duration.ofSeconds(60)));
      LOG.infof("Ended after %d ms", Duration.ofNanos(System.nanoTime() - began).toMillis());
      assertTrue(ringlet.log().contains("Terminating due to java.lang.OutOfMemoryError"));
      await().until(() -> requests.stream().allMatch(CompletableFuture::isDone));
    }
    try (Packaged next = start()) {
      next.awaitReady();
      assertEquals(200, status(next));
    }
  }

  /**
   * It serves again by itself, or has ended. In the first case it ends in time when it is asked to.
   */
  @Test
  void doesNotLimp() throws Exception {
    Map<String, String> settings =
        Map.of(
            "RINGLET_IN_FLIGHT_MIN", "1000",
            "RINGLET_IN_FLIGHT_INITIAL", "1000",
            "RINGLET_IN_FLIGHT_MAX", "1000",
            "RINGLET_IN_FLIGHT_MAX_BYTES", "1G",
            "QUARKUS_SHUTDOWN_TIMEOUT", "5S");
    try (Packaged ringlet =
        Packaged.start("limping", "127.0.0.1:" + TestCassandra.port(), settings)) {
      ringlet.awaitReady();
      String rows =
          IntStream.range(0, 8000)
              .mapToObj(i -> "{\"key\":\"full-%d\",\"value\":\"%s\"}".formatted(i, "x".repeat(90)))
              .collect(Collectors.joining(",", "[", "]"));
      HttpRequest array =
          HttpRequest.newBuilder(ringlet.uri("/v1/my_keyspace/my_table"))
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString(rows))
              .build();
      long began = System.nanoTime();
      List<CompletableFuture<HttpResponse<Void>>> load =
          IntStream.range(0, 100)
              .mapToObj(i -> http.sendAsync(array, HttpResponse.BodyHandlers.discarding()))
              .toList();
      await()
          .pollDelay(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(60))
          .until(() -> !ringlet.isAlive() || quick(ringlet));
      ringlet.terminate();
      int code = ringlet.exitCode(Duration.ofSeconds(30));
      assertTrue(code == OUT_OF_MEMORY || code == TERMINATED, "exit code " + code);
      await().until(() -> load.stream().allMatch(CompletableFuture::isDone));
      LOG.infof(
          "exit code %d after %d ms", code, Duration.ofNanos(System.nanoTime() - began).toMillis());
    }
  }

  private boolean quick(Packaged ringlet) {
    try {
      return status(ringlet) == 200;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static Packaged start() {
    return Packaged.start("full-memory", "127.0.0.1:" + TestCassandra.port(), SETTINGS);
  }

  private int status(Packaged ringlet) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(ringlet.uri("/v1/my_keyspace/my_table/hello"))
                .timeout(Duration.ofSeconds(2))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
