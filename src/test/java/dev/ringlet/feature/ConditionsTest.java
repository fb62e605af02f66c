package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** If-Match and If-None-Match: writes that are done only if the row is as the client knows it. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class ConditionsTest {
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "conditions",
            "CREATE TYPE $ks.pair (a int, b text)",
            "CREATE TABLE $ks.t (k text PRIMARY KEY, a text, b int)",
            "CREATE TYPE $ks.\"rate%s\" (a int)",
            "CREATE TABLE $ks.named (k text PRIMARY KEY, r \"rate%s\")",
            "CREATE TABLE $ks.clustered (p int, c int, v int, s text static, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.keys_only (a int, b int, PRIMARY KEY (a, b))",
            "CREATE TABLE $ks.counters (k text PRIMARY KEY, n counter)",
            "CREATE TABLE $ks.types (k int PRIMARY KEY, f float, d double, dec decimal, vi varint,"
                + " l list<int>, s set<text>, m map<text, int>, fl frozen<list<int>>,"
                + " n frozen<map<text, frozen<list<int>>>>, u pair, fu frozen<pair>,"
                + " t tuple<int, text>, b blob, du duration, i inet, ti time,"
                + " da date, ts timestamp, bo boolean, si smallint, tn tinyint, id uuid)",
            "ALTER TABLE $ks.types ADD v vector<float, 2>",
            "CREATE TABLE $ks.wide (k int PRIMARY KEY, "
                + IntStream.range(0, 100)
                    .mapToObj(i -> "c" + i + (i % 2 == 0 ? " int" : " text"))
                    .collect(Collectors.joining(", "))
                + ")");
  }

  @Test
  void createsOnlyWhatIsNotThere() {
    String table = "/v1/" + keyspace + "/t";
    json()
        .header("If-None-Match", "*")
        .body("{\"k\":\"new\",\"b\":1}")
        .post(table)
        .then()
        .statusCode(201);
    failed(json().header("If-None-Match", "*").body("{\"k\":\"new\",\"b\":2}").post(table).then())
        .body("current.b", equalTo(1))
        .body("current.k", equalTo("new"));
    failed(json().header("If-None-Match", "*").body("{\"b\":2}").put(path("new")).then());
    json().header("If-None-Match", "*").body("{\"b\":2}").put(path("newer")).then().statusCode(204);
    assertEquals(1, one("SELECT b FROM %s.t WHERE k = 'new'".formatted(keyspace)).getInt(0));
  }

  @Test
  void aTypeMayHaveAnyName() {
    json()
        .body("{}")
        .patch("/v1/" + keyspace + "/named/x?r=contains.1")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-filter"))
        .body("detail", containsString("rate%s"));
  }

  @Test
  void changesOnlyWhatIsThere() {
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      RequestSpecification request = json().header("If-Match", "*");
      if (!method.equals("DELETE")) {
        request.body("{\"b\":2}");
      }
      failed(request.request(method, path("absent")).then())
          .body("$", hasKey("current"))
          .body("current", nullValue());
    }
    given().get(path("absent")).then().statusCode(404);
    put("there", "{\"a\":\"x\",\"b\":1}");
    json().header("If-Match", "*").body("{\"b\":2}").patch(path("there")).then().statusCode(204);
    given().get(path("there")).then().body(equalTo("{\"k\":\"there\",\"a\":\"x\",\"b\":2}"));
    json().header("If-Match", "*").body("{\"b\":3}").put(path("there")).then().statusCode(204);
    given().get(path("there")).then().body(equalTo("{\"k\":\"there\",\"a\":null,\"b\":3}"));
    json().header("If-Match", "*").delete(path("there")).then().statusCode(204);
    given().get(path("there")).then().statusCode(404);
  }

  @Test
  void changesOnlyWhatIsUnchanged() {
    put("tagged", "{\"a\":\"x\",\"b\":1}");
    String tag = tag(path("tagged"));
    json().header("If-Match", tag).body("{\"b\":2}").patch(path("tagged")).then().statusCode(204);
    failed(json().header("If-Match", tag).body("{\"b\":3}").patch(path("tagged")).then())
        .body("current", equalTo(java.util.Map.of("k", "tagged", "a", "x", "b", 2)));
    failed(json().header("If-Match", tag).body("{\"b\":3}").put(path("tagged")).then());
    failed(json().header("If-Match", tag).delete(path("tagged")).then());
    String now = tag(path("tagged"));
    failed(json().header("If-Match", tag).delete(path("tagged")).then())
        .header("ETag", equalTo(now))
        .body("etag", equalTo(now));
    failed(json().header("If-Match", "W/" + now).delete(path("tagged")).then());
    json().header("If-Match", tag + ", " + now).delete(path("tagged")).then().statusCode(204);
    failed(json().header("If-Match", now).body("{}").put(path("tagged")).then())
        .body("current", nullValue());
  }

  @Test
  void aTagOfAnyFormOfTheRowWillDo() {
    put("forms", "{\"a\":\"" + "x".repeat(2000) + "\"}");
    String gzip = given().header("Accept-Encoding", "gzip").get(path("forms")).header("ETag");
    json().header("If-Match", gzip).body("{\"b\":2}").patch(path("forms")).then().statusCode(204);
  }

  @Test
  void aReplacedRowStaysEvenWithoutAnyValue() {
    json()
        .body("{\"a\":\"x\"}")
        .patch(path("marker"))
        .then()
        .statusCode(204); // makes no row marker
    json()
        .header("If-Match", tag(path("marker")))
        .body("{}")
        .put(path("marker"))
        .then()
        .statusCode(204);
    given().get(path("marker")).then().body(equalTo("{\"k\":\"marker\",\"a\":null,\"b\":null}"));
    json()
        .header("If-Match", tag(path("marker")))
        .header("Cassandra-TTL", "1000")
        .body("{\"a\":\"y\"}")
        .put(path("marker"))
        .then()
        .statusCode(204);
    given()
        .get(path("marker") + "?select=t:ttl(a)")
        .then()
        .body("t", org.hamcrest.Matchers.greaterThan(900));
  }

  @Test
  void answersWithTheRowIfWanted() {
    put("shown", "{\"b\":1}");
    String tag = tag(path("shown"));
    var shown =
        json()
            .header("If-Match", tag)
            .header("Prefer", "return=representation")
            .header("Cassandra-Serial-Consistency", "SERIAL")
            .body("{\"b\":2}")
            .patch(path("shown"))
            .then()
            .statusCode(200)
            .header("Cassandra-Serial-Consistency", equalTo("SERIAL"))
            .body("b", equalTo(2))
            .extract();
    assertEquals(tag(path("shown")), shown.header("ETag"));
  }

  @Test
  void clusteredRowsAndTheirStaticColumnsTakePart() {
    String row = "/v1/" + keyspace + "/clustered/1/2";
    json().body("{\"v\":1}").put(row).then().statusCode(204);
    json().body("{\"s\":\"x\"}").patch("/v1/" + keyspace + "/clustered/1").then().statusCode(204);
    String tag = tag(row);
    json().body("{\"s\":\"y\"}").patch("/v1/" + keyspace + "/clustered/1").then().statusCode(204);
    failed(json().header("If-Match", tag).body("{\"v\":2}").patch(row).then())
        .body("current.s", equalTo("y"));
    json()
        .header("If-Match", tag(row))
        .body("{\"v\":2,\"s\":\"z\"}")
        .put(row)
        .then()
        .statusCode(204);
    given().get(row).then().body(equalTo("{\"p\":1,\"c\":2,\"v\":2,\"s\":\"z\"}"));
    json().header("If-Match", tag(row)).delete(row).then().statusCode(204);
    given().get(row).then().statusCode(404);
    assertNull(
        execute("SELECT c FROM %s.clustered WHERE p = 1".formatted(keyspace)).get(0).getObject(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(k) VALUES (1)",
        "(k, f, d) VALUES (1, NaN, NaN)",
        "(k, f, d) VALUES (1, -0.0, -0.0)",
        "(k, f, d) VALUES (1, 0.1, -Infinity)",
        "(k, f, d) VALUES (1, 3.4028235e38, 5e-324)",
        "(k, dec, vi) VALUES (1, 1.00, -123456789012345678901234567890)",
        "(k, dec, vi) VALUES (1, 1E+3, 0)",
        "(k, l, s, m) VALUES (1, [], {}, {})",
        "(k, l, s, m) VALUES (1, [1, 1], {'', 'ü'}, {'': 0, 'x': 1})",
        "(k, fl, n) VALUES (1, [], {})",
        "(k, fl, n) VALUES (1, [3, 1], {'a': [1], 'b': []})",
        "(k, u, fu) VALUES (1, {a: 1}, {b: 'x'})",
        "(k, u, fu) VALUES (1, {a: 1, b: ''}, {a: null, b: null})",
        "(k, t, v) VALUES (1, (null, 'x'), [1, -0.0])",
        "(k, t, b) VALUES (1, (1, ''), 0x)",
        "(k, b, du, i) VALUES (1, 0x00ff, 1mo2d3h, '::1')",
        "(k, i, ti, da) VALUES (1, '127.0.0.1', '10:00:00.000000001', '-0001-01-01')",
        "(k, ts, bo, si, tn, id) VALUES (1, '1969-12-31T23:59:59.999Z', false, -1, -128,"
            + " 123e4567-e89b-12d3-a456-426614174000)"
      })
  void aFreshTagHoldsWhateverTheRowIsMadeOf(String values) {
    String row = "/v1/" + keyspace + "/types/1";
    String insert = "INSERT INTO %s.types %s".formatted(keyspace, values);
    Cassandra.require(insert);
    for (String method : List.of("PATCH", "PUT", "DELETE")) {
      execute("DELETE FROM %s.types WHERE k = 1".formatted(keyspace));
      execute(insert);
      RequestSpecification request = json().header("If-Match", tag(row));
      if (!method.equals("DELETE")) {
        request.body("{\"si\":7}");
      }
      request.request(method, row).then().statusCode(204);
      if (!method.equals("DELETE")) {
        given().get(row).then().body("si", equalTo(7));
      }
    }
  }

  @Test
  void aHundredColumnsAreCompared() {
    String row = "/v1/" + keyspace + "/wide/1";
    json().body("{\"c0\":1,\"c51\":\"x\",\"c98\":2}").put(row).then().statusCode(204);
    json().header("If-Match", tag(row)).body("{\"c99\":\"y\"}").patch(row).then().statusCode(204);
    String tag = tag(row);
    json().body("{\"c52\":3}").patch(row).then().statusCode(204);
    failed(json().header("If-Match", tag).body("{\"c1\":\"z\"}").patch(row).then())
        .body("current.c52", equalTo(3));
  }

  @Test
  void aRowThatIsNothingButItsKeyCanBeDeletedOnACondition() {
    String row = "/v1/" + keyspace + "/keys_only/1/2";
    json().body("{}").put(row).then().statusCode(204);
    json().header("If-Match", tag(row)).delete(row).then().statusCode(204);
    failed(json().header("If-Match", "*").delete(row).then());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PATCH  | counters/x    | If-Match      | *   | {"n":{"$inc":1}}
          DELETE | counters/x    | If-Match      | "x" |
          PATCH  | clustered/1   | If-Match      | *   | {"s":"x"}
          DELETE | clustered/1   | If-Match      | *   |
          DELETE | clustered/1?c=gt.1 | If-Match | *   |
          PUT    | keys_only/1/2 | If-Match      | *   | {}
          PATCH  | keys_only/1/2 | If-Match      | "x" | {}
          """)
  void refusesWhatCqlCannotCondition(
      String method, String row, String header, String value, String body) {
    json()
        .header(header, value)
        .body(body == null ? "" : body)
        .request(method, "/v1/" + keyspace + "/" + row)
        .then()
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"));
  }

  @Test
  void aWriteOnAConditionHasNoTimestampOfTheClients() {
    json()
        .header("If-Match", "*")
        .header("Cassandra-Timestamp", "5")
        .body("{}")
        .put(path("x"))
        .then()
        .statusCode(400)
        .body("header", equalTo("Cassandra-Timestamp"));
  }

  @CanIgnoreReturnValue
  private static ValidatableResponse failed(ValidatableResponse response) {
    return response
        .statusCode(412)
        .contentType("application/problem+json")
        .body("code", equalTo("condition-failed"));
  }

  private static void put(String key, String body) {
    json().body(body).put(path(key)).then().statusCode(204);
  }

  private static String tag(String row) {
    return given()
        .header("Accept-Encoding", "identity")
        .get(row)
        .then()
        .statusCode(200)
        .extract()
        .header("ETag");
  }

  private static String path(String key) {
    return "/v1/" + keyspace + "/t/" + key;
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }
}
