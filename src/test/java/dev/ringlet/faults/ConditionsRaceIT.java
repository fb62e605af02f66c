package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.ringlet.local.LocalCluster;
import dev.ringlet.local.Packaged;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two dozen clients, or more where there is time, read one row, change it and write it back with
 * If-Match, or if a column has the value that they know, while nodes are killed and paused, each
 * after some more acknowledged writes. Nothing may be lost and nothing done twice.
 */
@Tag("faults")
@Order(Integer.MAX_VALUE) // the cluster stays until this JVM ends
class ConditionsRaceIT {
  private static final Logger LOG = Logger.getLogger(ConditionsRaceIT.class);
  private static final int CLIENTS = Integer.getInteger("race.clients", 24);

  /** No write of this client is of unknown outcome; else what its condition asked for. */
  private static final int SETTLED = -1;

  private static final int INCREMENTS = Integer.getInteger("race.increments", 40);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger notDone = new AtomicInteger();
  private final AtomicInteger unknownAndDone = new AtomicInteger();
  private final AtomicInteger unknownAndNotDone = new AtomicInteger();
  private final AtomicReference<String> unexpected = new AtomicReference<>();

  /** How many are acknowledged at the end; known when nothing is broken any more. */
  private volatile int goal = Integer.MAX_VALUE;

  /** What a write is done on. */
  private enum Asked {
    TAG,
    COLUMN
  }

  private Asked asked;
  private String keyspace;
  private Packaged ringlet;

  @AfterEach
  void stop() {
    ringlet.close();
  }

  @ParameterizedTest
  @EnumSource(Asked.class)
  void theRowCountsEveryAcknowledgedWriteOnce(Asked of) throws Exception {
    asked = of;
    keyspace = "race_" + of.name().toLowerCase(Locale.ROOT);
    LocalCluster cluster = LocalCluster.whole();
    ringlet = Packaged.start("conditions-" + keyspace, cluster.contactPoints(), Map.of());
    ringlet.awaitReady();
    try (CqlSession session = ClusterDriver.open(cluster.contactPoints())) {
      ClusterDriver.create(session, keyspace, "t (k text PRIMARY KEY, n int, last map<text, int>)");
      session.execute("INSERT INTO " + keyspace + ".t (k, n) VALUES ('row', 0)");
      await().until(() -> get("LOCAL_QUORUM").statusCode() == 200);
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Future<?>> running = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < CLIENTS; i++) {
        String name = "client" + i;
        running.add(clients.submit(() -> increment(name)));
      }
      breakThings(cluster);
      for (Future<?> client : running) {
        client.get();
      }
      clients.shutdown();
      Row row =
          session
              .execute(
                  SimpleStatement.newInstance(
                          "SELECT n, last FROM " + keyspace + ".t WHERE k = 'row'")
                      .setConsistencyLevel(ConsistencyLevel.SERIAL))
              .one();
      Map<String, Integer> last = row.getMap("last", String.class, Integer.class);
      LOG.infof(
          "%s, %d s: %d acknowledged, %d unknown of which %d done, %d refused (412), %d not done (503); the row has %d",
          asked,
          (System.nanoTime() - start) / 1_000_000_000,
          acknowledged.get(),
          unknownAndDone.get() + unknownAndNotDone.get(),
          unknownAndDone.get(),
          refused.get(),
          notDone.get(),
          row.getInt("n"));
      assertNull(unexpected.get());
      assertEquals(acknowledged.get() + unknownAndDone.get(), row.getInt("n"));
      assertEquals(row.getInt("n"), last.values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  /** One node away, then another one hanging, then both: nothing can be written for a while. */
  private void breakThings(LocalCluster cluster) throws InterruptedException {
    awaitAcknowledged(INCREMENTS / 5);
    LOG.infof("node 3 is killed after %d", acknowledged.get());
    cluster.kill(2);
    awaitAcknowledged(INCREMENTS * 2 / 5);
    LOG.infof("node 2 hangs for three seconds after %d: no quorum", acknowledged.get());
    cluster.pause(1);
    Thread.sleep(3000); // what the fault is made of, nothing is awaited
    cluster.resume(1);
    LOG.infof("node 2 goes on after %d", acknowledged.get());
    awaitAcknowledged(INCREMENTS * 3 / 5);
    cluster.start(2);
    LOG.infof("node 3 is back after %d; node 1 hangs for ten seconds", acknowledged.get());
    cluster.pause(0);
    Thread.sleep(10_000);
    cluster.resume(0);
    LOG.infof("node 1 goes on after %d", acknowledged.get());
    goal = acknowledged.get() + INCREMENTS / 5;
  }

  private void awaitAcknowledged(int number) {
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> acknowledged.get() >= number || unexpected.get() != null);
  }

  private void increment(String client) {
    int mine = 0;
    int unknown = SETTLED;
    HttpResponse<String> row = get("LOCAL_QUORUM");
    while ((acknowledged.get() < goal || unknown != SETTLED) && unexpected.get() == null) {
      if (!hasRow(row)) {
        pause(); // it was written, or nobody knows, or there is no quorum just now
        row = get("LOCAL_QUORUM");
        continue;
      }
      int n = JsonPath.from(row.body()).getInt(row.statusCode() == 412 ? "current.n" : "n");
      if (unknown != SETTLED && n > unknown) {
        mine += wasDone(client, mine + 1) ? 1 : 0;
        unknown = SETTLED;
      }
      String body = "{\"n\":%d,\"last\":{\"$add\":{\"%s\":%d}}}".formatted(n + 1, client, mine + 1);
      row =
          asked == Asked.TAG
              ? patch(body, row.headers().firstValue("ETag").orElseThrow())
              : send("row?n=eq." + n, patch(body));
      switch (row.statusCode()) {
        case 204 -> {
          acknowledged.incrementAndGet();
          unknown = SETTLED; // on the same condition nothing else can have been done, nor will be
          mine++;
        }
        case 412 -> refused.incrementAndGet();
        case 503 -> notDone.incrementAndGet();
        case 504 -> unknown = Math.max(unknown, n);
        default -> unexpected.set(row.statusCode() + ": " + row.body());
      }
      pause();
    }
  }

  /** A 412 has the row as it is, and its tag, unless it could not be read. */
  private static boolean hasRow(HttpResponse<String> answer) {
    return answer.statusCode() == 200
        || (answer.statusCode() == 412 && JsonPath.from(answer.body()).get("current") != null);
  }

  /**
   * Where the row no longer is what the write asked for. Before, a node that hangs may do it yet,
   * however often the row was read meanwhile.
   */
  private boolean wasDone(String client, int mine) {
    HttpResponse<String> row = get("SERIAL");
    while (row.statusCode() != 200) {
      row = get("SERIAL");
    }
    Integer last = JsonPath.from(row.body()).get("last." + client);
    boolean done = last != null && last == mine;
    (done ? unknownAndDone : unknownAndNotDone).incrementAndGet();
    return done;
  }

  private HttpResponse<String> get(String consistency) {
    return send("row", HttpRequest.newBuilder().header("Cassandra-Consistency", consistency).GET());
  }

  private HttpResponse<String> patch(String body, String tag) {
    return send("row", patch(body).header("If-Match", tag));
  }

  private static HttpRequest.Builder patch(String body) {
    return HttpRequest.newBuilder()
        .header("Content-Type", "application/json")
        .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(String row, HttpRequest.Builder request) {
    try {
      return http.send(
          request
              .uri(ringlet.uri("/v1/" + keyspace + "/t/" + row))
              .header("Prefer", "wait=3")
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As clients should before they try again, and each for a time of its own. */
  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(100));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
