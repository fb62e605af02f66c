package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;

import dev.ringlet.local.Packaged;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Clients that write rows, each once, and remember what they were told. */
final class Writers {
  private static final int CLIENTS = 8;
  private static final long PACE_MILLIS = 20;

  private final Function<String, HttpRequest.Builder> request;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> notDone = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> unexpected = new AtomicReference<>("");
  private volatile boolean stopped;

  /**
   * @param acknowledged 200 or 204
   * @param unknown 504
   * @param notDone 503
   */
  record Counts(long acknowledged, long unknown, long notDone) {

    Counts since(Counts before) {
      return new Counts(
          acknowledged - before.acknowledged, unknown - before.unknown, notDone - before.notDone);
    }
  }

  Writers(Packaged ringlet) {
    this(
        key ->
            HttpRequest.newBuilder(ringlet.uri("/v1/faults/writes/" + key))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"v\":\"x\"}")));
  }

  /**
   * @param request that writes something by a key
   */
  Writers(Function<String, HttpRequest.Builder> request) {
    this.request = request;
    for (int client = 0; client < CLIENTS; client++) {
      String prefix = client + "-";
      clients.execute(() -> write(prefix));
    }
  }

  Counts counts() {
    return new Counts(acknowledged.size(), unknown.size(), notDone.size());
  }

  /** Waits until so many more are acknowledged. */
  void awaitMore(int number) {
    int goal = acknowledged.size() + number;
    await().atMost(Duration.ofMinutes(4)).until(() -> acknowledged.size() >= goal);
  }

  void stop() {
    stopped = true;
    clients.shutdown();
    await().atMost(Duration.ofMinutes(1)).until(clients::isTerminated);
  }

  /** An answer that should never be, if there was one. */
  String unexpected() {
    return unexpected.get();
  }

  /** What is wrong with the rows that are there. */
  Map<String, Long> compare(Set<String> there) {
    return Map.of(
        "rows",
        (long) there.size(),
        "acknowledged",
        (long) acknowledged.size(),
        "acknowledged and lost",
        acknowledged.stream().filter(key -> !there.contains(key)).count(),
        "not done and there",
        notDone.stream().filter(there::contains).count(),
        "unknown and there",
        unknown.stream().filter(there::contains).count(),
        "unknown",
        (long) unknown.size());
  }

  private void write(String prefix) {
    for (int i = 0; !stopped; i++) {
      String key = prefix + i;
      try {
        HttpResponse<String> answer =
            http.send(
                request
                    .apply(key)
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/json")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        switch (answer.statusCode()) {
          case 200, 204 -> acknowledged.add(key);
          case 503 -> notDone.add(key);
          case 504 -> unknown.add(key);
          default -> unexpected.set(answer.statusCode() + " " + answer.body());
        }
        Thread.sleep(PACE_MILLIS); // so many requests a second as leave the cluster some room
      } catch (IOException e) {
        unexpected.set(e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
