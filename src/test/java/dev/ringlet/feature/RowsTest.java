package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.cql.Row;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reading, inserting, replacing, merging and deleting rows, slices and partitions. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class RowsTest {
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "rows",
            "CREATE TABLE $ks.simple (key text PRIMARY KEY, value text, other int)",
            "CREATE TABLE $ks.readings (station text, day date, hour int, minute int,"
                + " celsius decimal, tags set<text>, unit text static,"
                + " PRIMARY KEY ((station, day), hour, minute))",
            "CREATE TABLE $ks.\"OddNames\" (\"select\" int PRIMARY KEY, \"Size\" int)",
            "CREATE TABLE $ks.keys_only (a int, b int, PRIMARY KEY (a, b))");
  }

  @Test
  void readsTheSampleRow() {
    given()
        .get("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body(equalTo("{\"key\":\"hello\",\"value\":\"world\"}"));
  }

  @Test
  void aRowThatIsNotThereIsNotFound() {
    given()
        .get(simple("absent"))
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("row-not-found"))
        .body("status", equalTo(404));
  }

  @Test
  void aPartitionThatIsNotThereIsEmpty() {
    given().get(readings("absent")).then().statusCode(200).body(equalTo("[]"));
  }

  @Test
  void insertsARowAndSaysWhereItIs() {
    json()
        .body("{\"key\":\"a b\",\"value\":\"v\"}")
        .post("/v1/" + keyspace + "/simple")
        .then()
        .statusCode(201)
        .header("Location", equalTo("/v1/" + keyspace + "/simple/a%20b"))
        .body(equalTo(""));
    assertEquals(
        "v", one("SELECT value FROM %s.simple WHERE key = 'a b'".formatted(keyspace)).getString(0));
  }

  @Test
  void aKeyThatCannotStandInAPathHasNoLocation() {
    json()
        .body("{\"key\":\"..\"}")
        .post("/v1/" + keyspace + "/simple")
        .then()
        .statusCode(201)
        .header("Location", equalTo(null));
  }

  @Test
  void insertIsAnUpsertOfTheColumnsGiven() {
    execute(
        "INSERT INTO %s.simple (key, value, other) VALUES ('up', 'old', 1)".formatted(keyspace));
    json()
        .body("{\"key\":\"up\",\"value\":\"new\"}")
        .post("/v1/" + keyspace + "/simple")
        .then()
        .statusCode(201);
    given()
        .get(simple("up"))
        .then()
        .body(equalTo("{\"key\":\"up\",\"other\":1,\"value\":\"new\"}"));
  }

  @Test
  void putReplacesTheWholeRow() {
    execute(
        "INSERT INTO %s.simple (key, value, other) VALUES ('put', 'old', 1)".formatted(keyspace));
    json().body("{\"value\":\"new\"}").put(simple("put")).then().statusCode(204).body(equalTo(""));
    given()
        .get(simple("put"))
        .then()
        .body(equalTo("{\"key\":\"put\",\"other\":null,\"value\":\"new\"}"));
    json().body("{}").put(simple("put")).then().statusCode(204);
    given()
        .get(simple("put"))
        .then()
        .body(equalTo("{\"key\":\"put\",\"other\":null,\"value\":null}"));
  }

  @Test
  void whatWasReadCanBePutBack() {
    String body = "{\"key\":\"back\",\"other\":7,\"value\":\"v\"}";
    json().body(body).put(simple("back")).then().statusCode(204);
    String read = given().get(simple("back")).asString();
    assertEquals(body, read);
    json().body(read).put(simple("back")).then().statusCode(204);
  }

  @Test
  void putReplacesACollectionAndLeavesStaticColumnsAlone() {
    json()
        .body("{\"unit\":\"C\",\"tags\":[\"a\",\"b\"]}")
        .put(readings("put", 7, 5))
        .then()
        .statusCode(204);
    json().body("{\"tags\":[\"c\"]}").put(readings("put", 7, 5)).then().statusCode(204);
    given()
        .get(readings("put", 7, 5))
        .then()
        .body("tags", equalTo(List.of("c")))
        .body("unit", equalTo("C"));
  }

  @Test
  void patchMerges() {
    execute(
        "INSERT INTO %s.simple (key, value, other) VALUES ('patch', 'old', 1)".formatted(keyspace));
    json().body("{\"value\":null}").patch(simple("patch")).then().statusCode(204).body(equalTo(""));
    given()
        .get(simple("patch"))
        .then()
        .body(equalTo("{\"key\":\"patch\",\"other\":1,\"value\":null}"));
    given()
        .contentType("application/merge-patch+json")
        .body("{\"other\":2}")
        .patch(simple("patch"))
        .then()
        .statusCode(204);
    given().get(simple("patch")).then().body("other", equalTo(2));
  }

  @Test
  void patchLeavesNoTraceOnAbsentColumns() {
    json().body("{\"value\":\"v\"}").patch(simple("trace")).then().statusCode(204);
    Row absent =
        one(
            "SELECT writetime(value), writetime(other) FROM %s.simple WHERE key = 'trace'"
                .formatted(keyspace));
    assertEquals(false, absent.isNull(0));
    assertEquals(true, absent.isNull(1));
    // an older write of the absent column must win: nothing, not even a tombstone, was written
    // there
    execute(
        "INSERT INTO %s.simple (key, other) VALUES ('trace', 5) USING TIMESTAMP 1"
            .formatted(keyspace));
    given().get(simple("trace")).then().body("other", equalTo(5));
    json().body("{\"other\":null}").patch(simple("trace")).then().statusCode(204);
    execute(
        "INSERT INTO %s.simple (key, other) VALUES ('trace', 5) USING TIMESTAMP 1"
            .formatted(keyspace));
    given().get(simple("trace")).then().body("other", equalTo(null));
  }

  @Test
  void patchCreatesTheRowIfNeedBe() {
    json().body("{\"value\":\"v\"}").patch(simple("created")).then().statusCode(204);
    given().get(simple("created")).then().statusCode(200).body("value", equalTo("v"));
    json().body("{}").patch(simple("empty")).then().statusCode(204);
    given().get(simple("empty")).then().statusCode(200).body("value", equalTo(null));
    json().body("{}").patch("/v1/" + keyspace + "/keys_only/1/2").then().statusCode(204);
    given().get("/v1/" + keyspace + "/keys_only/1").then().body(equalTo("[{\"a\":1,\"b\":2}]"));
  }

  @Test
  void patchWritesStaticColumnsOfAPartition() {
    json().body("{\"celsius\":\"1.0\"}").put(readings("static", 7, 5)).then().statusCode(204);
    json().body("{\"unit\":\"K\"}").patch(readings("static")).then().statusCode(204);
    given().get(readings("static", 7, 5)).then().body("unit", equalTo("K"));
    json()
        .body("{\"unit\":\"F\",\"celsius\":\"2.0\"}")
        .patch(readings("static", 7, 5))
        .then()
        .statusCode(204);
    given()
        .get(readings("static"))
        .then()
        .body("unit", equalTo(List.of("F")))
        .body("celsius", equalTo(List.of("2.0")));
    json().body("{\"unit\":\"X\"}").patch(readings("static", 7, 5)).then().statusCode(204);
    given()
        .get(readings("static", 7, 5))
        .then()
        .body("unit", equalTo("X"))
        .body("celsius", equalTo("2.0"));
    json()
        .body("{\"celsius\":\"2.0\"}")
        .patch(readings("static"))
        .then()
        .statusCode(400)
        .body("code", equalTo("incomplete-primary-key"))
        .body("missing", equalTo(List.of("hour", "minute")));
  }

  @Test
  void readsAndDeletesSlices() {
    for (int hour = 1; hour <= 2; hour++) {
      for (int minute = 0; minute < 3; minute++) {
        json().body("{}").put(readings("slices", hour, minute)).then().statusCode(204);
      }
    }
    given().get(readings("slices")).then().body("size()", equalTo(6));
    given().get(readings("slices", 1)).then().body("minute", equalTo(List.of(0, 1, 2)));
    given().delete(readings("slices", 1, 1)).then().statusCode(204).body(equalTo(""));
    given().get(readings("slices", 1)).then().body("minute", equalTo(List.of(0, 2)));
    given().delete(readings("slices", 1)).then().statusCode(204);
    given().get(readings("slices")).then().body("hour", equalTo(List.of(2, 2, 2)));
    given().delete(readings("slices")).then().statusCode(204);
    given().get(readings("slices")).then().body(equalTo("[]"));
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    given().delete(simple("never")).then().statusCode(204);
  }

  @Test
  void namesAreCaseSensitiveAndNeedNoQuotes() {
    json().body("{\"Size\":1}").put("/v1/" + keyspace + "/OddNames/5").then().statusCode(204);
    given()
        .get("/v1/" + keyspace + "/OddNames/5")
        .then()
        .body(equalTo("{\"select\":5,\"Size\":1}"));
    given()
        .get("/v1/" + keyspace + "/oddnames/5")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-table"));
  }

  @Test
  void headIsGetWithoutTheBody() {
    var get = given().header("X-Request-Id", "same").get("/v1/my_keyspace/my_table/hello");
    var head = given().header("X-Request-Id", "same").head("/v1/my_keyspace/my_table/hello");
    assertEquals(get.headers().asList().toString(), head.headers().asList().toString());
    assertEquals("", head.asString());
    given().head(simple("absent")).then().statusCode(404);
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }

  private static String simple(String key) {
    return "/v1/" + keyspace + "/simple/" + key;
  }

  private static String readings(String station, Object... clustering) {
    StringBuilder path =
        new StringBuilder("/v1/" + keyspace + "/readings/" + station + "/2026-11-22");
    for (Object value : clustering) {
      path.append('/').append(value);
    }
    return path.toString();
  }
}
