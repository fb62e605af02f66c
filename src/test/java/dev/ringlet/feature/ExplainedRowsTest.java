package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What POST on a table would write, told instead of written. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class ExplainedRowsTest {
  private static final String EXPLAIN = "?explain=true";
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":%s}";

  private static String keyspace;
  private static String table;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "explained",
            "CREATE TABLE $ks.t (p int, c int, v text, tags set<text>, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.counters (k int PRIMARY KEY, n counter)");
    table = "/v1/" + keyspace + "/t";
  }

  @AfterEach
  void nothingIsWritten() {
    for (String name : List.of("t", "counters")) {
      assertEquals(List.of(), execute("SELECT * FROM " + keyspace + "." + name));
    }
  }

  @Test
  void aRowIsOneStatement() {
    json("{\"c\":2,\"p\":1,\"v\":\"x\"}")
        .header("Cassandra-TTL", "60")
        .header("Cassandra-Timestamp", "5")
        .header("Cassandra-Consistency", "ONE")
        .post(table + EXPLAIN)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Location", equalTo(null))
        .body("cql", startsWith("INSERT INTO " + keyspace + ".t (p, c, "))
        .body("values.findAll { it.name in ['p', 'c', 'v'] }.value", contains(1, 2, "x"))
        .body("consistency", equalTo("ONE"))
        .body("idempotent", equalTo(true))
        .body("ttl", equalTo(60))
        .body("timestamp", equalTo("5"))
        .body("$", not(hasKey("serial_consistency")));
    json("{\"c\":2,\"p\":1}")
        .header("If-None-Match", "*")
        .post(table + EXPLAIN)
        .then()
        .statusCode(200)
        .body("cql", containsString("IF NOT EXISTS"))
        .body("serial_consistency", equalTo("LOCAL_SERIAL"))
        .body("idempotent", equalTo(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          t        | op=merge                   | {"p":1,"c":2,"tags":{"$add":["a"]}} | UPDATE  | true
          counters | op=merge                   | {"k":1,"n":{"$inc":5}}              | UPDATE  | false
          t        | op=delete                  | {"p":1,"c":2}                       | DELETE  | true
          t        | op=insert&ttl=v&timestamp=w | {"p":1,"c":2,"v":9,"w":8}          | INSERT  | true
          """)
  void itIsOfEachOperation(String of, String query, String row, String begin, boolean idempotent) {
    json(row)
        .post("/v1/" + keyspace + "/" + of + "?explain=true&" + query)
        .then()
        .statusCode(200)
        .body("cql", startsWith(begin))
        .body("idempotent", equalTo(idempotent))
        .body("ttl", equalTo(query.contains("ttl=") ? 9 : null))
        .body("timestamp", equalTo(query.contains("ttl=") ? "8" : null));
  }

  @Test
  void anArrayIsAStatementOrTheErrorOfEachRow() {
    json("[{\"p\":1,\"c\":1},{\"p\":1,\"c\":\"x\"},{\"p\":1,\"c\":2,\"v\":\"y\"},7]")
        .post(table + EXPLAIN)
        .then()
        .statusCode(200)
        .body("$", not(hasKey("batch")))
        .body("statements.index", contains(0, 1, 2, 3))
        .body("statements[0].cql", startsWith("INSERT INTO "))
        .body("statements[0].consistency", equalTo("LOCAL_QUORUM"))
        .body("statements[1].status", equalTo(400))
        .body("statements[1].error.code", equalTo("invalid-value"))
        .body("statements[1].error.pointer", equalTo("/1/c"))
        .body("statements[2].values.findAll { it.name == 'v' }.value", contains("y"))
        .body("statements[3].error.code", equalTo("invalid-json"));
    json("[]").post(table + EXPLAIN).then().statusCode(200).body("statements", empty());
  }

  @Test
  void allRowsOrNoneAreABatch() {
    atomic("[{\"p\":1,\"c\":1},{\"p\":2,\"c\":1}]")
        .post(table + EXPLAIN)
        .then()
        .statusCode(200)
        .body("batch", equalTo("LOGGED"))
        .body("statements.index", contains(0, 1))
        .body("idempotent", equalTo(true));
    atomic("[{\"p\":1,\"c\":1},{\"p\":2}]")
        .post(table + EXPLAIN)
        .then()
        .statusCode(400)
        .body("code", equalTo("incomplete-primary-key"))
        .body("index", equalTo(1));
    atomic("[]").post(table + EXPLAIN).then().statusCode(200).body("statements", empty());
  }

  @ParameterizedTest
  @CsvSource({"100, 200", "101, 400"})
  void asManyRowsAreExplainedAsABatchMayHave(int rows, int status) {
    String array = Collections.nCopies(rows, "{\"p\":1,\"c\":1}").toString();
    for (RequestSpecification request : List.of(json(array), events(rows))) {
      request
          .post(table + EXPLAIN)
          .then()
          .statusCode(status)
          .body("limit", equalTo(status == 400 ? "ringlet.batch.max-rows" : null));
    }
  }

  @Test
  void anEventIsItsDataAndABatchOfThemAnArray() {
    given()
        .contentType("application/cloudevents+json")
        .body(EVENT.formatted("{\"p\":1,\"c\":1}"))
        .post(table + EXPLAIN)
        .then()
        .statusCode(200)
        .body("cql", startsWith("INSERT INTO "));
    events(2).post(table + EXPLAIN).then().statusCode(200).body("statements.index", contains(0, 1));
    events(1)
        .header("Prefer", "atomic")
        .post(table + EXPLAIN)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-preference"));
  }

  @Test
  void whatIsRefusedIsRefusedHereToo() {
    json("{\"p\":1}")
        .post(table + EXPLAIN)
        .then()
        .statusCode(400)
        .body("code", equalTo("incomplete-primary-key"));
    json("{\"k\":1}")
        .post("/v1/" + keyspace + "/counters" + EXPLAIN)
        .then()
        .statusCode(405)
        .body("code", equalTo("method-not-allowed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-ndjson | explain=true | {\"p\":1,\"c\":1}",
        "text/csv             | explain=true | p,c",
        "application/json     | explain      | {\"p\":1,\"c\":1}",
        "application/json     | explain=yes  | {\"p\":1,\"c\":1}",
      })
  void aStreamIsNotExplained(String type, String query, String body) {
    given()
        .contentType(type)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post(table + "?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("parameter", equalTo("explain"));
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private static RequestSpecification atomic(String body) {
    return json(body).header("Prefer", "atomic");
  }

  private static RequestSpecification events(int number) {
    String event = EVENT.formatted("{\"p\":1,\"c\":1}");
    return given()
        .contentType("application/cloudevents-batch+json")
        .body(Collections.nCopies(number, event).toString());
  }
}
