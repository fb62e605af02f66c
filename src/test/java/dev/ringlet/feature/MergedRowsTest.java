package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many rows that are changed, and that have a TTL and a write timestamp of their own. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class MergedRowsTest {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";
  private static String keyspace;
  private static String table;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "merged",
            "CREATE TYPE $ks.address (street text, zip int)",
            "CREATE TABLE $ks.t (p int, c int, st text static, v text, n int, tags set<text>, l list<int>,"
                + " m map<text, int>, a address, \"__ttl\" int, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.plain (k int PRIMARY KEY, v text) WITH default_time_to_live = 5000");
    table = "/v1/" + keyspace + "/t";
  }

  @BeforeEach
  void empty() {
    execute("TRUNCATE " + keyspace + ".t");
  }

  private static final List<String> CHANGES =
      List.of(
          "{\"p\":1,\"c\":1,\"v\":\"new\",\"tags\":{\"$add\":[\"b\"],\"$remove\":[\"a\"]},\"l\":{\"$prepend\":[0]},"
              + "\"a\":{\"zip\":2},\"n\":null}",
          "{\"c\":2,\"p\":1,\"m\":{\"$add\":{\"x\":1}}}",
          "{\"p\":1,\"st\":\"of all\"}",
          "{\"p\":2,\"c\":7}",
          "{\"p\":1,\"v\":\"x\"}",
          "{\"p\":1}",
          "{\"p\":1,\"c\":null,\"st\":\"x\"}",
          "{\"p\":1,\"c\":3,\"n\":{\"$add\":[1]}}");

  @ParameterizedTest
  @ValueSource(strings = {JSON, NDJSON})
  void eachRowIsChangedAsAPatchDoes(String type) {
    execute(
        "INSERT INTO %s.t (p, c, v, n, tags, l, a) VALUES (1, 1, 'old', 5, {'a', 'k'}, [1], {street: 's', zip: 1})"
            .formatted(keyspace));
    boolean array = type.equals(JSON);
    String body = array ? CHANGES.toString() : String.join("\n", CHANGES);
    String answer =
        post(type, body, "op=merge", "Prefer: return=outcomes")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    for (int i = 0; i < CHANGES.size(); i++) {
      String status = i < 4 ? "204}" : "400,";
      assertTrue(answer.contains("{\"index\":" + i + ",\"status\":" + status), answer);
    }
    assertTrue(answer.contains("\"written\":4,\"failed\":4"), answer);
    given()
        .get(table + "/1/1")
        .then()
        .body("v", equalTo("new"))
        .body("n", equalTo(null))
        .body("tags", contains("b", "k"))
        .body("l", contains(0, 1))
        .body("a", equalTo(java.util.Map.of("street", "s", "zip", 2)))
        .body("st", equalTo("of all"));
    given().get(table + "/1/2").then().body("m", equalTo(java.util.Map.of("x", 1)));
    given().get(table + "/2/7").then().statusCode(200);
  }

  @Test
  void inCsvFieldsAreValuesAndAnEmptyOneIsNull() {
    post(CSV, "p,c,v,n\n1,1,a,1\n1,2,b,2\n", "").then().statusCode(200);
    post(CSV, "p,c,v,a\n1,1,,\"{\"\"zip\"\":1}\"\n1,2,\"\",\n", "op=merge")
        .then()
        .body(equalTo("{\"written\":2,\"failed\":0}\n"));
    given()
        .get(table + "/1/1")
        .then()
        .body("v", equalTo(null))
        .body("n", equalTo(1))
        .body("a.zip", equalTo(1));
    given().get(table + "/1/2").then().body("v", equalTo("")).body("n", equalTo(2));
    post(CSV, "st,p\nshared,1\n", "op=merge").then().body(containsString("\"written\":1"));
    given().get(table + "/1/1").then().body("st", equalTo("shared"));
  }

  @Test
  void oneRowIsAnsweredAsAPatch() {
    post(JSON, "{\"p\":1,\"c\":1,\"v\":\"a\"}", "op=merge").then().statusCode(204);
    post(JSON, "{\"p\":1,\"c\":1,\"n\":5}", "op=merge", "Prefer: return=representation")
        .then()
        .statusCode(200)
        .body("v", equalTo("a"))
        .body("n", equalTo(5));
  }

  @Test
  void eachRowMayHaveToBeThere() {
    post(JSON, "{\"p\":1,\"c\":1,\"v\":\"a\"}", "").then().statusCode(201);
    post(
            JSON,
            "[{\"p\":1,\"c\":1,\"n\":5},{\"p\":1,\"c\":2,\"n\":5},{\"p\":1,\"st\":\"x\"}]",
            "op=merge",
            "If-Match: *")
        .then()
        .body("written", equalTo(1))
        .body("outcomes.status", contains(412, 400))
        .body("outcomes[1].error.code", equalTo("condition-not-possible"));
    for (String header : List.of("If-Match: \"x\"", "If-None-Match: *")) {
      post(JSON, "[{\"p\":1,\"c\":1,\"n\":5}]", "op=merge", header)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-header"));
    }
  }

  @Test
  void changesOfManyKindsAreWrittenTogether() {
    String changes =
        "[{\"p\":1,\"c\":1,\"v\":\"a\"},{\"p\":2,\"c\":1,\"tags\":{\"$add\":[\"b\"]},\"__ttl\":90},"
            + "{\"p\":3,\"st\":\"x\"}%s]";
    post(JSON, changes.formatted(",{\"p\":4}"), "op=merge&ttl=__ttl", "Prefer: atomic")
        .then()
        .statusCode(400)
        .body("index", equalTo(3));
    given().get(table + "/1/1").then().statusCode(404);
    post(JSON, changes.formatted(""), "op=merge&ttl=__ttl", "Prefer: atomic")
        .then()
        .statusCode(200)
        .body("written", equalTo(3));
    given().get(table + "/1/1").then().body("v", equalTo("a"));
    given().get(table + "/2/1").then().body("tags", contains("b"));
    given().get(table + "/3").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, ''",
    "application/x-ndjson, op=merge",
    "text/csv, op=insert",
    "text/csv, op=merge"
  })
  void eachRowHasItsOwnTtlAndTimestamp(String type, String op) {
    String rows =
        switch (type) {
          case CSV ->
              "p,c,v,__ttl,__time\n1,1,a,100,5000\n1,2,b,,\n1,3,c,0,7000\n1,4,d,-1,\n1,5,e,,x\n";
          default -> {
            List<String> all =
                List.of(
                    row(1, "\"__ttl\":100,\"__time\":\"5000\""),
                    row(2, "\"__time\":null"),
                    row(3, "\"__ttl\":0,\"__time\":7000"),
                    row(4, "\"__ttl\":-1"),
                    row(5, "\"__time\":\"x\""));
            yield type.equals(JSON) ? all.toString() : String.join("\n", all);
          }
        };
    String answer =
        post(
                type,
                rows,
                op + "&ttl=__ttl&timestamp=__time",
                "Cassandra-TTL: 900",
                "Cassandra-Timestamp: 6000")
            .asString();
    assertTrue(answer.contains("\"written\":3,\"failed\":2"), answer);
    assertTrue(answer.contains("\"column\":\"__ttl\""), answer);
    assertTrue(answer.contains("\"limit\":\"ringlet.ttl.max\""), answer);
    assertTrue(answer.contains("\"column\":\"__time\""), answer);
    assertStored(1, 100, 5000);
    assertStored(2, 900, 6000);
    assertStored(3, 0, 7000);
    assertEquals(null, one(select(1, "\"__ttl\"")).getObject(0));
  }

  private static String row(int c, String more) {
    return "{\"p\":1,\"c\":" + c + ",\"v\":\"x\"," + more + "}";
  }

  private static void assertStored(int c, int ttl, long timestamp) {
    Row row = one(select(c, "ttl(v), writetime(v)"));
    assertTrue(row.getInt(0) <= ttl && row.getInt(0) >= ttl - 60, c + " has " + row.getInt(0));
    assertEquals(timestamp, row.getLong(1));
  }

  private static String select(int c, String what) {
    return "SELECT %s FROM %s.t WHERE p = 1 AND c = %d".formatted(what, keyspace, c);
  }

  @Test
  void aTtlOfZeroIsNoneWhateverTheTableHas() {
    String plain = "/v1/" + keyspace + "/plain?ttl=t";
    given()
        .contentType(JSON)
        .body(
            "[{\"k\":1,\"v\":\"a\",\"t\":0},{\"k\":2,\"v\":\"a\"},{\"k\":3,\"v\":\"a\",\"t\":60}]")
        .post(plain)
        .then()
        .body("written", equalTo(3));
    String ttl = "SELECT ttl(v) FROM " + keyspace + ".plain WHERE k = ";
    assertEquals(null, one(ttl + 1).getObject(0));
    assertTrue(one(ttl + 2).getInt(0) > 4000);
    assertTrue(one(ttl + 3).getInt(0) <= 60);
  }

  @Test
  void aDeletionHasATimestampAndNoTtl() {
    post(
            JSON,
            "[{\"p\":1,\"c\":1,\"v\":\"a\"},{\"p\":1,\"c\":2,\"v\":\"a\"}]",
            "",
            "Cassandra-Timestamp: 5000")
        .then()
        .body("written", equalTo(2));
    post(
            JSON,
            "[{\"p\":1,\"c\":1,\"t\":4000},{\"p\":1,\"c\":2,\"t\":6000}]",
            "op=delete&timestamp=t")
        .then()
        .body("written", equalTo(2));
    given().get(table + "/1/1").then().statusCode(200);
    given().get(table + "/1/2").then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource({
    "op=delete&ttl=t, Accept: */*, ttl",
    "timestamp=t, If-None-Match: *, timestamp",
    "timestamp=t, Prefer: atomic, timestamp",
    "ttl=60, Accept: */*, ttl",
    "timestamp=1700000000000000, Accept: */*, timestamp",
    "ttl=, Accept: */*, ttl",
    "ttl=t&ttl=u, Accept: */*, ttl",
    "ttl=t&timestamp=t, Accept: */*, timestamp",
    "op=upsert, Accept: */*, op",
  })
  void refusesForAllRowsWhatIsRightForNone(String query, String header, String parameter) {
    post(JSON, "[]", query, header)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("parameter", equalTo(parameter));
  }

  @Test
  void csvThatLacksTheColumnIsRefusedAsAWhole() {
    post(CSV, "p,c,v\n1,1,a\n", "ttl=__ttl")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-csv"))
        .body("column", equalTo("__ttl"));
  }

  @Test
  void aClientMayLoadGently() {
    StringBuilder rows = new StringBuilder("p,c,v\n");
    for (int i = 0; i < 300; i++) {
      rows.append("1,").append(i).append(",a\n");
    }
    post(CSV, rows.toString(), "op=merge", "Prefer: concurrency=1, return=outcomes")
        .then()
        .header("Preference-Applied", equalTo("concurrency=1, return=outcomes"))
        .body(containsString("\"written\":300"));
    String l = "{\"p\":1,\"c\":1,\"l\":{\"$add\":[%d]}}";
    post(
            NDJSON,
            l.formatted(1) + "\n" + l.formatted(2) + "\n" + l.formatted(3),
            "op=merge",
            "Prefer: concurrency=1")
        .then()
        .statusCode(200);
    given().get(table + "/1/1").then().body("l", contains(1, 2, 3));
    for (String number : List.of("0", "129", "-1", "many", "\"\"")) {
      post(JSON, "[]", "", "Prefer: concurrency=" + number)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-preference"))
          .body("preference", equalTo("concurrency"));
    }
  }

  private static Response post(String type, String body, String query, String... headers) {
    var request = given().contentType(type);
    for (String header : headers) {
      request.header(header.split(": ", 2)[0], header.split(": ", 2)[1]);
    }
    return request
        .urlEncodingEnabled(false)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post(table + (query.isEmpty() ? "" : "?" + query.replaceFirst("^&", "")));
  }
}
