package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.ringlet.local.LocalCluster;
import dev.ringlet.local.Packaged;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node is killed while batches over two tables are written. In the end each of them is whole or
 * not there, those that were acknowledged are there, and those that were not done are not.
 */
@Tag("faults")
@Order(Integer.MAX_VALUE) // the cluster stays until this JVM ends
class BatchFaultsIT {
  private static final Logger LOG = Logger.getLogger(BatchFaultsIT.class);
  private static final int ROWS = 10;
  private static final String TABLE = "rows (k text, n int, PRIMARY KEY ((k, n)))";
  private static final String PROBE =
      "INSERT INTO batches_one.rows (k, n) VALUES ('probe', 0) USING TTL 1";

  /** Of Cassandra: a batch is replayed when twice the timeout of a write is over, every 10 s. */
  private static final Duration REPLAYED = Duration.ofMinutes(1);

  @Test
  void eachBatchIsWholeOrAbsent() throws Exception {
    LocalCluster cluster = LocalCluster.whole();
    try (CqlSession session = ClusterDriver.open(cluster.contactPoints());
        Packaged ringlet = Packaged.start("batch-faults", cluster.contactPoints(), Map.of())) {
      ClusterDriver.create(session, "batches_one", TABLE);
      ClusterDriver.create(session, "batches_two", TABLE);
      ringlet.awaitReady();
      await().until(() -> ringlet.send("POST", "/v1", Map.of(), batch("first")) == 200);
      Writers writers =
          new Writers(
              key ->
                  HttpRequest.newBuilder(ringlet.uri("/v1"))
                      .POST(HttpRequest.BodyPublishers.ofString(batch(key))));
      try {
        writers.awaitMore(300);
        cluster.kill(0);
        writers.awaitMore(300);
        cluster.start(0);
        writers.awaitMore(300);
      } finally {
        writers.stop();
      }
      ClusterDriver.awaitServing(cluster.contactPoints(), PROBE);
      await().atMost(REPLAYED).until(() -> partial(session).isEmpty());
      Map<String, Long> found = writers.compare(keys(session).keySet());
      LOG.infof("batches: %s", found);
      assertEquals(0, found.get("acknowledged and lost"));
      assertEquals(0, found.get("not done and there"));
      assertEquals("", writers.unexpected());
      assertTrue(found.get("acknowledged") >= 900);
    }
  }

  private static String batch(String key) {
    return IntStream.range(0, ROWS)
        .boxed()
        .flatMap(n -> Stream.of("one", "two").map(table -> operation(table, key, n)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String operation(String table, String key, int n) {
    return "{\"insert\":\"/v1/batches_%s/rows\",\"row\":{\"k\":\"%s\",\"n\":%d}}"
        .formatted(table, key, n);
  }

  /** How many rows of each batch there are. */
  private static Map<String, Long> keys(CqlSession session) {
    return Stream.of("batches_one.rows", "batches_two.rows")
        .flatMap(table -> ClusterDriver.all(session, table, "k").stream())
        .filter(key -> !key.equals("probe"))
        .collect(Collectors.groupingBy(key -> key, Collectors.counting()));
  }

  private static Set<String> partial(CqlSession session) {
    return keys(session).entrySet().stream()
        .filter(batch -> batch.getValue() != 2 * ROWS)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
