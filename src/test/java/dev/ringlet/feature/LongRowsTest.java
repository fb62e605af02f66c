package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read is limited in bytes, whatever its number of rows; nothing is lost or comes twice.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(LongRowsTest.Small.class)
class LongRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 300;
  private static final int PAGE_BYTES = 300 << 10;

  /** Memory for the rows of one stream, and rows of no more than 1 MiB. */
  public static class Small implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "ringlet.row.max-size", "1M",
          "ringlet.in-flight.max-bytes", "4M",
          "ringlet.page-size.max-bytes", "300K",
          "ringlet.stream.page-bytes", "64K",
          "ringlet.stream.max-bytes", "256K");
    }
  }

  private static String keyspace;
  private static String table;

  @BeforeAll
  static void rows() {
    keyspace =
        Cassandra.keyspace(
            "long_rows",
            "CREATE TABLE $ks.t (p int, c int, v text, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.shelves (p int, c int, s text STATIC, PRIMARY KEY (p, c))");
    table = "/v1/" + keyspace + "/t";
    for (int c = 0; c < ROWS; c++) {
      Cassandra.execute(
          "INSERT INTO " + keyspace + ".t (p, c, v) VALUES (1, ?, ?)", c, "x".repeat(length(c)));
    }
    for (int c = 0; c < 3; c++) { // no two of which are an answer together
      Cassandra.execute(
          "INSERT INTO " + keyspace + ".t (p, c, v) VALUES (2, ?, ?)", c, "y".repeat(600_000));
    }
    Cassandra.execute(
        "INSERT INTO " + keyspace + ".t (p, c, v) VALUES (3, 1, ?)", "z".repeat(1_100_000));
  }

  /** Some of a byte, some of a page and more. */
  private static int length(int c) {
    return c % 50 == 49 ? 400_000 : c % 7 == 0 ? 30_000 : 1 + c % 3;
  }

  private static List<String> expected(int rows) {
    List<String> expected = new ArrayList<>();
    for (int c = 0; c < rows; c++) {
      expected.add(c + " " + length(c));
    }
    return expected;
  }

  private static String url() {
    return ConfigProvider.getConfig().getValue("test.url", String.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000})
  void pagesInJsonEndWhereTheirBytesDo(int limit) throws IOException {
    List<String> seen = new ArrayList<>();
    String next = table + "/1?limit=" + limit;
    while (next != null) {
      Response page = given().urlEncodingEnabled(false).get(next);
      assertEquals(200, page.statusCode(), page.asString());
      JsonNode rows = JSON.readTree(page.asByteArray());
      assertTrue(rows.size() <= limit);
      assertTrue(
          rows.size() == 1 || page.asByteArray().length <= PAGE_BYTES,
          rows.size() + " rows of " + page.asByteArray().length);
      rows.forEach(row -> seen.add(row.get("c") + " " + row.get("v").asText().length()));
      String link = page.header("Link");
      next = link == null ? null : link.substring(1, link.indexOf('>'));
    }
    assertEquals(expected(ROWS), seen);
  }

  @Test
  void streamsHaveEachRowOnce() throws IOException {
    Response lines = given().accept("application/x-ndjson").get(table + "/1");
    List<String> seen = new ArrayList<>();
    for (String line : lines.asString().lines().toList()) {
      JsonNode row = JSON.readTree(line);
      seen.add(row.get("c") + " " + row.get("v").asText().length());
    }
    assertEquals(expected(ROWS), seen);
    String csv = given().accept("text/csv").get(table + "/1?select=c").asString();
    assertEquals(ROWS + 1, csv.lines().count());
  }

  @Test
  void rowsOfWhichFewAreAnAnswerComeOneByOne() {
    given().get(table + "/2").then().statusCode(200).body("size()", equalTo(1));
    String lines = given().accept("application/x-ndjson").get(table + "/2").asString();
    assertEquals(3, lines.lines().count());
  }

  @Test
  void aRowThatIsLongerThanAnAnswerIsNamed() {
    for (String path : List.of("/3/1", "/3", "/3?limit=1")) {
      for (String type : List.of("application/json", "application/x-ndjson", "text/csv")) {
        given()
            .accept(type)
            .get(table + path)
            .then()
            .statusCode(400)
            .body("code", equalTo("limit-exceeded"), "limit", equalTo("ringlet.row.max-size"));
      }
    }
    given().get(table + "/3/1?select=c").then().statusCode(200).body("c", equalTo(1));
  }

  @Test
  void aConditionIsCheckedWhateverTheRowHas() {
    given()
        .contentType("application/json")
        .header("If-Match", "\"AAAAAAAAAAAAAAAAAAAAAA\"")
        .body("{\"v\":\"new\"}")
        .put(table + "/3/1")
        .then()
        .statusCode(400)
        .body("limit", equalTo("ringlet.row.max-size"));
    given().get(table + "/3/1?select=c,v_written:writetime(v)").then().statusCode(200);
  }

  /** Cassandra says what stands in the way, and that alone is longer than an answer may be. */
  @ParameterizedTest
  @CsvSource({
    "put, /3/1, If-None-Match, {}",
    "patch, /3/1?v=eq.new, Prefer, {\"v\":\"newer\"}",
    "delete, /3/1?v=eq.new, Prefer, ''"
  })
  void whatStandsInTheWayMayBeLongerThanAnAnswer(
      String method, String path, String header, String body) {
    given()
        .contentType("application/json")
        .header(header, header.equals("Prefer") ? "wait=10" : "*")
        .body(body)
        .request(method, table + path)
        .then()
        .statusCode(412)
        .body("code", equalTo("condition-failed"), "current", nullValue());
    refusedInserts(3, 1).body("code", equalTo("condition-failed"), "failed", nullValue());
  }

  /** A batch of rows that are there. */
  private static ValidatableResponse refusedInserts(int p, int... rows) {
    String insert = "{\"insert\":\"%s\",\"row\":{\"p\":%d,\"c\":%d},\"if_none_match\":\"*\"}";
    return given()
        .contentType("application/json")
        .body(
            IntStream.of(rows)
                .mapToObj(c -> insert.formatted(table, p, c))
                .collect(joining(",", "[", "]")))
        .post("/v1")
        .then()
        .statusCode(412);
  }

  @Test
  void whatCannotBeReadOfABatchLeavesTheRestNamed() {
    Cassandra.execute("INSERT INTO " + keyspace + ".t (p, c, v) VALUES (3, 2, 'there')");
    refusedInserts(3, 1, 2)
        .body("code", equalTo("condition-failed"), "index", equalTo(1))
        .body("failed.index", equalTo(List.of(1)), "failed[0].current.v", equalTo("there"));
  }

  /** As JSON it takes six times as many bytes as it has. */
  @Test
  void whatThereIsNoRoomForOfABatchLeavesTheRestShown() {
    Cassandra.execute(
        "INSERT INTO " + keyspace + ".t (p, c, v) VALUES (4, 1, ?)", "\u0001".repeat(350_000));
    Cassandra.execute("INSERT INTO " + keyspace + ".t (p, c, v) VALUES (4, 2, 'there')");
    refusedInserts(4, 1, 2)
        .body("failed.index", equalTo(List.of(0, 1)))
        .body("failed[0].current", nullValue(), "failed[1].current.v", equalTo("there"));
  }

  @Test
  void streamsBeyondTheirMemoryAreRefusedUntilOthersEnd() throws Exception {
    try (RawHttp unread = new RawHttp(URI.create(url()), 1 << 12)) {
      unread.send(
          "GET "
              + table
              + "/1 HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n");
      assertEquals(200, unread.status());
      double refused = Management.metric("ringlet_requests_shed_total");
      given()
          .accept("text/csv")
          .get(table + "/1")
          .then()
          .statusCode(503)
          .header("Retry-After", "1")
          .body(containsString("ringlet.stream.max-bytes"));
      assertEquals(refused + 1, Management.metric("ringlet_requests_shed_total"));
      given().get(table + "/1/1").then().statusCode(200);
    }
    await().until(() -> given().accept("text/csv").get(table + "/1").statusCode() == 200);
  }

  /** Cassandra does not heed the size of a page of these, so no smaller one is asked for again. */
  @Test
  void distinctGroupsThatAreLongerThanAPageAreReadAllTheSame() {
    for (int p = 0; p < 40; p++) {
      Cassandra.execute(
          "INSERT INTO " + keyspace + ".shelves (p, s) VALUES (?, ?)", p, "s".repeat(3000));
    }
    String keys = IntStream.range(0, 40).mapToObj(Integer::toString).collect(joining(","));
    String lines =
        given()
            .accept("application/x-ndjson")
            .queryParam("p", "in.(" + keys + ")")
            .get("/v1/" + keyspace + "/shelves?distinct=true&group=p&select=p,max(s)")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertEquals(40, lines.lines().count());
  }
}
