package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
        .header("Allow", equalTo("GET, HEAD, OPTIONS"))
        .body("code", equalTo("method-not-allowed"))
        .body("allowed", equalTo(List.of("GET", "HEAD", "OPTIONS")));
    json()
        .body("{}")
        .put(table + "/home")
        .then()
        .statusCode(405)
        .header("Allow", equalTo("GET, HEAD, OPTIONS, PATCH, DELETE"));
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }
}
