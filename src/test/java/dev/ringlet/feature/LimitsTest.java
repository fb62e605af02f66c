package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is more than there may be is refused, and the answer names the limit. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class LimitsTest {
  private static final String TABLE = "/v1/my_keyspace/my_table";
  private static final String STATIONS = "/v1/weather/stations";
  private static final int MEGABYTE = 1 << 20;

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  static Stream<Arguments> bodies() {
    String most = "x".repeat(MEGABYTE);
    return Stream.of(
        refused("a text", "{\"value\":\"" + most + "\"}", 413, limit("ringlet.body.max-size")),
        refused("a name", "{\"" + most + "\":1}", 413, limit("ringlet.body.max-size")),
        refused(
            "an array",
            "[" + "1,".repeat(MEGABYTE / 2) + "1]",
            413,
            limit("ringlet.body.max-size")),
        refused("rows", rows(10_001), 400, limit("ringlet.bulk.max-rows")),
        refused("nesting", "[{\"x\":" + "[".repeat(99), 400, limit("ringlet.json.max-depth")),
        refused(
            "deep nesting", "[{\"x\":" + "[".repeat(900_000), 400, limit("ringlet.json.max-depth")),
        refused("objects", "{\"x\":".repeat(100_000), 400, code("unknown-column")),
        refused("a number", digits(1001), 400, limit("ringlet.json.max-number-length")),
        refused("a long number", digits(1_000_000), 400, limit("ringlet.json.max-number-length")),
        refused("a large number", "[{\"key\":1e1000000000}]", 200, code("invalid-value")),
        refused("members", members(50_000), 400, code("unknown-column")));
  }

  private static Arguments refused(String what, String body, int status, String problem) {
    return Arguments.of(what, body, status, problem);
  }

  private static String limit(String setting) {
    return "\"limit\":\"" + setting + '"';
  }

  private static String code(String code) {
    return "\"code\":\"" + code + '"';
  }

  private static String rows(int number) {
    return Stream.generate(() -> "{\"key\":\"x\"}")
        .limit(number)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String digits(int number) {
    return "{\"key\":" + "1".repeat(number) + "}";
  }

  private static String members(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "\"c" + i + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void aBodyIsRefused(String what, String body, int status, String problem) throws Exception {
    String url = ConfigProvider.getConfig().getValue("test.url", String.class);
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + TABLE))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(20))
            .build();
    for (int i = 0; i < 2; i++) { // the second has all of its body by HTTP/2
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(status, answer.statusCode(), what);
      assertTrue(answer.body().contains(problem), answer.body());
      assertEquals(HttpClient.Version.HTTP_2, answer.version());
    }
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of("select=" + aliases(1000), 200, "\"a3e7\":\"world\""),
        Arguments.of("select=" + aliases(1001), 400, limit("ringlet.select.max")),
        Arguments.of("select=" + aliases(2600), 400, limit("ringlet.select.max")),
        Arguments.of("value=in.(" + "1,".repeat(10_000) + "1)", 400, limit("ringlet.in.max")));
  }

  private static String aliases(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "a%x:value".formatted(i))
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void aQueryIsRefused(String query, int status, String part) {
    given()
        .urlEncodingEnabled(false)
        .get(TABLE + "/hello?" + query)
        .then()
        .statusCode(status)
        .body(containsString(part));
  }

  @Test
  void whatSelectAddsToAnAnswerIsBounded() throws InterruptedException {
    String large = "x".repeat(2000);
    given()
        .contentType("application/json")
        .body("{\"value\":\"" + large + "\"}")
        .put(TABLE + "/large")
        .then()
        .statusCode(204);
    String most = aliases(500);
    String row = TABLE + "/large?select=";
    given().urlEncodingEnabled(false).get(row + most).then().statusCode(200);
    for (String accept : List.of("application/json", "application/x-ndjson", "text/csv")) {
      String answer = answer(accept, row + aliases(600));
      assertTrue(answer.length() < 2 * MEGABYTE, accept);
      assertTrue(
          !accept.equals("application/json") || answer.contains(limit("ringlet.select.max-bytes")),
          accept);
    }
  }

  /** 18 MB of what is 3 MB. A row that is not shown for that reason was written all the same. */
  @Test
  void anAnswerIsNotManyTimesAsLargeAsItsRows() {
    String keyspace =
        Cassandra.keyspace("sizes", "CREATE TABLE $ks.t (k int PRIMARY KEY, v text, w text)");
    Cassandra.session()
        .execute(
            "INSERT INTO %s.t (k, v) VALUES (1, ?)".formatted(keyspace), "\u0001".repeat(3 << 20));
    String row = "/v1/" + keyspace + "/t/1";
    given().get(row).then().statusCode(400).body("code", equalTo("limit-exceeded"));
    given().accept("text/csv").get(row).then().statusCode(200);
    given()
        .contentType("application/json")
        .header("Prefer", "return=representation")
        .body("{\"w\":\"x\"}")
        .patch(row)
        .then()
        .statusCode(204);
    given().get(row + "?select=w").then().statusCode(200).body("w", equalTo("x"));
    given()
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body("{}")
        .put(row)
        .then()
        .statusCode(412)
        .body("code", equalTo("condition-failed"))
        .body("current", nullValue());
  }

  private static String answer(String accept, String path) throws InterruptedException {
    try {
      String url = ConfigProvider.getConfig().getValue("test.url", String.class);
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url + path)).header("Accept", accept).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      // without an error, by HTTP/2, the answer would be whole
      assertTrue(e.getMessage().endsWith("Internal error"), e::toString);
      return "";
    }
  }

  /** Cassandra itself would make all of them, and end of it. */
  @Test
  void combinationsOfKeysAreRefused() {
    String many = "=in.(" + "1,".repeat(100) + "1)";
    String partitions =
        "/v1/weather/readings?station" + many + "&day" + many.replace("1", "2026-11-22");
    given()
        .get(partitions)
        .then()
        .statusCode(400)
        .body("code", equalTo("limit-exceeded"))
        .body("limit", equalTo("ringlet.in.max"))
        .body("column", equalTo("day"));
  }

  @Test
  void aNumberThatWouldNotFitIntoMemoryIsNotAValue() {
    for (String number : new String[] {"1e1000000000", "1e-1000000000", "1e99999999999999"}) {
      given()
          .contentType("application/json")
          .body("{\"position\":{\"altitude\":" + number + "}}")
          .put(STATIONS + "/limits")
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-value"));
    }
  }

  @Test
  void aRecordOfManyFieldsIsNoRow() {
    given()
        .contentType("text/csv")
        .body(",".repeat(MEGABYTE - 1))
        .post(TABLE)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-csv"))
        .body("detail", containsString("more than 3 fields"));
    given()
        .contentType("text/csv")
        .body("key,value\n" + ",".repeat(MEGABYTE - 1) + "\n")
        .post(TABLE)
        .then()
        .statusCode(200)
        .body(containsString("more than 2 fields"));
  }
}
