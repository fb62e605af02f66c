package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.PlainDriver;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many clients want much at once of a process with 88 MB of heap. It may refuse, but neither end
 * nor fail.
 */
@Tag("faults")
class MemoryIT {
  private static final Logger LOG = Logger.getLogger(MemoryIT.class);
  private static final int CLIENTS = 128;
  private static final int MANY_CLIENTS = 512;

  /** Who leave the process time to serve them. */
  private static final int FEW_CLIENTS = 32;

  private static final int COLUMNS = 900;
  private static final int REQUESTS = Integer.getInteger("memory.requests", 1000);

  private static final Duration WARM = Duration.ofSeconds(5);
  private static final Duration HANGS = Duration.ofSeconds(15);

  /** Refused, and begun but not in time. */
  private static final Set<Integer> OTHERS = Set.of(503, 504);

  private static final HttpRequest.BodyPublisher NO_BODY = HttpRequest.BodyPublishers.noBody();

  /** The limit of the memory of a pod. */
  private static final long MOST_KILOBYTES = 256 * 1024;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> keyspaces = new ArrayList<>();
  private Packaged ringlet;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(Map<String, String> settings) {
    ringlet = Packaged.start("memory", "127.0.0.1:" + TestCassandra.port(), settings);
    ringlet.awaitReady();
  }

  @AfterEach
  void stop() {
    ringlet.close();
  }

