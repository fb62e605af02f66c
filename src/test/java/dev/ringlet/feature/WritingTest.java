package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collections, user-defined types, ranges, and what the headers of a write ask for. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class WritingTest {
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "writing",
            "CREATE TYPE $ks.address (street text, city text, zip int)",
            "CREATE TABLE $ks.t (k text PRIMARY KEY, a text, b text, l list<int>, s set<text>,"
                + " m map<text, int>, u address, f frozen<map<text, int>>)",
            "CREATE TABLE $ks.slices (p int, c int, d text, v int, s text static,"
                + " PRIMARY KEY (p, c, d))",
            "CREATE TABLE $ks.statics (p int, c int, s text static, tags set<text> static,"
                + " u address static, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.static_counters (p int, c int, n counter static, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.counters (k text PRIMARY KEY, n counter)",
            "CREATE TABLE $ks.compact (k text PRIMARY KEY, v text) WITH COMPACT STORAGE",
            "CREATE TABLE $ks.short_lived (k text PRIMARY KEY, v text) WITH default_time_to_live = 500");
  }

  @Test
  void operatorsAddToCollectionsAndRemoveFromThem() {
    put("ops", "{\"l\":[2,3],\"s\":[\"a\"],\"m\":{\"x\":1}}");
    patch(
        "ops",
        "{\"l\":{\"$add\":[4,2]},\"s\":{\"$add\":[\"b\",\"c\"]},\"m\":{\"$add\":{\"y\":2}}}");
    patch("ops", "{\"l\":{\"$prepend\":[1]},\"s\":{\"$remove\":[\"a\"]}}");
    patch("ops", "{\"l\":{\"$remove\":[2]},\"m\":{\"$remove\":[\"x\"],\"$add\":{\"z\":3}}}");
    Row row = row("ops");
    assertEquals(List.of(1, 3, 4), row.getList("l", Integer.class));
    assertEquals(Set.of("b", "c"), row.getSet("s", String.class));
    assertEquals(Map.of("y", 2, "z", 3), row.getMap("m", String.class, Integer.class));
    patch("ops", "{\"l\":[9],\"s\":null,\"m\":{}}");
    assertEquals(List.of(9), row("ops").getList("l", Integer.class));
    assertTrue(row("ops").isNull("s"));
    assertTrue(row("ops").isNull("m"));
  }

  /** CQL takes no clustering columns in an UPDATE of static columns alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"tags":{"$add":["x"]}}
          {"s":"y"}
          {"s":null}
          {"u":{"city":"Ulm"}}
          {"s":"y","u":{"zip":1},"tags":{"$add":["x"],"$remove":["y"]}}
          """)
  void aRowOfNothingButStaticColumnsIsChangedAsItsPartition(String changes) {
    String table = "/v1/" + keyspace + "/statics";
    String row = "{\"p\":%d,\"c\":5," + changes.substring(1);
    int p = (int) (System.nanoTime() / 1000);
    json().body(changes).patch(table + "/" + p).then().statusCode(204);
    json().body(changes).patch(table + "/" + (p + 1) + "/5").then().statusCode(204);
    json().body(row.formatted(p + 2)).post(table + "?op=merge").then().statusCode(204);
    json()
        .body("[{\"merge\":\"%s/%d/5\",\"row\":%s}]".formatted(table, p + 3, row.formatted(p + 3)))
        .post("/v1")
        .then()
        .statusCode(200);
    json()
        .header("Cassandra-TTL", "1000")
        .body(changes)
        .patch(table + "/" + (p + 4) + "/5")
        .then()
        .statusCode(204);
    List<String> stored =
        IntStream.range(p, p + 5)
            .mapToObj(
                n ->
                    execute(
                            "SELECT c, s, tags, u FROM %s.statics WHERE p = ?".formatted(keyspace),
                            n)
                        .stream()
                        .map(Row::getFormattedContents)
                        .toList()
                        .toString())
            .distinct()
            .toList();
    assertEquals(1, stored.size(), stored::toString);
    assertTrue(!stored.get(0).contains("c:5"), stored::toString);
    json().body("{}").patch(table + "/" + p + "/6").then().statusCode(204);
    given().get(table + "/" + p + "/6").then().statusCode(200);
  }

  @Test
  void staticCountersAreCountedByThePathOfARowToo() {
    String table = "/v1/" + keyspace + "/static_counters";
    json().body("{\"n\":{\"$inc\":2}}").patch(table + "/1/2").then().statusCode(204);
    json().body("{\"n\":{\"$inc\":3}}").patch(table + "/1").then().statusCode(204);
    json()
        .body("{\"p\":1,\"c\":2,\"n\":{\"$inc\":4}}")
        .post(table + "?op=merge")
        .then()
        .statusCode(204);
    Row row = one("SELECT c, n FROM %s.static_counters WHERE p = 1".formatted(keyspace));
    assertEquals(9, row.getLong("n"));
    assertTrue(row.isNull("c"));
  }

  @Test
  void whatIsAddedAndRemovedAtOnceIsRemoved() {
    put("both", "{\"l\":[1,2],\"s\":[\"a\"],\"m\":{\"x\":1}}");
    patch("both", "{\"l\":{\"$prepend\":[1,5],\"$remove\":[1]}}");
    assertEquals(List.of(5, 2), row("both").getList("l", Integer.class));
    patch("both", "{\"l\":{\"$prepend\":[7,8],\"$add\":[6,7],\"$remove\":[5,7]}}");
    assertEquals(List.of(8, 2, 6), row("both").getList("l", Integer.class));
    patch(
        "both",
        "{\"s\":{\"$add\":[\"b\",\"c\"],\"$remove\":[\"b\"]},"
            + "\"m\":{\"$remove\":[\"y\"],\"$add\":{\"y\":2,\"z\":3}}}");
    assertEquals(Set.of("a", "c"), row("both").getSet("s", String.class));
    assertEquals(Map.of("x", 1, "z", 3), row("both").getMap("m", String.class, Integer.class));
  }

  @Test
  void whatIsWrittenHasTheTimeOfTheClock() {
    Instant before = Instant.now();
    put("clock", "{\"a\":\"x\"}");
    Row row = one("SELECT writetime(a) FROM %s.t WHERE k = 'clock'".formatted(keyspace));
    Instant written = Instant.EPOCH.plus(row.getLong(0), ChronoUnit.MICROS);
    assertTrue(!written.isBefore(before.minusSeconds(1)), written + " is before " + before);
    assertTrue(!written.isAfter(Instant.now().plusSeconds(1)), written + " is to come");
  }

  @Test
  void aMapWithAnOperatorsNameAsKeyIsWrittenWholeByPut() {
    put("dollar", "{\"m\":{\"$add\":1}}");
    assertEquals(Map.of("$add", 1), row("dollar").getMap("m", String.class, Integer.class));
    json()
        .body("{\"m\":{\"$set\":1}}")
        .patch(path("dollar"))
        .then()
        .statusCode(400)
        .body("operators", equalTo(List.of("$add", "$remove")));
    json().body("{\"f\":{\"$add\":{\"a\":1}}}").patch(path("dollar")).then().statusCode(400);
  }

  @Test
  void aUserDefinedTypeTakesSomeOfItsFields() {
    put("udt", "{\"u\":{\"street\":\"S\",\"city\":\"C\",\"zip\":1}}");
    patch("udt", "{\"u\":{\"city\":\"D\",\"zip\":null}}");
    given()
        .get(path("udt"))
        .then()
        .body("u", equalTo(jsonOf("street", "S", "city", "D", "zip", null)));
    put("udt", "{\"u\":{\"city\":\"E\"}}");
    given()
        .get(path("udt"))
        .then()
        .body("u", equalTo(jsonOf("street", null, "city", "E", "zip", null)));
    patch("udt", "{\"u\":null}");
    given().get(path("udt")).then().body("u", nullValue());
  }

  @ParameterizedTest
  @CsvSource({"POST", "PATCH"})
  void whatIsAbsentGetsNoTombstoneAndNullGetsOne(String method) {
    RequestSpecification at1000 = json().header("Cassandra-Timestamp", "1000");
    if (method.equals("POST")) {
      at1000.body("{\"k\":\"POST\",\"b\":null}").post("/v1/" + keyspace + "/t");
    } else {
      at1000.body("{\"b\":null}").patch(path("PATCH"));
    }
    // an older write shows through where nothing was written, and not where there is a tombstone
    execute(
        "INSERT INTO %s.t (k, a, b) VALUES ('%s', 'old', 'old') USING TIMESTAMP 500"
            .formatted(keyspace, method));
    assertEquals("old", row(method).getString("a"));
    assertNull(row(method).getString("b"));
    Row times =
        one("SELECT writetime(a), writetime(b) FROM %s.t WHERE k = ?".formatted(keyspace), method);
    assertEquals(500, times.getLong(0));
    assertTrue(times.isNull(1));
  }

  @Test
  void putDeletesWhatItLeavesOut() {
    execute("INSERT INTO %s.t (k, a, b) VALUES ('whole', '1', '2')".formatted(keyspace));
    put("whole", "{\"a\":\"3\"}");
    assertEquals("3", row("whole").getString("a"));
    assertNull(row("whole").getString("b"));
  }

  @Test
  void aRowOfCompactStorageIsThereWhileAColumnHasAValue() {
    String row = "/v1/" + keyspace + "/compact/row";
    json().body("{\"v\":\"1\"}").put(row).then().statusCode(204);
    given().get(row).then().body("v", equalTo("1"));
    json().body("{}").put(row).then().statusCode(204);
    given().get(row).then().statusCode(404);
  }

  @Test
  void returnsWhatIsStoredToWhomeverWantsIt() {
    json()
        .header("Prefer", "return=representation")
        .body("{\"k\":\"seen\",\"a\":\"1\"}")
        .post("/v1/" + keyspace + "/t")
        .then()
        .statusCode(201)
        .header("Location", equalTo("/v1/" + keyspace + "/t/seen"))
        .header("Preference-Applied", equalTo("return=representation"))
        .body("a", equalTo("1"));
    var patched =
        json()
            .header("Prefer", "return=representation")
            .body("{\"b\":\"2\"}")
            .patch(path("seen"))
            .then()
            .statusCode(200)
            .body("a", equalTo("1"))
            .body("b", equalTo("2"))
            .extract();
    assertEquals(given().get(path("seen")).asString(), patched.asString());
    assertEquals(given().get(path("seen")).header("ETag"), patched.header("ETag"));
    json()
        .header("Prefer", "return=representation")
        .delete(path("seen"))
        .then()
        .statusCode(204)
        .header("Preference-Applied", nullValue());
  }

  @Test
  void deletesARangeOfClusteringColumns() {
    for (int c = 0; c < 10; c++) {
      execute("INSERT INTO %s.slices (p, c, d, v) VALUES (1, %d, 'd', 0)".formatted(keyspace, c));
      execute("INSERT INTO %s.slices (p, c, d, v) VALUES (1, %d, '', 0)".formatted(keyspace, c));
    }
    given().delete(slices("1?c=gte.2&c=lt.5")).then().statusCode(204);
    given().delete(slices("1?c=in.(7,8)")).then().statusCode(204);
    given().delete(slices("1/9?d=gt.c")).then().statusCode(204);
    given().delete(slices("1/0?d=eq.")).then().statusCode(204); // an empty text has no path
    List<String> left =
        execute("SELECT c, d FROM %s.slices WHERE p = 1".formatted(keyspace)).stream()
            .map(row -> row.getInt(0) + row.getString(1))
            .toList();
    assertEquals(List.of("0d", "1", "1d", "5", "5d", "6", "6d", "9"), left);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1?d=eq.x          | invalid-filter
          1?v=eq.1          | invalid-filter
          1?c=gt.1&d=eq.x   | invalid-filter
          1?x=eq.1          | unknown-column
          1?limit=1         | invalid-parameter
          1?c=gt.x          | invalid-value
          """)
  void refusesToDeleteWhatCqlCannotFollow(String path, String code) {
    given().delete(slices(path)).then().statusCode(400).body("code", equalTo(code));
  }

  @Test
  void obeysTheHeadersAndSaysSo() {
    json()
        .header("Cassandra-Consistency", "ONE")
        .header("Cassandra-TTL", "1000")
        .header("Cassandra-Timestamp", "1234567890")
        .header("Prefer", "wait=10")
        .body("{\"a\":\"1\"}")
        .put(path("knobs"))
        .then()
        .statusCode(204)
        .header("Cassandra-Consistency", equalTo("ONE"))
        .header("Cassandra-TTL", equalTo("1000"))
        .header("Cassandra-Timestamp", equalTo("1234567890"))
        .header("Preference-Applied", equalTo("wait=10"));
    Row row = one("SELECT ttl(a), writetime(a) FROM %s.t WHERE k = 'knobs'".formatted(keyspace));
    assertTrue(row.getInt(0) > 900 && row.getInt(0) <= 1000, "TTL " + row.getInt(0));
    assertEquals(1234567890, row.getLong(1));
    json().header("Cassandra-TTL", "50").body("{\"b\":\"2\"}").patch(path("knobs"));
    given()
        .get(path("knobs") + "?select=a:ttl(a),b:ttl(b)")
        .then()
        .body("a", greaterThan(900))
        .body("b", greaterThan(0));
    json()
        .header("Cassandra-TTL", "0")
        .body("{\"v\":\"1\"}")
        .put("/v1/" + keyspace + "/short_lived/x");
    given()
        .get("/v1/" + keyspace + "/short_lived/x?select=ttl(v)")
        .then()
        .body("'ttl(v)'", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | t/x        | Cassandra-TTL         | -1
          PUT    | t/x        | Cassandra-TTL         | 630720001
          PUT    | t/x        | Cassandra-TTL         | soon
          DELETE | t/x        | Cassandra-TTL         | 5
          PATCH  | counters/x | Cassandra-TTL         | 5
          PATCH  | counters/x | Cassandra-Timestamp   | 5
          PUT    | t/x        | Cassandra-Timestamp   | now
          PUT    | t/x        | Cassandra-Consistency | MOST
          PUT    | t/x        | Cassandra-Consistency | SERIAL
          PUT    | t/x        | Cassandra-Serial-Consistency | ONE
          PUT    | t/x        | If-Match              | x
          PATCH  | t/x        | If-None-Match         | *
          DELETE | t/x        | If-None-Match         | *
          PUT    | t/x        | If-None-Match         | "x"
          """)
  void refusesHeadersThatMakeNoSense(String method, String row, String header, String value) {
    json()
        .header(header, value)
        .body(method.equals("DELETE") ? "" : "{}")
        .request(method, "/v1/" + keyspace + "/" + row)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-header"))
        .body("header", equalTo(header));
  }

  @Test
  void refusesUnknownPreferencesIfAskedTo() {
    json().header("Prefer", "fast").body("{}").put(path("prefer")).then().statusCode(204);
    json()
        .header("Prefer", "handling=strict, retrun=minimal")
        .body("{}")
        .put(path("prefer"))
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-preference"))
        .body("hint", equalTo("Did you mean return?"));
  }

  private static void put(String key, String body) {
    json().body(body).put(path(key)).then().statusCode(204);
  }

  private static void patch(String key, String body) {
    json().body(body).patch(path(key)).then().statusCode(204);
  }

  private static Row row(String key) {
    return one("SELECT * FROM %s.t WHERE k = ?".formatted(keyspace), key);
  }

  private static String path(String key) {
    return "/v1/" + keyspace + "/t/" + key;
  }

  private static String slices(String path) {
    return "/v1/" + keyspace + "/slices/" + path;
  }

  private static Map<String, Object> jsonOf(Object... members) {
    Map<String, Object> json = new java.util.HashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      json.put((String) members[i], members[i + 1]);
    }
    return json;
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }
}
