package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Something of everything, for other versions of Cassandra than the build's own: {@code ./mvnw test
 * -Dtest=VersionsTest -Dcassandra.version=4.1.10}. What the version lacks, it is asked for.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class VersionsTest {
  private static final Logger LOG = Logger.getLogger(VersionsTest.class);
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "versions",
            "CREATE TYPE $ks.address (street text, zip int)",
            "CREATE TABLE $ks.things (k int, c text, n int, at timestamp, s text static,"
                + " l list<text>, m map<text, int>, t frozen<tuple<int, text>>, a address,"
                + " d duration, e decimal, PRIMARY KEY (k, c))",
            "CREATE TABLE $ks.hits (page text PRIMARY KEY, n counter)");
  }

  @Test
  void isTheVersionThatWasAskedFor() {
    String version = one("SELECT release_version FROM system.local").getString(0);
    LOG.infof("Cassandra %s", version);
    assertEquals(System.getProperty("cassandra.version"), version);
  }

  @Test
  void rowsAreWrittenReadChangedAndDeleted() {
    String row =
        "{\"k\":1,\"c\":\"x\",\"a\":{\"street\":\"y\",\"zip\":2},"
            + "\"at\":\"2026-11-22T10:00:00.120Z\",\"d\":\"1mo2d\",\"e\":\"1.50\",\"l\":[\"a\",\"b\"],"
            + "\"m\":{\"i\":1},\"n\":3,\"t\":[1,null],\"s\":\"st\"}";
    json(row).post(path("things")).then().statusCode(201);
    given().get(path("things/1/x")).then().statusCode(200).body(equalTo(row));
    json("{\"l\":{\"$add\":[\"c\"]},\"n\":null}").patch(path("things/1/x")).then().statusCode(204);
    given()
        .get(path("things/1/x?select=l,n"))
        .then()
        .body(equalTo("{\"l\":[\"a\",\"b\",\"c\"],\"n\":null}"));
    given().delete(path("things/1/x")).then().statusCode(204);
    given().get(path("things/1/x")).then().statusCode(404);
  }

  @Test
  void manyRowsAreWrittenAndReadByPages() {
    given()
        .contentType("text/csv")
        .body("k,c,n\n2,a,1\n2,b,2\n2,c,3\n".getBytes(UTF_8))
        .post(path("things"))
        .then()
        .body(equalTo("{\"written\":3,\"failed\":0}\n"));
    String next =
        given()
            .get(path("things/2?select=c&order=c.desc&limit=2"))
            .then()
            .body("c", equalTo(List.of("c", "b")))
            .extract()
            .header("Link")
            .replaceFirst("^.*<([^>]*)>; *rel=\"?next.*$", "$1");
    given().urlEncodingEnabled(false).get(next).then().body("c", equalTo(List.of("a")));
    given()
        .get(path("things/2?c=gt.a&select=c,total:sum(n)"))
        .then()
        .body("total", equalTo(List.of(5)));
  }

  @Test
  void conditionsCountersAndBatchesAreKept() {
    json("{\"n\":1}").header("If-None-Match", "*").put(path("things/3/x")).then().statusCode(204);
    json("{\"n\":1}").header("If-None-Match", "*").put(path("things/3/x")).then().statusCode(412);
    json("{\"n\":{\"$inc\":5}}").patch(path("hits/home")).then().statusCode(204);
    given().get(path("hits/home")).then().body("n", equalTo("5"));
    json("[{\"delete\":\"" + path("things/3/x") + "\"}]")
        .post("/v1")
        .then()
        .body(equalTo("{\"written\":1,\"failed\":0,\"outcomes\":[]}"));
    given().get(path("things/3/x")).then().statusCode(404);
  }

  /** A statement that a version may not know, and a request that is answered where it does. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          SAI     | CREATE INDEX ON $ks.things (n) USING 'sai'                    | things?n=gt.100   | []
          SASI    | CREATE CUSTOM INDEX ON $ks.things (at) USING 'org.apache.cassandra.index.sasi.SASIIndex' | things?at=gt.4102444800000 | []
          indexes | CREATE INDEX ON $ks.things (e)                                | things?e=eq.77    | []
          views   | CREATE MATERIALIZED VIEW $ks.by_n AS SELECT k, c, n FROM $ks.things WHERE k IS NOT NULL AND c IS NOT NULL AND n IS NOT NULL PRIMARY KEY (n, k, c) | by_n/100 | []
          vectors | CREATE TABLE $ks.vectors (k int PRIMARY KEY, v vector<float, 2>) | vectors/1      | {"k":1,"v":[0.5,-1.0]}
          casts   | SELECT CAST(at AS bigint) FROM $ks.things WHERE k = 9         | things/9?select=cast(at+as+bigint) | []
          """)
  void whatTheVersionHasIsServed(String what, String statement, String request, String answer) {
    Cassandra.require(statement.replace("$ks", keyspace));
    Cassandra.awaitSeen(keyspace);
    if (answer.startsWith("{")) {
      json(answer).post(path(what)).then().statusCode(201);
    }
    await() // an index is seen later than its table
        .untilAsserted(
            () ->
                given()
                    .urlEncodingEnabled(false)
                    .get(path(request))
                    .then()
                    .statusCode(200)
                    .body(equalTo(answer)));
  }

  @Test
  void whatTheVersionDoesNotKnowIsRefused() {
    boolean known =
        Cassandra.takes(
            "UPDATE %s.things SET n = 1 WHERE k = 8 AND c = 'x' IF l CONTAINS 'a'"
                .formatted(keyspace));
    json("{\"n\":1}")
        .patch(path("things/8/x?l=contains.a"))
        .then()
        .statusCode(known ? 412 : 400)
        .body("code", equalTo(known ? "condition-failed" : "refused-by-cassandra"));
  }

  private static String path(String rest) {
    return "/v1/" + keyspace + "/" + rest;
  }

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }
}
