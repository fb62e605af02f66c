package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that indexes cannot take: refused before Cassandra has them, however they are written. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class IndexedValuesTest {
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "indexed",
            "CREATE TABLE $ks.t (k int PRIMARY KEY, v vector<float, 3>, l list<text>,"
                + " s set<text>, n int)",
            "CREATE INDEX by_v ON $ks.t (v) USING 'sai'",
            "CREATE INDEX by_s ON $ks.t (s) USING 'sai'",
            "CREATE TABLE $ks.lists (k int PRIMARY KEY, l list<frozen<vector<float, 3>>>, n int)",
            "CREATE INDEX by_l ON $ks.lists (l) USING 'sai'",
            "CREATE TABLE $ks.keyed (k int, c text, d text, PRIMARY KEY (k, c, d))",
            "CREATE TABLE $ks.viewed (k int PRIMARY KEY, v text)",
            "CREATE MATERIALIZED VIEW $ks.secret AS SELECT * FROM $ks.viewed WHERE v IS NOT NULL"
                + " AND k IS NOT NULL PRIMARY KEY (v, k)",
            "CREATE TABLE $ks.statics (p int, c int, s text static, v vector<float, 3>,"
                + " PRIMARY KEY (p, c))",
            "CREATE INDEX near ON $ks.statics (v) USING 'sai'");
  }

  private static RequestSpecification json(String... headers) {
    RequestSpecification request = given().contentType("application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request = request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static void assertRefused(ValidatableResponse answer, String index) {
    answer
        .statusCode(400)
        .body("code", equalTo("invalid-value"))
        .body("indexed_by", equalTo(index))
        .body("", hasKey("expected"))
        .body("", hasKey("got"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0,0,0]",
        "[1E-45,0,0]",
        "[1,\"NaN\",0]",
        "[1,\"Infinity\",0]",
        "[1,0,\"-Infinity\"]",
        "[1.00000007E17,0,0]"
      })
  void aVectorIsRefusedInEveryForm(String vector) {
    Cassandra.requireIndex(keyspace, "by_v");
    String table = "/v1/" + keyspace + "/t";
    String value = "{\"v\":" + vector + "}";
    String row = "{\"k\":7,\"v\":" + vector + "}";
    assertRefused(json().body(value).put(table + "/7").then(), "by_v");
    assertRefused(json().body(value).patch(table + "/7").then(), "by_v");
    assertRefused(json("If-Match", "*").body(value).put(table + "/7").then(), "by_v");
    assertRefused(json("If-Match", "\"x\"").body(value).patch(table + "/7").then(), "by_v");
    assertRefused(json("If-None-Match", "*").body(value).put(table + "/7").then(), "by_v");
    assertRefused(json("Cassandra-TTL", "60").body(value).put(table + "/7").then(), "by_v");
    assertRefused(json().body(row).post(table).then(), "by_v");
    assertRefused(json("Prefer", "atomic").body("[" + row + "]").post(table).then(), "by_v");
    for (String type : List.of("application/json", "application/x-ndjson", "text/csv")) {
      String rows =
          switch (type) {
            case "application/json" -> "[{\"k\":8}," + row + "]";
            case "text/csv" -> "k,v\n8,\n7,\"" + vector.replace("\"", "\"\"") + "\"\n";
            default -> "{\"k\":8}\n" + row + "\n";
          };
      given()
          .contentType(type)
          .body(rows.getBytes(StandardCharsets.UTF_8))
          .post(table)
          .then()
          .statusCode(200)
          .body(containsString("\"written\":1,\"failed\":1"))
          .body(containsString("\"indexed_by\":\"by_v\""));
    }
    assertRefused(given().get(table + "?order=v.ann." + vector).then(), "by_v");
    assertEquals(List.of(), execute("SELECT k FROM " + keyspace + ".t WHERE k = 7"));
  }

  @ParameterizedTest
  @CsvSource({"8192,204", "8193,400"})
  void aTermIsRefusedBeyondTheLimitOfItsIndex(int length, int status) {
    Cassandra.requireIndex(keyspace, "by_s");
    String row = "/v1/" + keyspace + "/t/1";
    String set = "[\"" + "x".repeat(length) + "\"]";
    json().body("{\"s\":" + set + "}").put(row).then().statusCode(status);
    json().body("{\"s\":{\"$add\":" + set + "}}").patch(row).then().statusCode(status);
    json().body("{\"s\":{\"$remove\":" + set + "}}").patch(row).then().statusCode(204);
  }

  @Test
  void aColumnOfVectorsInAListIsNotTouched() {
    Cassandra.requireIndex(keyspace, "by_l");
    String row = "/v1/" + keyspace + "/lists/1";
    json().body("{\"n\":1}").patch(row).then().statusCode(204);
    json().body("{\"n\":2}").patch(row).then().statusCode(204);
    json().body("{\"n\":1}").put(row).then().statusCode(204);
    json().body("{\"n\":1,\"l\":null}").put(row).then().statusCode(204);
    for (String value : List.of("[[1,0,0]]", "{\"$add\":[[1,0,0]]}", "{\"$remove\":[[1,0,0]]}")) {
      assertRefused(json().body("{\"l\":" + value + "}").patch(row).then(), "by_l");
    }
    given().delete(row).then().statusCode(204);
  }

  @Test
  void keysThatAreTooLongTogether() {
    String table = "/v1/" + keyspace + "/keyed";
    String row = "{\"k\":1,\"c\":\"%s\",\"d\":\"%s\"}";
    String fits = row.formatted("c".repeat(32_768), "d".repeat(32_767));
    String tooLong = row.formatted("c".repeat(32_768), "d".repeat(32_768));
    json().body(fits).post(table).then().statusCode(201);
    for (String path : List.of(table, table + "?op=delete")) {
      json()
          .body(tooLong)
          .post(path)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-value"))
          .body("expected", equalTo("at most 65535 bytes of the clustering columns"))
          .body("", not(hasKey("indexed_by")));
    }
  }

  /** Which may be none of the caller's. */
  @Test
  void aViewIsNotNamed() {
    json()
        .body("{\"v\":\"%s\"}".formatted("v".repeat(65_536)))
        .put("/v1/" + keyspace + "/viewed/1")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-value"))
        .body("expected", equalTo("at most 65535 bytes of the partition key of a view"));
  }

  @ParameterizedTest
  @CsvSource({"s,400", "'s,p',400", "'s,c',200", "'s,v',200", "p,200"})
  void aVectorSearchDoesNotGiveStaticColumnsAlone(String select, int status) {
    Cassandra.requireIndex(keyspace, "near");
    String table = "/v1/" + keyspace + "/statics";
    json().body("{\"s\":\"x\",\"v\":[1,2,3]}").put(table + "/1/1").then().statusCode(204);
    ValidatableResponse answer =
        given().get(table + "?order=v.ann.[1,2,3]&limit=1&select=" + select).then();
    answer.statusCode(status);
    if (status == 400) {
      answer.body("code", equalTo("invalid-parameter")).body("parameter", equalTo("select"));
    }
  }
}
