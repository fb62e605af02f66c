package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tuples of clustering columns, bounds of timeuuids, and the order of several partitions. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class RangesTest {
  private static final Instant LAST = Instant.parse("5236-03-31T21:21:00.683Z");
  private static final Instant NEXT = LAST.plusMillis(1);

  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "ranges",
            "CREATE TABLE $ks.t (p int, c1 int, \"C,2\" text, c3 int, v int,"
                + " PRIMARY KEY (p, c1, \"C,2\", c3))"
                + " WITH CLUSTERING ORDER BY (c1 ASC, \"C,2\" DESC, c3 ASC)",
            "CREATE TABLE $ks.events (p int, id timeuuid, v int, PRIMARY KEY (p, id))");
    for (int p = 1; p <= 2; p++) {
      for (int c1 = 1; c1 <= 3; c1++) {
        for (String c2 : List.of("a", "b,c", "d")) {
          for (int c3 = 1; c3 <= 2; c3++) {
            execute(
                "INSERT INTO %s.t (p, c1, \"C,2\", c3, v) VALUES (?, ?, ?, ?, ?)"
                    .formatted(keyspace),
                p,
                c1,
                c2,
                c3,
                p * 100 + c1 * 10 + c3);
          }
        }
      }
    }
    for (int hour = 0; hour < 4; hour++) {
      execute(
          "INSERT INTO %s.events (p, id, v) VALUES (1, maxTimeuuid('2026-11-22T0%d:00:00Z'), %d)"
              .formatted(keyspace, hour, hour));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(c1,\"C,2\")=gt.(1,\"b,c\") | (c1, \"C,2\") > (1, 'b,c')",
        "(c1,\"C,2\")=lte.(2,a) | (c1, \"C,2\") <= (2, 'a')",
        "(c1,\"C,2\",c3)=gte.(2,\"b,c\",2) | (c1, \"C,2\", c3) >= (2, 'b,c', 2)",
        "(c1,\"C,2\")=gte.(1,\"d\")&c1=lt.3 | (c1, \"C,2\") >= (1, 'd') AND c1 < 3",
        "(c1,\"C,2\")=eq.(2,d) | (c1, \"C,2\") = (2, 'd')",
        "(c1,\"C,2\")=in.((1,a),(3,\"b,c\")) | (c1, \"C,2\") IN ((1, 'a'), (3, 'b,c'))",
        "c1=eq.2&(\"C,2\",c3)=lt.(d,2) | c1 = 2 AND (\"C,2\", c3) < ('d', 2)"
      })
  void comparesTuplesAsCqlDoes(String query, String where) {
    List<String> driver =
        execute("SELECT v, \"C,2\" FROM %s.t WHERE p = 1 AND %s".formatted(keyspace, where))
            .stream()
            .map(row -> row.getInt(0) + row.getString(1))
            .toList();
    assertTrue(!driver.isEmpty() && driver.size() < 18);
    assertEquals(driver, rows(get("/t/1?" + query)));
    assertEquals(driver, rows(get("/t?p=eq.1&" + query)));
  }

  @Test
  void deletesRangesOfTuples() {
    execute("INSERT INTO %s.t (p, c1, \"C,2\", c3) VALUES (9, 1, 'a', 1)".formatted(keyspace));
    execute("INSERT INTO %s.t (p, c1, \"C,2\", c3) VALUES (9, 2, 'a', 1)".formatted(keyspace));
    given()
        .urlEncodingEnabled(true)
        .queryParam("(c1,\"C,2\")", "gt.(1,a)")
        .delete("/v1/" + keyspace + "/t/9")
        .then()
        .statusCode(204);
    assertEquals(1, execute("SELECT * FROM %s.t WHERE p = 9".formatted(keyspace)).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(p,c1)=gt.(1,1) | p",
        "(c1,v)=gt.(1,1) | v",
        "(\"C,2\",c1)=gt.(a,1) | c1",
        "(c1,c3)=gt.(1,1) | c3",
        "(c1,\"C,2\")=gt.(1) | c1,C,2",
        "(c1,\"C,2\")=contains.(1,a) | c1,C,2",
        "(c1,\"C,2\")=gt.(1,a)&c1=eq.1 | c1",
        "(\"C,2\",c3)=gt.(a,1) | C,2"
      })
  void refusesTuplesThatCqlRefuses(String query, String column) {
    for (String scan : List.of("", "&scan=true")) {
      get("/t/1?" + query + scan)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-filter"))
          .body("column", equalTo(column));
    }
  }

  /** Cassandra would fail, or take the time for another one. */
  @ParameterizedTest
  @CsvSource({
    "gte.min,1582-10-14T23:59:59.999Z,400",
    "gte.min,1582-10-15T00:00:00.000Z,200",
    "gt.max,1582-10-15T00:00:00.000Z,200",
    "lt.max,LAST,200",
    "lte.min,LAST,200",
    "lt.max,NEXT,400",
    "eq.max,NEXT,400",
    "lt.max,+292278994-08-17T07:12:55.807Z,400",
    "gt.min,-292275055-05-16T16:47:04.192Z,400"
  })
  void takesTheTimesThatUuidsHave(String bound, String time, int status) {
    String exact = time.replace("LAST", LAST.toString()).replace("NEXT", NEXT.toString());
    Response rows = get("/events/1?id=" + bound + "_timeuuid(" + exact + ")");
    rows.then().statusCode(status);
    if (status == 400) {
      rows.then()
          .body("code", equalTo("invalid-value"))
          .body("column", equalTo("id"))
          .body("hint", containsString("to " + LAST + "."));
    }
  }

  @Test
  void deletesNothingByATimeThatUuidsDoNotHave() {
    int before = execute("SELECT v FROM %s.events WHERE p = 1".formatted(keyspace)).size();
    given()
        .urlEncodingEnabled(false)
        .delete("/v1/" + keyspace + "/events/1?id=lt.max_timeuuid(" + NEXT + ")")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-value"));
    assertEquals(before, execute("SELECT v FROM %s.events WHERE p = 1".formatted(keyspace)).size());
  }

  @ParameterizedTest
  @CsvSource({"gt.max,23", "gte.max,123", "gt.min,123", "lt.min,0", "lte.max,01", "eq.max,1"})
  void findsTimeuuidsByTime(String bound, String found) {
    Response rows = get("/events/1?id=" + bound + "_timeuuid(2026-11-22T01:00:00Z)&select=v");
    rows.then().statusCode(200);
    assertEquals(found, String.join("", rows.jsonPath().getList("v.collect { it.toString() }")));
    get("/events/1?id=in.(max_timeuuid(2026-11-22T01:00:00Z),max_timeuuid(2026-11-22T02:00:00Z))")
        .then()
        .body("v", equalTo(List.of(1, 2)));
    get("/events/1?id=gt.max_timeuuid(2026-11-22T01:00:00Z)&explain=true")
        .then()
        .body("cql", containsString("id > maxTimeuuid(?)"))
        .body("values[1].cql_type", equalTo("timestamp"));
    get("/events/1?id=gt.max_timeuuid(yesterday)")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-value"))
        .body("column", equalTo("id"));
  }

  @Test
  void aStreamTakesTheMostThatCqlDoes() {
    String all = "/t?p=eq.1&select=c1&limit=2147483647&per_partition=2147483647";
    given()
        .accept("application/x-ndjson")
        .get("/v1/" + keyspace + all)
        .then()
        .statusCode(200)
        .body(startsWith("{\"c1\":1}\n"));
    get(all).then().statusCode(400).body("code", equalTo("limit-exceeded"));
  }

  @Test
  void ordersSeveralPartitionsWithinAPage() {
    String query = "/t?p=in.(2,1)&c1=eq.2&\"C,2\"=eq.a&order=c1.asc&limit=3&select=p,c1,c3";
    Response page = get("/t?p=in.(2,1)&order=c1.desc&limit=3&select=c1");
    page.then().statusCode(200).body("c1", equalTo(List.of(3, 3, 3)));
    assertEquals(null, page.header("Link"));
    get(query).then().statusCode(200).body("size()", equalTo(3));
    for (String type : List.of("application/x-ndjson", "text/csv")) {
      Response stream =
          given()
              .accept(type)
              .get("/v1/" + keyspace + "/t?p=in.(2,1)&order=c1.desc&limit=7&select=c1");
      stream.then().statusCode(200);
      assertEquals(7, stream.asString().lines().filter(line -> line.contains("3")).count());
    }
    for (String type : List.of("application/json", "application/x-ndjson")) {
      given()
          .accept(type)
          .get("/v1/" + keyspace + "/t?p=in.(2,1)&order=c1.desc")
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-parameter"))
          .body("parameter", equalTo("limit"));
      given()
          .accept(type)
          .get("/v1/" + keyspace + "/t?p=in.(2,1)&order=c1.desc&limit=1000000")
          .then()
          .statusCode(400)
          .body("code", equalTo("limit-exceeded"));
    }
  }

  /**
   * The rows would be one order of several partitions, and what is made of rows is made page by
   * page.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select=count() | SELECT count(*) FROM $t WHERE p IN ? ORDER BY c1 DESC",
        "select=max(v)&c1=eq.1&order=c1.asc | SELECT max(v) FROM $t WHERE p IN ? AND c1 = 1 ORDER BY c1 ASC",
        "group=p&select=p,count() | SELECT p, count(*) FROM $t WHERE p IN ? GROUP BY p ORDER BY c1 DESC",
        "group=p,c1 | SELECT p, c1 FROM $t WHERE p IN ? GROUP BY p, c1 ORDER BY c1 DESC",
        "p=in.(1)&select=count() | SELECT count(*) FROM $t WHERE p IN ? ORDER BY c1 DESC"
      })
  void putsNoGroupsOfSeveralPartitionsInOrder(String query, String cql) {
    String whole =
        "/t?"
            + (query.contains("p=in") ? "" : "p=in.(1,2)&")
            + (query.contains("order") ? "" : "order=c1.desc&")
            + query
            + "&limit=3";
    for (String end : List.of("", "&explain=true")) {
      get(whole + end)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-parameter"))
          .body("parameter", equalTo("order"))
          .body("detail", containsString("several partitions"));
    }
    get(whole.replace("in.(1,2)", "eq.1").replace("in.(1)", "eq.1")).then().statusCode(200);
    List<Integer> values = query.contains("p=in") ? List.of(1) : List.of(1, 2);
    InvalidQueryException refused =
        assertThrows(
            InvalidQueryException.class, () -> execute(cql.replace("$t", keyspace + ".t"), values));
    assertTrue(refused.getMessage().contains("Cannot page queries"), refused.getMessage());
  }

  private static Response get(String rest) {
    return given().get("/v1/" + keyspace + rest);
  }

  private static List<String> rows(Response response) {
    response.then().statusCode(200);
    return response.jsonPath().getList("collect { it.v + it['C,2'] }");
  }
}
