package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counter tables take {@code {"$inc": n}} and nothing else. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class CountersTest {
  private static String table;

  @BeforeAll
  static void createTables() {
    table =
        "/v1/"
            + Cassandra.keyspace(
                "counters",
                "CREATE TABLE $ks.visits (page text PRIMARY KEY, hits counter, misses counter)")
            + "/visits";
  }

  @Test
  void addsToEachCounterThatIsNamed() {
    json().body("{\"hits\":{\"$inc\":5}}").patch(table + "/home").then().statusCode(204);
    json()
        .body("{\"hits\":{\"$inc\":\"-2\"},\"misses\":{\"$inc\":1}}")
        .patch(table + "/home")
        .then()
        .statusCode(204);
    given()
        .get(table + "/home")
        .then()
        .body(equalTo("{\"page\":\"home\",\"hits\":\"3\",\"misses\":\"1\"}"));
    String keyspace = table.split("/", -1)[2];
    assertEquals(
        3, one("SELECT hits FROM %s.visits WHERE page = 'home'".formatted(keyspace)).getLong(0));
  }

  @Test
  void deletesTheRow() {
    json().body("{\"hits\":{\"$inc\":1}}").patch(table + "/gone").then().statusCode(204);
    given().delete(table + "/gone").then().statusCode(204);
    given().get(table + "/gone").then().statusCode(404);
  }

  @Test
  void refusesPlainValues() {
    json()
        .body("{\"hits\":5}")
        .patch(table + "/home")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-value"))
        .body("column", equalTo("hits"))
        .body("expected", equalTo("{\"$inc\": n}"));
  }

  @Test
  void refusesToInsertOrReplace() {
    json()
        .body("{\"page\":\"x\"}")
        .post(table)
        .then()
        .statusCode(405)
        .header("Allow", equalTo("GET, HEAD, OPTIONS, POST, PATCH, DELETE"))
        .body("code", equalTo("method-not-allowed"))
        .body("detail", containsString("op=merge"))
        .body("allowed", equalTo(List.of("GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE")));
    given()
        .options(table)
        .then()
        .header("Allow", equalTo("GET, HEAD, OPTIONS, POST, PATCH, DELETE"))
        .header("Accept-Post", containsString("application/x-ndjson"));
    json()
        .body("{}")
        .put(table + "/home")
        .then()
        .statusCode(405)
        .header("Allow", equalTo("GET, HEAD, OPTIONS, PATCH, DELETE"));
  }

  @Test
  void addsToThoseOfManyRows() {
    json()
        .body(
            "[{\"page\":\"a\",\"hits\":{\"$inc\":2}},{\"page\":\"b\",\"hits\":5},{\"page\":\"c\"},"
                + "{\"page\":\"a\",\"hits\":{\"$inc\":3},\"misses\":{\"$inc\":\"-1\"}}]")
        .post(table + "?op=merge")
        .then()
        .statusCode(200)
        .body("written", equalTo(2))
        .body("outcomes.error.code", equalTo(List.of("invalid-value", "no-columns")));
    given()
        .contentType("text/csv")
        .body("page,hits,misses\na,10,\n".getBytes(StandardCharsets.UTF_8))
        .post(table + "?op=merge")
        .then()
        .body(equalTo("{\"written\":1,\"failed\":0}\n"));
    given()
        .get(table + "/a")
        .then()
        .body(equalTo("{\"page\":\"a\",\"hits\":\"15\",\"misses\":\"-1\"}"));
    json().body("[{\"page\":\"a\"}]").post(table + "?op=delete").then().body("written", equalTo(1));
    given().get(table + "/a").then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource({
    "'op=merge&ttl=t', '', invalid-parameter, ttl",
    "'op=merge&timestamp=t', '', invalid-parameter, timestamp",
    "op=merge, 'Cassandra-TTL: 5', invalid-header, Cassandra-TTL",
    "op=merge, 'If-Match: *', condition-not-possible, ",
    "op=merge, 'Prefer: atomic', invalid-preference, atomic",
  })
  void refusesForAllRowsWhatCountersHaveNot(
      String query, String header, String code, String culprit) {
    RequestSpecification request = json();
    if (!header.isEmpty()) {
      request.header(header.split(": ", 2)[0], header.split(": ", 2)[1]);
    }
    Map<String, Object> problem =
        request
            .body("[{\"page\":\"x\",\"hits\":{\"$inc\":1}}]")
            .post(table + "?" + query)
            .then()
            .statusCode(400)
            .extract()
            .jsonPath()
            .getMap("");
    assertEquals(code, problem.get("code"));
    assertTrue(culprit == null || problem.containsValue(culprit), problem.toString());
    given().get(table + "/x").then().statusCode(404);
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }
}
