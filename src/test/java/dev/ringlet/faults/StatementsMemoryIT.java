package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients make statements that are as many and as large as they can be. */
@Tag("faults")
class StatementsMemoryIT {
  private static final Logger LOG = Logger.getLogger(StatementsMemoryIT.class);
  private static final int COLUMNS = 1000;
  private static final int CLIENTS = 32;

  /** So many times as often they try at most. */
  private static final int TIMES = 10;

  /** The limit, and what the cache may have beyond it until it has evicted that. */
  private static final int MOST_BYTES = 9 << 20;

  private static final String KEYSPACE = "statements_memory";
  private static final String WIDE = "/v1/" + KEYSPACE + "/wide";
  private static final String LISTS = "/v1/" + KEYSPACE + "/lists/1";

  private static Besieged besieged;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws IOException {
    try (CqlSession session = ClusterDriver.open("127.0.0.1:" + TestCassandra.port())) {
      for (String statement :
          List.of(
              "DROP KEYSPACE IF EXISTS " + KEYSPACE,
              "CREATE KEYSPACE "
                  + KEYSPACE
                  + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
              table("wide", COLUMNS, "text"),
              table("lists", 60, "list<int>"))) {
        session.execute(statement);
      }
    }
    besieged = Besieged.patient();
  }

  @AfterAll
  static void stop() {
    besieged.close();
  }

  private static String table(String name, int columns, String type) {
    return IntStream.range(0, columns)
        .mapToObj(i -> ", column_%d %s".formatted(i, type))
        .collect(
            Collectors.joining(
                "", "CREATE TABLE %s.%s (k int PRIMARY KEY".formatted(KEYSPACE, name), ")"));
  }

  @Test
  void aliasesWithoutNumber() throws Exception {
    attack(
        "aliases beyond the limit",
        Map.of(400, 400),
        400,
        i -> get(Besieged.TABLE + "/hello?select=" + aliases(2600 - i)));
    double before = besieged.metric("ringlet_statements_prepared");
    attack(
        "aliases",
        Map.of(200, 400),
        400,
        i -> get(Besieged.TABLE + "/hello?select=" + aliases(1000 - i)));
    assertTrue(besieged.metric("ringlet_statements_prepared") <= before + 1);
  }

  @Test
  void everOtherColumnsOfAThousand() throws Exception {
    attack("columns", Map.of(), 1500, i -> get(WIDE + "/1?select=" + columns(i)));
  }

  @Test
  void everOtherOperators() throws Exception {
    attack("operators", Map.of(), 3000, i -> json("PATCH", LISTS, operators(i)));
  }

  @Test
  void rowsOfAThousandColumns() throws Exception {
    String row =
        IntStream.range(0, COLUMNS)
            .mapToObj(i -> "\"column_%d\":\"%d\"".formatted(i, i))
            .collect(Collectors.joining(",", "{\"k\":%d,", "}\n"));
    attack(
        "rows",
        Map.of(200, 200),
        200,
        i ->
            request(WIDE)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(row.formatted(i).repeat(20)))
                .build());
    attack("whole rows", Map.of(), 400, i -> get(WIDE + "/" + i % 20));
  }

  private static String aliases(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "%x:value".formatted(i))
        .collect(Collectors.joining(","));
  }

  private static String columns(int seed) {
    return new Random(seed)
        .ints(0, COLUMNS)
        .distinct()
        .limit(900)
        .mapToObj(column -> "column_" + column)
        .collect(Collectors.joining(","));
  }

  private static String operators(int seed) {
    Random random = new Random(seed);
    List<String> operators =
        List.of("[1]", "{\"$add\":[1]}", "{\"$remove\":[1]}", "{\"$prepend\":[1]}");
    return IntStream.range(0, 60)
        .mapToObj(i -> "\"column_%d\":%s".formatted(i, operators.get(random.nextInt(4))))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(besieged.uri() + path))
        .timeout(Duration.ofSeconds(60));
  }

  private static HttpRequest get(String path) {
    return request(path).build();
  }

  private static HttpRequest json(String method, String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /**
   * By many clients, while another one asks for a row. A machine may be so busy with refusing that
   * Cassandra prepares nothing in time: they go on until one of them is served.
   *
   * @param expected how often which status; if none, some are done, and others refused or too late
   */
  private void attack(
      String name, Map<Integer, Integer> expected, int number, IntFunction<HttpRequest> request)
      throws Exception {
    Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    AtomicInteger sent = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int client = 0; client < CLIENTS; client++) {
      clients.execute(
          () -> {
            int next;
            while ((next = sent.getAndIncrement()) < number
                || (servesNobody(statuses) && next < TIMES * number)) {
              statuses.merge(status(request.apply(next)), 1, Integer::sum);
            }
          });
    }
    clients.shutdown();
    int others = 0;
    double most = 0;
    while (!clients.awaitTermination(50, TimeUnit.MILLISECONDS)) {
      assertEquals(200, status(get(Besieged.TABLE + "/hello")), ++others + " others");
      most = Math.max(most, besieged.metric("ringlet_statements_bytes"));
    }
    LOG.infof("%s: %s, %.0f bytes of statements, %d others", name, statuses, most, others);
    assertTrue(most <= MOST_BYTES, most + " bytes");
    if (expected.isEmpty()) {
      assertTrue(
          Set.of(200, 204, 404, 503, 504).containsAll(statuses.keySet()), statuses.toString());
      assertFalse(servesNobody(statuses), statuses.toString());
    } else {
      assertEquals(expected, statuses);
    }
    besieged.assertUnharmed(name);
    await().until(() -> isServed(status(request.apply(sent.get())))); // there is room for a new one
  }

  private static boolean servesNobody(Map<Integer, Integer> statuses) {
    return statuses.keySet().stream().noneMatch(StatementsMemoryIT::isServed);
  }

  private static boolean isServed(int status) {
    return status > 0 && status < 500;
  }

  private int status(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
