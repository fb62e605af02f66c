package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.local.KillableNode;
import dev.ringlet.local.Packaged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Values that indexes, views and keys just take, and those that they do not, are written in every
 * form. Then Cassandra is killed, and has to start on its commit log with all that was accepted.
 */
@Tag("faults")
class KilledNodeIT {
  private static final Logger LOG = Logger.getLogger(KilledNodeIT.class);
  private static final Pattern REPLAYED =
      Pattern.compile("Log replay complete, ([0-9]+) replayed mutations");

  private static final int CLIENTS = 4;

  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

  @Test
  void startsAgainWithAllThatWasAccepted() throws Exception {
    List<Border> borders = Borders.all();
    try (KillableNode node = new KillableNode("killed")) {
      create(node, borders);
      int replayedBefore = replayed(node);
      try (Packaged ringlet = Packaged.start("killed", node.contactPoint(), Map.of())) {
        ringlet.awaitReady();
        Map<Border, BorderWrites> writes =
            borders.stream()
                .collect(Collectors.toMap(border -> border, border -> new BorderWrites(ringlet)));
        Map<String, Set<String>> accepted = write(writes);
        int sent = writes.values().stream().mapToInt(BorderWrites::sent).sum();
        int refused = writes.values().stream().mapToInt(BorderWrites::refused).sum();
        LOG.infof("%d writes, of which %d were refused", sent, refused);
        assertEquals(List.of(), wrong);
        Map<String, Map<String, String>> before = stored(node, borders);
        accepted.forEach(
            (table, keys) -> assertEquals(keys, before.get(table).keySet(), "written to " + table));

        node.kill();
        node.start();
        int replayed = replayed(node) - replayedBefore;
        LOG.infof("%d mutations replayed", replayed);
        assertTrue(replayed >= sent - refused, replayed + " were replayed");
        Map<String, Map<String, String>> after = stored(node, borders);
        assertAll(
            before.entrySet().stream()
                .map(
                    table ->
                        () -> assertEquals(table.getValue(), after.get(table.getKey()), "lost")));
        await().ignoreExceptions().until(() -> searches(writes));
      }
    }
  }

  /** The keys of what was accepted, of each table. For all of them at once: each write waits. */
  private Map<String, Set<String>> write(Map<Border, BorderWrites> writes) throws Exception {
    Map<String, Set<String>> accepted = new ConcurrentSkipListMap<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> all = new ArrayList<>();
      writes.forEach(
          (border, its) ->
              all.add(clients.submit(() -> accepted.put(border.table(), write(its, border)))));
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      clients.shutdownNow();
    }
    return accepted;
  }

  /** The keys of what was accepted. */
  private Set<String> write(BorderWrites writes, Border border) {
    Set<String> accepted = new TreeSet<>();
    for (String value : border.fits()) {
      wrong.addAll(writes.accepted(border, value, accepted));
    }
    if (border.isRow()) {
      wrong.addAll(writes.erased(border));
    }
    if (border.isSearched()) {
      wrong.addAll(
          writes.many(border, Borders.manyVectors(border.table().equals("cosine")), accepted));
    }
    for (String value : border.refused()) {
      wrong.addAll(writes.refused(border, value));
    }
    return accepted;
  }

  private static boolean searches(Map<Border, BorderWrites> writes) throws IOException {
    for (Border border : writes.keySet()) {
      if (border.isSearched()) {
        writes.get(border).assertNearest(border);
      }
    }
    return true;
  }

  private static void create(KillableNode node, List<Border> borders) {
    try (CqlSession session = ClusterDriver.open(node.contactPoint())) {
      session.setSchemaMetadataEnabled(false).toCompletableFuture().join();
      session.execute(
          "CREATE KEYSPACE borders WITH replication ="
              + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
      for (Border border : borders) {
        String table = "borders." + border.table();
        session.execute("CREATE TABLE " + table + " (" + border.columns() + ")");
        if (!border.ddl().isEmpty()) {
          String name = border.isIndexed() ? border.limit() : "borders." + border.limit();
          session.execute(border.ddl().replace("$t", table).replace("$i", name));
        }
      }
    }
  }

  /** What the driver finds: of each table, by the key, the value or its digest if it is long. */
  private static Map<String, Map<String, String>> stored(KillableNode node, List<Border> borders) {
    try (CqlSession session = ClusterDriver.open(node.contactPoint())) {
      return borders.stream()
          .collect(
              Collectors.toMap(
                  Border::table,
                  border ->
                      session.execute("SELECT k, v FROM borders." + border.table()).all().stream()
                          .filter(row -> !row.isNull("v"))
                          .collect(
                              Collectors.toMap(
                                  row -> Integer.toString(row.getInt("k")),
                                  KilledNodeIT::value,
                                  (one, other) -> one + other,
                                  TreeMap::new))));
    }
  }

  private static String value(Row row) {
    String text = row.getBytesUnsafe("v").remaining() + " bytes, " + row.getObject("v").hashCode();
    return text + row.getFormattedContents().hashCode();
  }

  private static int replayed(KillableNode node) {
    return REPLAYED
        .matcher(node.log())
        .results()
        .map((MatchResult found) -> found.group(1))
        .mapToInt(Integer::parseInt)
        .sum();
  }
}
