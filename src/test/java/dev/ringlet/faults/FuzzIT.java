package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.PackagedHeap;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tens of thousands of requests, many of them such as nobody should send. None may be answered as
 * if it were a fault of the server, none may hang, and they leave nothing behind.
 */
@Tag("faults")
class FuzzIT {
  private static final Logger LOG = Logger.getLogger(FuzzIT.class);

  /**
   * As many at least; then until everything has been tried, but no more than five times as many.
   */
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 30_000);

  private static final long SEED = Long.getLong("fuzz.seed", 1);

  /** Of rounds that have failed once. */
  private static final long[] FAILED = {350, 400, 1000104};

  /** Requests of one seed. */
  private static final int ROUND = 500;

  private static final int CONNECTIONS = 16;
  private static final int QUARTERS = 4;
  private static final int MOST_QUARTERS = 5 * QUARTERS;

  /** What the process may have more at the end than after the first quarter. */
  private static final int GROWTH_KILOBYTES = 32 * 1024;

  /** What of its heap may be in use more. */
  private static final int HEAP_GROWTH_KILOBYTES = 8 * 1024;

  /** All of it at once: how much of it a JVM takes, and when, says nothing of what is left. */
  private static final String WHOLE_HEAP = "-Xms88m -XX:+AlwaysPreTouch";

  private static final int REACHED_PERCENT = 40;

  /**
   * Answered only to a client that breaks off, is slow, sends a head that is too long, or whom a
   * rule with a rate lets in.
   */
  private static final Set<String> NOT_HERE =
      Set.of(
          "invalid-body",
          "body-too-slow",
          "misdirected-request",
          "uri-too-long",
          "rate-limited",
          "headers-too-large");

  private final FuzzTally tally = new FuzzTally();
  private Packaged ringlet;
  private CqlSession session;

  @BeforeEach
  void start() {
    String contactPoints = "127.0.0.1:" + TestCassandra.port();
    session = ClusterDriver.open(contactPoints);
    FuzzTable.ddl().forEach(session::execute);
    ringlet =
        Packaged.start(
            "fuzz",
            contactPoints,
            Map.ofEntries(
                Map.entry("RINGLET_EXPOSE", FuzzTable.KEYSPACE),
                Map.entry("RINGLET_SCAN", FuzzTable.SCANNED),
                Map.entry("RINGLET_TIMEOUT_DEFAULT", "10s"),
                Map.entry("QUARKUS_CASSANDRA_REQUEST_TIMEOUT", "10S"),
                Map.entry("_JAVA_OPTIONS", WHOLE_HEAP),
                // low, so that little is needed to exceed them
                Map.entry("RINGLET_PAGE_SIZE_DEFAULT", "10"),
                Map.entry("RINGLET_PAGE_SIZE_MAX", "100"),
                Map.entry("RINGLET_BODY_MAX_SIZE", "32K"),
                Map.entry("RINGLET_BATCH_MAX_ROWS", "3")));
    ringlet.awaitReady();
  }

  @AfterEach
  void stop() {
    ringlet.close();
    session.close();
  }

  @Test
  void noRequestIsAFaultOfTheServer() throws Exception {
    long began = System.nanoTime();
    Memory atStart = memory();
    run(FAILED);
    int rounds = REQUESTS / ROUND / QUARTERS;
    List<Memory> after = new ArrayList<>();
    for (int i = 0; i < QUARTERS || (i < MOST_QUARTERS && !untried().isEmpty()); i++) {
      long first = SEED + (long) i * rounds;
      run(LongStream.range(first, first + rounds).toArray());
      after.add(memory());
      LOG.infof("Seed %d, %d requests, %s", SEED, tally.requests(), after.get(i));
    }
    LOG.infof(
        "Seed %d, %d s, %s, then after each quarter %s; %s",
        SEED, (System.nanoTime() - began) / 1_000_000_000, atStart, after, tally);
    assertNothingIsLeft(after);
    assertEverythingWasTried();
  }

  /** In kilobytes: of the process, and what is in use of its heap. */
  private record Memory(long resident, long heap) {}

  private Memory memory() throws IOException {
    return new Memory(ringlet.resident(), PackagedHeap.used(ringlet.pid()) / 1024);
  }

  private void run(long[] seeds) throws Exception {
    for (FuzzTable table : FuzzTable.ALL) { // what is deleted and overwritten makes reads slow
      session.execute("TRUNCATE " + table.qualified());
    }
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> rounds = new ArrayList<>();
      for (long seed : seeds) {
        rounds.add(
            clients.submit(
                () -> {
                  new FuzzRound(ringlet.uri(""), seed, tally).run(ROUND);
                  return null;
                }));
      }
      for (Future<?> round : rounds) {
        round.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private void assertNothingIsLeft(List<Memory> after) {
    Memory first = after.get(0);
    Memory last = after.get(after.size() - 1);
    assertTrue(last.resident() - first.resident() < GROWTH_KILOBYTES, after.toString());
    assertTrue(last.heap() - first.heap() < HEAP_GROWTH_KILOBYTES, after.toString());
    await().until(() -> ringlet.metric("ringlet_requests_in_flight") == 0);
    assertEquals(
        List.of(),
        ringlet
            .log()
            .lines()
            .filter(line -> line.contains("\"ERROR\"") || line.contains("\"exception\""))
            .toList());
  }

  /** The codes that no answer has had yet. */
  private Set<String> untried() {
    Set<String> untried = new TreeSet<>();
    Arrays.stream(ErrorCode.values())
        .filter(code -> code.status() < 500)
        .forEach(code -> untried.add(code.code()));
    untried.removeAll(tally.codes());
    untried.removeAll(NOT_HERE);
    return untried;
  }

  /** Otherwise the grammar is worth nothing. */
  private void assertEverythingWasTried() {
    assertEquals(Set.of(), untried());
    assertTrue(tally.reachedPercent() >= REACHED_PERCENT, tally.toString());
  }
}
