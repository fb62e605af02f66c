package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many rows in one request: arrays, NDJSON and CSV. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class BulkTest {
  private static final int ROWS = Integer.getInteger("test.rows", 100_000);
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";
  private static String keyspace;
  private static String table;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "bulk",
            "CREATE TABLE $ks.t (p int, c int, v text, n int, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.copy (p int, c int, v text, n int, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.many (p int, c int, v text, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.large (k int PRIMARY KEY, v text)",
            "CREATE TABLE $ks.left (k int PRIMARY KEY, v text)");
    table = "/v1/" + keyspace + "/t";
  }

  @BeforeEach
  void empty() {
    execute("TRUNCATE " + keyspace + ".t");
  }

  @Test
  void anArrayHasAnOutcomeForEachRowThatFails() {
    json()
        .body(
            "[{\"p\":1,\"c\":1},{\"p\":1,\"c\":\"x\",\"n\":{\"a\":[1]}},5,[[{}]],{\"p\":1},{\"p\":1,\"c\":2,\"n\":7}]")
        .post(table)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("written", equalTo(2))
        .body("failed", equalTo(4))
        .body("outcomes.index", equalTo(List.of(1, 2, 3, 4)))
        .body("outcomes.status", equalTo(List.of(400, 400, 400, 400)))
        .body(
            "outcomes.error.code",
            equalTo(
                List.of("invalid-value", "invalid-json", "invalid-json", "incomplete-primary-key")))
        .body("outcomes[0].error.pointer", equalTo("/1/c"));
    assertEquals(List.of("1/1", "1/2"), rows());
    json()
        .header("Prefer", "return=outcomes")
        .body("[{\"p\":1,\"c\":1},{\"p\":1}]")
        .post(table)
        .then()
        .header("Preference-Applied", equalTo("return=outcomes"))
        .body("outcomes.status", equalTo(List.of(201, 400)));
    json()
        .body(" []")
        .post(table)
        .then()
        .body(equalTo("{\"written\":0,\"failed\":0,\"outcomes\":[]}"));
  }

  /** It is sent in pieces. */
  @Test
  void anArrayMayHaveManyOutcomes() {
    String rows =
        IntStream.range(0, 1000)
            .mapToObj(
                i -> i % 2 == 0 ? "{\"p\":%d}".formatted(i) : "{\"p\":1,\"c\":%d}".formatted(i))
            .collect(Collectors.joining(",", "[", "]"));
    json()
        .body(rows)
        .post(table)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("written", equalTo(500))
        .body("failed", equalTo(500))
        .body("outcomes.index", equalTo(IntStream.range(0, 500).mapToObj(i -> 2 * i).toList()));
    json()
        .header("Prefer", "return=outcomes")
        .body(rows)
        .post(table)
        .then()
        .header("Preference-Applied", equalTo("return=outcomes"))
        .body("outcomes.index", equalTo(IntStream.range(0, 1000).boxed().toList()));
  }

  @Test
  void anArrayThatIsNoJsonWritesNothing() {
    json()
        .body("[{\"p\":1,\"c\":1},\n{\"p\":1,\"c\":2]")
        .post(table)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-json"))
        .body("line", equalTo(2));
    assertEquals(List.of(), rows());
    json()
        .body("[" + "{},".repeat(10_000) + "{}]")
        .post(table)
        .then()
        .statusCode(400)
        .body("code", equalTo("limit-exceeded"))
        .body("limit", equalTo("ringlet.bulk.max-rows"));
  }

  @Test
  void atomicIsAllOrNothing() {
    json()
        .header("Prefer", "atomic")
        .body("[{\"p\":1,\"c\":1,\"v\":\"a\"},{\"p\":2,\"c\":2}]")
        .post(table)
        .then()
        .statusCode(200)
        .header("Preference-Applied", equalTo("atomic"))
        .body(equalTo("{\"written\":2,\"failed\":0,\"outcomes\":[]}"));
    json()
        .header("Prefer", "atomic")
        .body("[{\"p\":3,\"c\":1},{\"p\":3}]")
        .post(table)
        .then()
        .statusCode(400)
        .body("code", equalTo("incomplete-primary-key"))
        .body("index", equalTo(1));
    assertEquals(List.of("1/1", "2/2"), rows());
    json()
        .header("Prefer", "atomic")
        .body("[{\"p\":4,\"c\":1,\"v\":\"a\"},{\"p\":4,\"c\":1,\"v\":\"b\"}]")
        .post(table)
        .then()
        .statusCode(400)
        .body("code", equalTo("key-mismatch"))
        .body("index", equalTo(1));
    json()
        .header("Prefer", "atomic, return=outcomes")
        .body("[{\"p\":1,\"c\":1,\"v\":\"a\"}]")
        .post(table)
        .then()
        .header("Preference-Applied", equalTo("atomic, return=outcomes"))
        .body("outcomes.status", equalTo(List.of(201)));
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"p\":9,\"c\":" + i + "}")
            .collect(Collectors.joining(",", "[", "]"));
    json()
        .header("Prefer", "atomic")
        .body(many)
        .post(table)
        .then()
        .statusCode(400)
        .body("limit", equalTo("ringlet.batch.max-rows"));
    lines("{}").header("Prefer", "atomic").post(table).then().statusCode(400);
    json()
        .header("Prefer", "atomic")
        .header("If-None-Match", "*")
        .body("[]")
        .post(table)
        .then()
        .statusCode(400);
  }

  @Test
  void linesHaveAnOutcomeEachThatFailsAndTheirNumbersAtTheEnd() {
    String[] answer =
        lines(
                "{\"p\":1,\"c\":1}\r\n\n{\"p\":1,\"c\":\n{\"p\":1,\"c\":3,\"x\":1}\n{\"p\":1,\"c\":4}\n{\"p\":1,")
            .post(table)
            .then()
            .statusCode(200)
            .contentType(NDJSON)
            .extract()
            .asString()
            .split("\n", -1);
    assertEquals("{\"written\":2,\"failed\":3}", answer[3]);
    List<String> failed = List.of(answer[0], answer[1], answer[2]);
    assertTrue(
        failed.stream()
            .anyMatch(
                l ->
                    l.startsWith("{\"index\":1,\"status\":400,")
                        && l.contains("\"code\":\"invalid-json\",\"line\":3")),
        failed.toString());
    assertTrue(
        failed.stream()
            .anyMatch(
                l ->
                    l.startsWith("{\"index\":2,")
                        && l.contains("\"code\":\"unknown-column\"")
                        && l.contains("\"line\":4")),
        failed.toString());
    assertTrue(
        failed.stream().anyMatch(l -> l.startsWith("{\"index\":4,") && l.contains("\"line\":6")),
        failed.toString());
    assertEquals(List.of("1/1", "1/4"), rows());
    assertEquals("{\"written\":0,\"failed\":0}\n", lines("").post(table).asString());
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    byte[] array = "\ufeff[{\"p\":1,\"c\":1}]".getBytes(StandardCharsets.UTF_8);
    json().body(array).post(table).then().statusCode(200).body("written", equalTo(1));
    byte[] row = "\ufeff{\"n\":7}".getBytes(StandardCharsets.UTF_8);
    json().body(row).put(table + "/1/2").then().statusCode(204);
    json().body(row).patch(table + "/1/3").then().statusCode(204);
    assertEquals(
        "{\"written\":2,\"failed\":0}\n",
        lines("\ufeff{\"p\":1,\"c\":4}\r\n{\"p\":1,\"c\":5}\n").post(table).asString());
    assertEquals("{\"written\":1,\"failed\":0}\n", csv("\ufeffp,c\n1,6\n").asString());
    assertEquals(List.of("1/1", "1/2", "1/3", "1/4", "1/5", "1/6"), rows());
  }

  @Test
  void aLineMayBeAsLongAsABodyAndNoLonger() {
    String longest = "{\"p\":1,\"c\":1,\"v\":\"" + "x".repeat((1 << 20) - 22) + "\"}";
    assertTrue(longest.length() <= 1 << 20);
    String answer =
        lines(longest + "\n{\"p\":1,\"v\":\"" + "x".repeat(1 << 20) + "\"}\n{\"p\":1,\"c\":2}")
            .post(table)
            .asString();
    assertTrue(answer.contains("\"code\":\"limit-exceeded\""), answer);
    assertTrue(answer.endsWith("{\"written\":2,\"failed\":1}\n"), answer);
    assertEquals(List.of("1/1", "1/2"), rows());
  }

  @Test
  void whatIsExportedAsCsvCanBeImported() {
    lines(
            "{\"p\":1,\"c\":1,\"v\":\"a, \\\"b\\\"\\r\\nc\"}\n{\"p\":1,\"c\":2,\"v\":\"\",\"n\":5}\n{\"p\":2,\"c\":3}\n")
        .post(table)
        .then()
        .statusCode(200);
    String csv = given().accept(CSV).get(table + "?scan=true").asString();
    String copy = "/v1/" + keyspace + "/copy";
    given()
        .contentType(CSV)
        .body(csv.getBytes(StandardCharsets.UTF_8))
        .post(copy)
        .then()
        .statusCode(200)
        .body(equalTo("{\"written\":3,\"failed\":0}\n"));
    assertEquals(csv, given().accept(CSV).get(copy + "?scan=true").asString());
  }

  @Test
  void aHeaderThatIsWrongIsAProblemOfTheWhole() {
    csv("p,c,w\n1,1,x\n").then().statusCode(400).body("code", equalTo("unknown-column"));
    csv("p,c,p\n").then().statusCode(400).body("code", equalTo("invalid-csv"));
    csv("").then().statusCode(400).body("code", equalTo("invalid-csv"));
    String answer = csv("\uFEFFp,c,v\n1,1\n1,2,\"x\n1,3,y").asString();
    assertTrue(answer.contains("\"line\":2"), answer);
    assertTrue(answer.contains("A quote is not closed"), answer);
    assertTrue(answer.endsWith("{\"written\":0,\"failed\":2}\n"), answer);
  }

  @Test
  void eachRowMayHaveACondition() {
    json().body("{\"p\":1,\"c\":1,\"v\":\"old\"}").post(table).then().statusCode(201);
    json()
        .header("If-None-Match", "*")
        .body("[{\"p\":1,\"c\":1,\"v\":\"new\"},{\"p\":1,\"c\":2}]")
        .post(table)
        .then()
        .statusCode(200)
        .body("written", equalTo(1))
        .body("outcomes", hasSize(1))
        .body("outcomes[0].status", equalTo(412))
        .body("outcomes[0].error.code", equalTo("condition-failed"))
        .body("outcomes[0].error.current.v", equalTo("old"));
    assertEquals(List.of("1/1", "1/2"), rows());
  }

  /** They have 12 MB, which are in memory three times. */
  @Test
  void ofManyLargeRowsThatStandInTheWaySomeAreShown() {
    String large = "/v1/" + keyspace + "/large";
    String value = "x".repeat(100_000);
    List<String> keys = IntStream.range(0, 120).mapToObj(i -> "{\"k\":" + i + "}").toList();
    lines(
            keys.stream()
                .map(key -> key.replace("}", ",\"v\":\"" + value + "\"}"))
                .collect(Collectors.joining("\n")))
        .post(large)
        .then()
        .statusCode(200)
        .body(endsWith("{\"written\":120,\"failed\":0}\n"));
    for (int i = 0; i < 2; i++) { // what was taken is given back
      Response array = json().header("If-None-Match", "*").body(keys.toString()).post(large);
      List<Integer> statuses = array.path("outcomes.error.status");
      assertEquals(Collections.nCopies(120, 412), statuses);
      List<Object> shown = array.path("outcomes.findAll { it.error.current != null }");
      assertTrue(shown.size() > 10 && shown.size() < 60, shown.size() + " are shown");
    }
    String lines =
        lines(String.join("\n", keys))
            .header("If-None-Match", "*")
            .header("Prefer", "concurrency=1")
            .post(large)
            .asString();
    assertEquals(120, lines.split("\"current\":\\{", -1).length - 1);
    assertTrue(lines.endsWith("{\"written\":0,\"failed\":120}\n"));
  }

  @Test
  void ofTwoRowsWithTheSameKeyTheLastStays() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i <= 1000; i++) {
      body.append("{\"p\":1,\"c\":1,\"n\":").append(i % 501).append("}\n");
    }
    lines(body.toString()).post(table).then().statusCode(200);
    given().get(table + "/1/1").then().body("n", equalTo(1000 % 501));
  }

  @Test
  void deletesRowsByTheirKeys() {
    lines("{\"p\":1,\"c\":1}\n{\"p\":1,\"c\":2}\n{\"p\":2,\"c\":3}\n{\"p\":2,\"c\":4}")
        .post(table)
        .then()
        .statusCode(200);
    String answer =
        lines("{\"p\":1,\"c\":1}\n{\"p\":2}\n{\"c\":4,\"p\":2}\n{\"p\":2,\"c\":3,\"v\":\"x\"}")
            .header("Prefer", "return=outcomes")
            .post(table + "?op=delete")
            .asString();
    assertTrue(answer.contains("{\"index\":0,\"status\":204}"), answer);
    assertTrue(answer.endsWith("{\"written\":2,\"failed\":2}\n"), answer);
    assertEquals(List.of("1/2", "2/3"), rows());
    json().body("{\"p\":1,\"c\":2}").post(table + "?op=delete").then().statusCode(204);
    given()
        .contentType(CSV)
        .body("p,c\n2,3\n".getBytes(StandardCharsets.UTF_8))
        .post(table + "?op=delete")
        .then()
        .statusCode(200);
    assertEquals(List.of(), rows());
    json()
        .body("{}")
        .post(table + "?op=drop")
        .then()
        .statusCode(400)
        .body("parameter", equalTo("op"));
  }

  @Test
  void aHundredThousandRowsNeedNoMoreMemoryThanAThousand() throws IOException {
    long before = usedHeap();
    long highest = before;
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(url() + "/v1/" + keyspace + "/many").toURL().openConnection();
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", NDJSON);
    connection.setChunkedStreamingMode(16_384);
    try (OutputStream out = connection.getOutputStream()) {
      for (int i = 0; i < ROWS; i++) {
        out.write(
            ("{\"p\":" + i % 1000 + ",\"c\":" + i / 1000 + ",\"v\":\"value " + i + "\"}\n")
                .getBytes(StandardCharsets.US_ASCII));
        if (i % 20_000 == 0) {
          highest = Math.max(highest, usedHeap());
        }
      }
    }
    try (BufferedReader answer =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("{\"written\":" + ROWS + ",\"failed\":0}", answer.readLine());
    }
    assertTrue(highest - before < 32 << 20, "heap grew by " + (highest - before));
    long counted = 0;
    for (int p = 0; p < 1000; p++) {
      counted += one("SELECT count(*) FROM %s.many WHERE p = ?".formatted(keyspace), p).getLong(0);
    }
    assertEquals(ROWS, counted);
  }

  @Test
  void aClientThatGoesAwayStopsTheReading() throws IOException {
    Socket socket = send("POST /v1/" + keyspace + "/left HTTP/1.1", NDJSON);
    OutputStream out = socket.getOutputStream();
    for (int i = 0; i < 2000; i++) {
      chunk(out, "{\"k\":" + i + "}\n");
    }
    await().until(() -> count("left") > 1000);
    out.write("20\r\n{\"k\":99999,".getBytes(StandardCharsets.US_ASCII));
    socket.setSoLinger(true, 0);
    socket.close();
    AtomicLong last = new AtomicLong(-1);
    await().during(Duration.ofMillis(500)).until(() -> last.getAndSet(count("left")) == last.get());
    assertTrue(count("left") <= 2000);
    given().get(table + "/1/1").then().statusCode(404);
  }

  @Test
  void aConnectionIsStillGoodAfterARefusal() throws IOException {
    try (Socket socket = send("POST /v1/" + keyspace + "/absent HTTP/1.1", NDJSON)) {
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < 1000; i++) {
        chunk(out, "{\"k\":" + i + "}\n");
      }
      out.write(
          "0\r\n\r\nGET /v1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 404 Not Found", answers.readLine());
      String line = answers.readLine();
      while (line != null && !line.contains("HTTP/1.1 200 OK")) {
        line = answers.readLine();
      }
      assertTrue(line != null, "no second answer");
    }
  }

  @Test
  void theTimeOfABodyCountsForTheDeadline() throws IOException {
    URI uri = URI.create(url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "PUT %s/7/7 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Prefer: wait=1\r\nContent-Length: 2\r\n\r\n{";
      socket.getOutputStream().write(head.formatted(table).getBytes(StandardCharsets.US_ASCII));
      long sent = System.nanoTime();
      await().until(() -> System.nanoTime() - sent > 1_200_000_000L);
      socket.getOutputStream().write('}');
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 408 Request Timeout", answers.readLine());
    }
    assertEquals(List.of(), rows());
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws IOException {
    try (Socket socket = send("POST " + table + " HTTP/1.1\r\nExpect: 100-continue", NDJSON)) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 100 Continue", answers.readLine());
      assertEquals("", answers.readLine());
      chunk(socket.getOutputStream(), "{\"p\":5,\"c\":5}\n");
      socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("HTTP/1.1 200 OK", answers.readLine());
    }
    assertEquals(List.of("5/5"), rows());
  }

  private static Socket send(String start, String type) throws IOException {
    URI uri = URI.create(url());
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(20_000);
    String head =
        start
            + "\r\nHost: localhost\r\nContent-Type: "
            + type
            + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    out.write(
        (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static List<String> rows() {
    return execute("SELECT p, c FROM " + keyspace + ".t").stream()
        .map(row -> row.getInt(0) + "/" + row.getInt(1))
        .sorted()
        .toList();
  }

  private static long count(String name) {
    return one("SELECT count(*) FROM " + keyspace + "." + name).getLong(0);
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }

  private static RequestSpecification lines(String body) {
    return given().contentType(NDJSON).body(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Response csv(String body) {
    return given().contentType(CSV).body(body.getBytes(StandardCharsets.UTF_8)).post(table);
  }

  private static String url() {
    return ConfigProvider.getConfig().getValue("test.url", String.class);
  }

  /** Bytes of what the application holds: it runs in this JVM. */
  long usedHeap() throws IOException {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