  /** Cassandra has room for few statements as long as these: it would not take others for them. */
  @AfterEach
  void forgetWideStatements() {
    try (CqlSession session = PlainDriver.withoutSchema()) {
      keyspaces.forEach(keyspace -> session.execute("DROP KEYSPACE " + keyspace));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(ringlet.uri(path)).timeout(Duration.ofSeconds(60));
  }

  @Test
  void arraysOfManyRowsFromManyClients() throws Exception {
    String rows =
        IntStream.range(0, 1000)
            .mapToObj(i -> "{\"key\":\"memory-%d\",\"value\":\"%s\"}".formatted(i, "x".repeat(120)))
            .collect(Collectors.joining(",", "[", "]"));
    HttpRequest post =
        request("/v1/my_keyspace/my_table")
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=30")
            .POST(HttpRequest.BodyPublishers.ofString(rows))
            .build();
    assertStatuses(200, answers(post));
  }

  /** Of a megabyte of memory for 30 kB, and an answer of four. */
  @Test
  void arraysOfManyRowsThatAreNone() throws Exception {
    assertStatuses(200, answers(post("application/json")));
  }

  @Test
  void batchesOfManyEventsThatAreNone() throws Exception {
    assertStatuses(400, answers(post("application/cloudevents-batch+json")));
  }

  /** Each of five megabytes of statements for 320 kB, which Cassandra finds too large. */
  @Test
  void batchesOfWideRows() throws Exception {
    String table = wideTable();
    assertStatuses(400, answers(wideRows(table, 40).header("Prefer", "wait=30, atomic").build()));
  }

  /**
   * Each of an answer of two and a half megabytes, at last besides six of statements, for 400 kB.
   */
  @Test
  void explanationsOfWideRows() throws Exception {
    String explained = wideTable() + "?explain=true";
    assertStatuses(200, answers(wideRows(explained, 50).build()));
    assertStatuses(200, answers(wideRows(explained, 50).header("Prefer", "atomic").build()));
  }

  /** Of 900 columns, whose values take far more as objects than as bytes. */
  private String wideTable() {
    try (CqlSession session = PlainDriver.withoutSchema()) {
      String keyspace = PlainDriver.keyspace(session, "wide");
      keyspaces.add(keyspace);
      session.execute(
          "CREATE TABLE %s.t (p int, k int, %s, PRIMARY KEY (p, k))"
              .formatted(keyspace, wide(column -> "c" + column + " tinyint")));
      String table = "/v1/" + keyspace + "/t";
      await().until(() -> status(request(table).method("OPTIONS", NO_BODY).build()) == 204);
      return table;
    }
  }

  /** Of a thousand of them the driver would make 75 megabytes: what is unknown is read by a few. */
  @Test
  void pagesOfWideRows() throws Exception {
    String table = wideTable();
    try (CqlSession session = PlainDriver.withoutSchema()) {
      String columns = wide(column -> "c" + column);
      PreparedStatement insert =
          session.prepare(
              "INSERT INTO %s (p, k, %s) VALUES (?, ?, %s)"
                  .formatted(
                      table.substring("/v1/".length()).replace('/', '.'),
                      columns,
                      wide(column -> "1")));
      for (int row = 0; row < 1000; row++) {
        session.execute(insert.bind(row % 2, row));
      }
    }
    String ordered = table + "?p=in.(0,1)&order=k.asc&limit=";
    assertEquals(400, status(request(ordered + 1000).build()));
    assertEquals(200, status(request(ordered + 50).build()));
    AtomicInteger next = new AtomicInteger();
    assertStatuses(
        200,
        answers(
            () -> request(table + "/0?limit=500&select=" + allBut(next.getAndIncrement())).build(),
            CLIENTS,
            () -> next.get() < REQUESTS));
  }

  /** All columns but one: another statement for each. */
  private static String allBut(int column) {
    return wide(c -> c == column % COLUMNS ? "k" : "c" + c);
  }

  /** A control character is six bytes in JSON, of rows that are shown where a condition fails. */
  @Test
  void rowsOfControlCharacters() throws Exception {
    int large = 1_700_000; // four of them Cassandra sends where they are refused, five it cannot
    List<Integer> lengths = List.of(2_750_000, large, large, large, large, 1000);
    String table;
    try (CqlSession session = PlainDriver.withoutSchema()) {
      String keyspace = PlainDriver.keyspace(session, "memory");
      session.execute("CREATE TABLE " + keyspace + ".t (p int, k int, a text, PRIMARY KEY (p, k))");
      for (int k = 0; k < 6; k++) {
        session.execute(
            "INSERT INTO %s.t (p, k, a) VALUES (0, ?, ?)".formatted(keyspace),
            k,
            "\u0001".repeat(lengths.get(k)));
      }
      table = "/v1/" + keyspace + "/t";
    }
    await().until(() -> status(request(table + "/0/0").build()) == 200);
    HttpRequest patch =
        request(table + "/0/0")
            .header("Content-Type", "application/json")
            .header("If-Match", "\"x\"")
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"a\":\"y\"}"))
            .build();
    String operation = "{\"insert\":\"%s\",\"row\":{\"p\":0,\"k\":%d},\"if_none_match\":\"*\"}";
    String operations =
        IntStream.range(1, 6)
            .mapToObj(k -> operation.formatted(table, k))
            .collect(Collectors.joining(",", "[", "]"));
    HttpRequest batch =
        request("/v1")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(operations))
            .build();
    for (HttpRequest refused : List.of(patch, batch)) {
      AtomicInteger sent = new AtomicInteger();
      assertStatuses(412, answers(() -> refused, 4, () -> sent.getAndIncrement() < 20));
    }
    String shown = http.send(batch, HttpResponse.BodyHandlers.ofString()).body();
    assertTrue(shown.contains("{\"index\":3},{\"index\":4,\"current\":{\"p\":0,\"k\":5,"), shown);
  }

  /** They are far more than their text, and there until Cassandra has answered. */
  @Test
  void queriesOfManyParts() throws Exception {
    String list = "in.(" + "a,".repeat(7900) + "a)";
    String get = "GET /v1/my_keyspace/my_table?key=%s HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertStatuses(200, atOnce(MANY_CLIENTS, get.formatted(list)));
    String patch =
        String.join(
            "\r\n",
            "PATCH /v1/my_keyspace/my_table/memory%s HTTP/1.1",
            "Host: localhost",
            "Prefer: wait=3",
            "Content-Type: application/json",
            "If-Match: %s",
            "Content-Length: 9", // and nothing of them
            "",
            "");
    assertStatuses(408, atOnce(MANY_CLIENTS, patch.formatted("?value=" + list, "*")));
    String filters = "?" + "value=in.(a)&".repeat(1100);
    assertStatuses(408, atOnce(MANY_CLIENTS, patch.formatted(filters, "*")));
    String tags = "\"\",".repeat(5000) + "\"\"";
    assertStatuses(408, atOnce(MANY_CLIENTS, patch.formatted("", tags)));
  }

  private static String wide(IntFunction<String> column) {
    return IntStream.range(0, COLUMNS).mapToObj(column).collect(Collectors.joining(","));
  }

  private HttpRequest.Builder wideRows(String path, int rows) {
    String values = wide(column -> "\"c" + column + "\":1");
    String body =
        IntStream.range(0, rows)
            .mapToObj(row -> "{\"p\":" + row + ",\"k\":0," + values + "}")
            .collect(Collectors.joining(",", "[", "]"));
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest post(String type) {
    return request("/v1/my_keyspace/my_table")
        .header("Content-Type", type)
        .header("Prefer", "wait=30")
        .POST(HttpRequest.BodyPublishers.ofString("[" + "{},".repeat(9_999) + "{}]"))
        .build();
  }

  @Test
  void largePagesForManyClients() throws Exception {
    for (int i = 0; i < 1000; i++) {
      int status =
          http.send(
                  request("/v1/weather/readings/memory/2026-11-22/" + (1_700_000_000_000L + i))
                      .header("Content-Type", "application/json")
                      .PUT(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"temperature\":\"1." + "1".repeat(900) + "\"}"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      assertEquals(204, status);
    }
    assertStatuses(
        200, answers(request("/v1/weather/readings/memory/2026-11-22?limit=1000").build()));
  }

  /** The driver does not forget what callers have given up, nor what the socket has taken. */
  @Test
  void largeWritesToANodeThatHangs() throws Exception {
    stop();
    start(Map.of("RINGLET_IN_FLIGHT_MIN", "128")); // else it sends fewer and fewer by itself
    HttpRequest put =
        request("/v1/my_keyspace/my_table/memory")
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=1")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"value\":\"" + "x".repeat(900_000) + "\"}"))
            .build();
    assertTrue(answers(() -> put, FEW_CLIENTS, during(WARM)).containsKey(204));
    Map<Integer, Integer> statuses;
    TestCassandra.pause();
    try {
      statuses = answers(() -> put, FEW_CLIENTS, during(HANGS));
      assertEquals(200, ringlet.health("live"));
    } finally {
      TestCassandra.resume();
    }
    statuses.remove(408); // of so many megabytes some do not come within their second
    assertStatuses(504, statuses);
  }

  /** Of small values the driver has objects that are many times as large. */
  @Test
  void wideRowsForANodeThatHangs() throws Exception {
    stop();
    start(Map.of("RINGLET_IN_FLIGHT_MIN", "128")); // else it sends fewer and fewer by itself
    HttpRequest put =
        request(wideTable() + "/0/0")
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=1")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{" + wide(column -> "\"c" + column + "\":1") + "}"))
            .build();
    assertTrue(answers(() -> put, CLIENTS, during(WARM)).containsKey(204));
    Map<Integer, Integer> statuses;
    TestCassandra.pause();
    try {
      statuses = answers(() -> put, CLIENTS, during(HANGS));
      assertEquals(200, ringlet.health("live"));
    } finally {
      TestCassandra.resume();
    }
    assertStatuses(504, statuses);
  }

  /** They wait for their turn at it, and each is to be shown what it is instead. */
  @Test
  void aLargeRowForManyWhoseConditionDoesNotHold() throws Exception {
    String row;
    try (CqlSession session = PlainDriver.withoutSchema()) {
      String keyspace = PlainDriver.keyspace(session, "memory");
      session.execute("CREATE TABLE " + keyspace + ".t (k text PRIMARY KEY, a text, b text)");
      for (String column : List.of("a", "b")) {
        session.execute(
            "UPDATE %s.t SET %s = ? WHERE k = 'large'".formatted(keyspace, column),
            "x".repeat(7 << 19));
      }
      row = "/v1/" + keyspace + "/t/large";
    }
    await().until(() -> status(request(row).build()) == 200);
    HttpRequest patch =
        request(row)
            .header("Content-Type", "application/json")
            .header("If-Match", "\"x\"")
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"a\":\"y\"}"))
            .build();
    for (int i = 0; i < 3; i++) { // one after the other there is room
      String shown = http.send(patch, HttpResponse.BodyHandlers.ofString()).body();
      assertTrue(
          shown.contains("\"current\":{") && shown.length() > 14 << 19, shown.substring(0, 300));
    }
    String once =
        String.join(
            "\r\n",
            "PATCH " + row + " HTTP/1.1",
            "Host: localhost",
            "Prefer: wait=30",
            "If-Match: \"x\"",
            "Content-Type: application/json",
            "Content-Length: 9",
            "",
            "{\"a\":\"y\"}");
    assertStatuses(412, atOnce(FEW_CLIENTS, once));
  }

  /** How many answers there are of each status, to clients who do not read the rest. */
  private Map<Integer, Integer> atOnce(int count, String request) throws IOException {
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<RawHttp> clients = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        RawHttp client = new RawHttp(ringlet.uri(""), 4096);
        clients.add(client);
        client.send(request);
      }
      for (RawHttp client : clients) {
        statuses.merge(client.status(), 1, Integer::sum);
      }
    } finally {
      for (RawHttp client : clients) {
        client.close();
      }
    }
    return statuses;
  }

  private static BooleanSupplier during(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> System.nanoTime() < end;
  }

  private Map<Integer, Integer> answers(HttpRequest request) throws InterruptedException {
    AtomicInteger sent = new AtomicInteger();
    return answers(() -> request, CLIENTS, () -> sent.getAndIncrement() < REQUESTS);
  }

  /** How many there are of each status; 0 stands for none. */
  private Map<Integer, Integer> answers(
      Supplier<HttpRequest> request, int count, BooleanSupplier goesOn)
      throws InterruptedException {
    Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    ExecutorService clients = Executors.newFixedThreadPool(count);
    for (int client = 0; client < count; client++) {
      clients.execute(
          () -> {
            while (goesOn.getAsBoolean()) {
              statuses.merge(status(request.get()), 1, Integer::sum);
            }
          });
    }
    clients.shutdown();
    assertTrue(clients.awaitTermination(5, TimeUnit.MINUTES));
    return statuses;
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

  /**
   * @param done what is answered to what was not refused
   */
  private void assertStatuses(int done, Map<Integer, Integer> statuses) throws Exception {
    long kilobytes = residentKilobytes();
    LOG.infof("%s, %d kB at most", statuses, kilobytes);
    assertTrue(statuses.getOrDefault(done, 0) > 0, statuses.toString());
    statuses.remove(done);
    assertTrue(OTHERS.containsAll(statuses.keySet()), statuses + ringlet.log());
    assertTrue(kilobytes < MOST_KILOBYTES, kilobytes + " kB");
    await().until(() -> status(request("/v1/my_keyspace/my_table/hello").build()) == 200);
    assertFalse(ringlet.log().contains("OutOfMemoryError"), "memory did not end");
  }

  /** The most that it ever had. */
  private long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(ringlet.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
