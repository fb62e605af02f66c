package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is a problem document that names it. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class ErrorsTest {
  private static final String TABLE = "/v1/my_keyspace/my_table";

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /nix                              | 404 | not-found
          GET    | /v2/my_keyspace                   | 404 | not-found
          GET    | /v1/absent                        | 404 | unknown-keyspace
          GET    | /v1/system                        | 404 | unknown-keyspace
          GET    | /v1/system_schema/tables/x        | 404 | unknown-keyspace
          GET    | /v1/my_keyspace/absent/x          | 404 | unknown-table
          DELETE | /v1/my_keyspace/absent/x          | 404 | unknown-table
          POST   | /v1/absent                        | 404 | unknown-keyspace
          GET    | /v1/my_keyspace/my_table/absent   | 404 | row-not-found
          GET    | /v1/my_keyspace/my_table          | 400 | partition-key-required
          GET    | /v1/weather/readings/zugspitze    | 400 | partition-key-required
          DELETE | /v1/weather/readings/zugspitze    | 400 | partition-key-required
          GET    | /v1/my_keyspace/my_table/a/b      | 400 | too-many-keys
          GET    | /v1/weather/readings/a/yesterday  | 400 | invalid-value
          GET    | /v1/my_keyspace/my_table/         | 400 | invalid-path
          GET    | /v1/my_keyspace/my_table/a/       | 400 | invalid-path
          GET    | /v1/my_keyspace/my_table/%2E%2E   | 400 | invalid-path
          DELETE | /v1/weather/readings/zugspitze/2026-11-22/%2e%2E | 400 | invalid-path
          GET    | /v1/my_keyspace/my_table/%FF      | 400 | invalid-path
          GET    | /v1/my_keyspace/my_table/a?x=1    | 400 | invalid-filter
          GET    | /v1/my_keyspace/my_table/a?limit=x | 400 | invalid-parameter
          DELETE | /v1/my_keyspace/my_table/a?x=1    | 400 | invalid-filter
          DELETE | /v1/my_keyspace/my_table/a?limit=1 | 400 | invalid-parameter
          GET    | /v1/weather?x=1                   | 400 | invalid-parameter
          GET    | /./v1/my_keyspace/my_table/a      | 400 | invalid-path
          GET    | /%76%31/my_keyspace/my_table/a    | 400 | invalid-path
          """)
  void namesWhatIsWrongWithThePath(String method, String path, int status, String code) {
    problem(given().urlEncodingEnabled(false).request(method, path).then(), status, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE | /v1                                  | GET, HEAD, OPTIONS, POST
          POST   | /v1/weather                          | GET, HEAD, OPTIONS
          FOO    | /v1/my_keyspace/my_table             | GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE
          PUT    | /v1/weather/visits                   | GET, HEAD, OPTIONS, POST, PATCH, DELETE
          POST   | /v1/my_keyspace/my_table/a           | GET, HEAD, OPTIONS, PUT, PATCH, DELETE
          TRACE  | /v1/my_keyspace/my_table/a           | GET, HEAD, OPTIONS, PUT, PATCH, DELETE
          FOO    | /v1/my_keyspace/my_table/a           | GET, HEAD, OPTIONS, PUT, PATCH, DELETE
          PUT    | /v1/weather/readings/a/2026-11-22    | GET, HEAD, OPTIONS, PATCH, DELETE
          PATCH  | /v1/weather/visits/a                 | GET, HEAD, OPTIONS, DELETE
          """)
  void aMethodThatIsNotPossibleSaysWhichAre(String method, String path, String allow) {
    var request = given();
    if (method.equals("PUT") || method.equals("PATCH")) {
      request.contentType("application/json").body("{}");
    }
    problem(request.request(method, path).then(), 405, "method-not-allowed")
        .header("Allow", equalTo(allow));
    for (String query : List.of("", "?x=1", "?forms=none")) {
      given().options(path + query).then().statusCode(204).header("Allow", equalTo(allow));
    }
  }

  @Test
  void aMethodThatAKeyspaceDoesNotTakeIsOneWithAnyQuery() {
    problem(given().delete("/v1/weather?x=1").then(), 405, "method-not-allowed")
        .header("Allow", equalTo("GET, HEAD, OPTIONS"));
    problem(given().options("/v1/nope?x=1").then(), 404, "unknown-keyspace");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1",
    "GET, /v1/weather",
    "GET, /v1/my_keyspace/my_table/hello",
    "HEAD, /v1/my_keyspace/my_table/hello",
    "OPTIONS, /v1/my_keyspace/my_table/hello",
    "PUT, /v1/my_keyspace/my_table/header",
    "PATCH, /v1/my_keyspace/my_table/header",
    "POST, /v1/my_keyspace/my_table",
    "DELETE, /v1/my_keyspace/my_table/header"
  })
  void aMisspeltHeaderOfCassandraIsNotPassedOver(String method, String path) {
    var request = given().header("cassandra-tll", "60");
    if (method.startsWith("P")) {
      request.contentType("application/json").body("{\"key\":\"header\",\"value\":\"x\"}");
    }
    var answer = request.request(method, path).then();
    if (method.equals("HEAD")) {
      answer.statusCode(400);
    } else {
      problem(answer, 400, "invalid-header")
          .body("header", equalTo("cassandra-tll"))
          .body("hint", equalTo("Did you mean Cassandra-TTL?"));
    }
    given().get("/v1/my_keyspace/my_table/header").then().statusCode(404);
  }

  @Test
  void saysWhichMediaTypesItTakes() {
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
      problem(
              given().contentType(type).body("{}").post(TABLE).then(),
              415,
              "unsupported-media-type")
          .body("accepted", hasItem("application/json"));
    }
    problem(
            given().contentType("text/plain").body("{}").patch(TABLE + "/a").then(),
            415,
            "unsupported-media-type")
        .body("accepted", equalTo(List.of("application/json", "application/merge-patch+json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "/", ";", "application/"})
  void whatIsNoMediaTypeIsNoneThatItTakes(String type) throws Exception {
    String url = ConfigProvider.getConfig().getValue("test.url", String.class);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + TABLE))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(415, answer.statusCode(), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "/", ";=;", "text/", "-1"})
  void namesTheHeaderAcceptIfItHasWhatIsNoMediaType(String type) throws Exception {
    String url = ConfigProvider.getConfig().getValue("test.url", String.class);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + TABLE + "/hello")).header("Accept", type).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().endsWith("\"code\":\"invalid-header\",\"header\":\"Accept\"}"));
  }

  @Test
  void saysWhichMediaTypesItHas() {
    problem(given().accept("image/png").get(TABLE + "/hello").then(), 406, "not-acceptable")
        .body(
            "available", equalTo(List.of("application/json", "application/x-ndjson", "text/csv")));
    given().accept("text/html, */*;q=0.1").get(TABLE + "/hello").then().statusCode(200);
  }

  @Test
  void brokenJsonIsRefusedWithItsPlace() {
    problem(json("{\"value\": ring}"), 400, "invalid-json").body("line", equalTo(1));
    problem(json("{\"value\":\"a\"} x"), 400, "invalid-json");
    problem(json("{\"value\":\"a\",\"value\":\"b\"}"), 400, "invalid-json");
    problem(json("[]"), 400, "invalid-json");
    problem(given().contentType("application/json").put(TABLE + "/x").then(), 400, "invalid-json");
    problem(
        given()
            .contentType("application/json")
            .body(new byte[] {'{', '"', (byte) 0xff, '"'})
            .put(TABLE + "/x")
            .then(),
        400,
        "invalid-json");
  }

  @Test
  void theBodysColumnsMustFit() {
    problem(json("{\"valeu\":\"a\"}"), 400, "unknown-column").body("column", equalTo("valeu"));
    problem(json("{\"value\":1}"), 400, "invalid-value")
        .body("column", equalTo("value"))
        .body("cql_type", equalTo("text"))
        .body("expected", equalTo("text"))
        .body("got", equalTo("1"));
    problem(json("{\"key\":\"other\"}"), 400, "key-mismatch").body("column", equalTo("key"));
    problem(
            given().contentType("application/json").body("{\"value\":\"a\"}").post(TABLE).then(),
            400,
            "incomplete-primary-key")
        .body("missing", equalTo(List.of("key")));
  }

  @Test
  void whatCassandraRefusesIsNoFaultOfTheServer() {
    String key = "k".repeat(70_000);
    problem(
            given()
                .contentType("application/json")
                .body("{\"key\":\"" + key + "\"}")
                .post(TABLE)
                .then(),
            400,
            "refused-by-cassandra")
        .body("detail", containsString("65535"));
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() {
    String body = "{\"value\":\"" + "x".repeat(1 << 20) + "\"}";
    problem(json(body), 413, "body-too-large");
    String longest = "{\"value\":\"" + "x".repeat((1 << 20) - 12) + "\"}";
    assertEquals(1 << 20, longest.length());
    json(longest).statusCode(204);
  }

  @Test
  void requestLinesAndHeadersBeyondTheLimitsAreRefused() {
    given().get(TABLE + "/" + "k".repeat(40_000)).then().statusCode(414);
    given().header("X-Long", "x".repeat(20_000)).get(TABLE + "/hello").then().statusCode(431);
    given().header("X-Long", "x".repeat(10_000)).get(TABLE + "/hello").then().statusCode(200);
  }

  @Test
  void anyJsonAtAllIsAnsweredWithoutAServerError() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> columns =
        List.of("contacts", "instruments", "name", "observers", "position", "since", "x");
    for (int i = 0; i < 300; i++) {
      String column = columns.get(random.nextInt(columns.size()));
      String body = "{\"" + column + "\":" + value(random, 3) + "}";
      int status =
          given()
              .contentType("application/json")
              .body(body)
              .put("/v1/weather/stations/random")
              .statusCode();
      assertTrue(
          status == 204 || status == 400, () -> "seed " + seed + ": " + status + " for " + body);
    }
    given().delete("/v1/weather/stations/random").then().statusCode(204); // the docs list them
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 11)) {
      case 0 -> "null";
      case 1 -> "" + random.nextBoolean();
      case 2 -> "" + random.nextInt();
      case 3 -> random.nextLong() + "." + random.nextInt(1000) + "e" + random.nextInt(2000);
      case 4 -> "\"\"";
      case 5 -> "\"\\u" + "%04x".formatted(random.nextInt(65536)) + "\"";
      case 6 -> "\"2026-11-" + random.nextInt(40) + "\"";
      case 7 -> "{}";
      case 8, 9 ->
          IntStream.range(0, random.nextInt(4))
              .mapToObj(i -> value(random, depth - 1))
              .collect(Collectors.joining(",", "[", "]"));
      default ->
          "{\""
              + (random.nextBoolean() ? "latitude" : "$add")
              + "\":"
              + value(random, depth - 1)
              + "}";
    };
  }

  @CanIgnoreReturnValue
  private static ValidatableResponse json(String body) {
    return given().contentType("application/json").body(body).put(TABLE + "/x").then();
  }

  @CanIgnoreReturnValue
  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String code) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("https://ringlet.dev/errors#" + code))
        .body("status", equalTo(status))
        .body("code", equalTo(code))
        .body("title", not(equalTo(null)))
        .body("detail", not(containsString("Exception")))
        .body("detail", not(containsString("SELECT")));
  }
}
