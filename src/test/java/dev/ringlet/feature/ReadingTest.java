package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Filters, order, pages, the guard, tags and preferences, compared with what the plain driver
 * reads.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class ReadingTest {
  private static String keyspace;
  private static String table;

  /**
   * Scans are allowed, instances share their page tokens, hosts are named, in each form, and there
   * is the explorer.
   */
  public static class Scans implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "ringlet.scan", "*",
          "ringlet.page-token.key", "of all instances",
          "ringlet.explorer", "true",
          "ringlet.http.hosts", "LocalHost,api.example.com.,[::1]",
          "quarkus.http.proxy.proxy-address-forwarding", "true",
          "quarkus.http.proxy.enable-forwarded-prefix", "true");
    }
  }

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "reading",
            "CREATE TABLE $ks.t (p int, c int, d text, a int, b text, s set<int>, m map<text, int>,"
                + " PRIMARY KEY (p, c, d)) WITH CLUSTERING ORDER BY (c DESC, d ASC)",
            "CREATE INDEX by_a ON $ks.t (a) USING 'sai'",
            "CREATE INDEX by_s ON $ks.t (values(s)) USING 'sai'",
            "CREATE INDEX by_m ON $ks.t (entries(m)) USING 'sai'",
            "CREATE TABLE $ks.near (k int PRIMARY KEY, v vector<float, 2>)",
            "CREATE INDEX by_v ON $ks.near (v) USING 'sai'",
            "CREATE TABLE $ks.old (k int PRIMARY KEY, name text, number int, town text, tags set<text>)",
            "CREATE CUSTOM INDEX old_name ON $ks.old (name)"
                + " USING 'org.apache.cassandra.index.sasi.SASIIndex' WITH OPTIONS = {'mode': 'CONTAINS'}",
            "CREATE CUSTOM INDEX old_number ON $ks.old (number) USING 'org.apache.cassandra.index.sasi.SASIIndex'",
            "CREATE INDEX old_town ON $ks.old (town)",
            "CREATE INDEX old_tags ON $ks.old (tags)",
            "CREATE TABLE $ks.\"order\" (\"limit\" int PRIMARY KEY, v bigint)");
    table = "/v1/" + keyspace + "/t";
    for (int p = 0; p < 4; p++) {
      for (int c = 0; c < 25; c++) {
        execute(
            "INSERT INTO %s.t (p, c, d, a, b, s, m) VALUES (%d, %d, 'd%d', %d, 'b%d', {%d}, {'k': %d})"
                .formatted(keyspace, p, c, c % 3, (p * 25 + c) % 7, c % 5, c % 4, c % 6));
      }
    }
    for (int k = 0; k < 12; k++) {
      execute(
          "INSERT INTO %s.old (k, name, number, town, tags) VALUES (%d, 'name%d', %d, 'town%d', {'t%d'})"
              .formatted(keyspace, k, k, k, k % 3, k % 4));
    }
    execute("INSERT INTO %s.\"order\" (\"limit\", v) VALUES (1, 7)".formatted(keyspace));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p=eq.1                               | p = 1
          p=in.(0,2)                           | p IN (0, 2)
          p=eq.1&c=gt.3&c=lte.9                | p = 1 AND c > 3 AND c <= 9
          p=eq.1&c=lt.3                        | p = 1 AND c < 3
          p=eq.1&c=gte.20                      | p = 1 AND c >= 20
          p=eq.1&c=in.(3,5,99)                 | p = 1 AND c IN (3, 5, 99)
          p=eq.1&c=eq.4&d=eq.d1                | p = 1 AND c = 4 AND d = 'd1'
          p=eq.1&order=c.asc                   | p = 1 ORDER BY c ASC
          p=eq.1&order=c.asc,d.desc            | p = 1 ORDER BY c ASC, d DESC
          p=eq.1&order=c.desc                  | p = 1
          a=eq.3                               | a = 3
          a=gt.1&a=lt.4                        | a > 1 AND a < 4
          a=eq.3&s=contains.2                  | a = 3 AND s CONTAINS 2
          m=entry.(k,5)                        | m['k'] = 5
          p=eq.1&a=eq.3                        | p = 1 AND a = 3
          scan=true&b=eq.b2                    | b = 'b2' ALLOW FILTERING
          scan=true&m=contains.5               | m CONTAINS 5 ALLOW FILTERING
          scan=true&m=contains_key.k           | m CONTAINS KEY 'k' ALLOW FILTERING
          scan=true&c=eq.3                     | c = 3 ALLOW FILTERING
          """)
  void findsWhatTheDriverFinds(String query, String where) {
    String select = "SELECT p, c, d FROM %s.t WHERE %s".formatted(keyspace, where);
    List<String> expected = driverKeys(Cassandra.require(select));
    assertTrue(!expected.isEmpty(), where);
    Response response = given().get(table + "?" + query + "&limit=1000");
    assertEquals(200, response.statusCode(), response.asString());
    assertEquals(expected, keys(response));
  }

  private static List<String> driverKeys(List<Row> rows) {
    return rows.stream()
        .map(row -> row.getInt("p") + "/" + row.getInt("c") + "/" + row.getString("d"))
        .toList();
  }

  private static List<String> sorted(List<String> keys) {
    return keys.stream().sorted().toList();
  }

  private static List<String> keys(Response response) {
    List<Map<String, Object>> rows = response.jsonPath().getList("");
    return rows.stream().map(r -> r.get("p") + "/" + r.get("c") + "/" + r.get("d")).toList();
  }

  @Test
  void randomRestrictionsFindWhatTheDriverFindsAndNeverBreakAnything() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, String> operators =
        Map.of("eq", "=", "lt", "<", "lte", "<=", "gt", ">", "gte", ">=");
    for (int i = 0; i < 150; i++) {
      List<String> query = new ArrayList<>(List.of("scan=true", "limit=1000"));
      List<String> where = new ArrayList<>();
      for (String column : List.of("p", "c", "a")) {
        if (random.nextBoolean()) {
          String op = List.copyOf(operators.keySet()).get(random.nextInt(operators.size()));
          int value = random.nextInt(25);
          query.add(column + "=" + op + "." + value);
          where.add(column + " " + operators.get(op) + " " + value);
        }
      }
      String cql =
          "SELECT p, c, d FROM %s.t%s ALLOW FILTERING"
              .formatted(keyspace, where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where));
      Response response = given().get(table + "?" + String.join("&", query));
      String about = "seed " + seed + ": " + query + " " + response.asString();
      assertEquals(200, response.statusCode(), about);
      assertEquals(sorted(driverKeys(execute(cql))), sorted(keys(response)), about);
    }
  }

  @Test
  void pagesGiveEachRowOnceAndInOrder() {
    for (int limit : new int[] {1, 7, 25, 100}) {
      List<Integer> seen = new ArrayList<>();
      String next = table + "?p=eq.1&select=c&limit=" + limit;
      int pages = 0;
      while (next != null) {
        Response page = given().urlEncodingEnabled(false).get(next);
        assertEquals(200, page.statusCode(), page.asString());
        List<Integer> rows = page.jsonPath().getList("c");
        assertTrue(rows.size() <= limit);
        seen.addAll(rows);
        next = next(page);
        pages++;
      }
      assertEquals(IntStream.range(0, 25).mapToObj(i -> 24 - i).toList(), seen);
      assertTrue(pages <= 25 / limit + 1, pages + " pages of " + limit);
    }
  }

  @Test
  void aTokenIsGoodForItsQueryAlone() {
    String link = next(given().get(table + "?p=eq.1&limit=5"));
    String token = link.substring(link.indexOf("after=") + 6);
    assertTrue(link.startsWith(table + "?p=eq.1&limit=5&after="), link);
    given()
        .urlEncodingEnabled(false)
        .get(table + "?p=eq.1&limit=9&after=" + token)
        .then()
        .statusCode(200);
    String again =
        next(given().urlEncodingEnabled(false).get(table + "?p=eq.1&limit=5&%61fter=" + token));
    assertTrue(again.startsWith(table + "?p=eq.1&limit=5&after="), again);
    for (String other :
        List.of("p=eq.2", "p=eq.1&select=c", "p=eq.1&order=c.asc", "p=eq.1&c=gt.1", "scan=true")) {
      problem(given().get(table + "?" + other + "&after=" + token), 400, "invalid-page-token");
    }
    problem(given().get(table + "?p=eq.1&after=" + token.substring(2)), 400, "invalid-page-token");
    problem(given().get(table + "?p=eq.1&after=nonsense"), 400, "invalid-page-token");
  }

  @Test
  void whatChangedInBetweenIsNoticed() {
    String changing =
        Cassandra.keyspace(
            "changing", "CREATE TABLE $ks.t (p int, c int, v int, PRIMARY KEY (p, c))");
    String path = "/v1/" + changing + "/t/1?limit=2";
    fill(changing);
    String link = next(given().get(path));
    execute("DROP TABLE " + changing + ".t");
    execute("CREATE TABLE " + changing + ".t (p int, c int, v int, PRIMARY KEY (p, c))");
    fill(changing);
    org.awaitility.Awaitility.await()
        .until(() -> given().urlEncodingEnabled(false).get(link).statusCode() == 400);
    problem(given().urlEncodingEnabled(false).get(link), 400, "invalid-page-token");
  }

  @Test
  void theGuardNamesWhatIsMissing() {
    problem(given().get(table), 400, "partition-key-required")
        .body("missing", equalTo(List.of("p")));
    problem(given().get(table + "?b=eq.x"), 400, "partition-key-required")
        .body("index_missing", equalTo(List.of("b")));
    problem(given().get(table + "/1?b=eq.x"), 400, "partition-key-required")
        .body("index_missing", equalTo(List.of("b")));
  }

  @Test
  void splitsShareTheTable() {
    for (int n : new int[] {1, 2, 5, 64}) {
      List<String> seen = new ArrayList<>();
      for (int i = 1; i <= n; i++) {
        List<Map<String, Object>> rows =
            given()
                .get(table + "?scan=true&limit=1000&split=" + i + "/" + n)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("");
        rows.forEach(row -> seen.add(row.get("p") + "/" + row.get("c")));
      }
      assertEquals(100, seen.size());
      assertEquals(100, seen.stream().distinct().count());
    }
  }

  @Test
  void explainsAndRunsNothing() {
    given()
        .get(table + "/1?c=gt.3&limit=7&explain=true")
        .then()
        .statusCode(200)
        .body(
            equalTo(
                "{\"cql\":\"SELECT p, c, d, a, b, m, s FROM %s.t WHERE p = ? AND c > ?\",\"values\":["
                        .formatted(keyspace)
                    + "{\"name\":\"p\",\"cql_type\":\"int\",\"value\":1},{\"name\":\"c\",\"cql_type\":\"int\",\"value\":3}],"
                    + "\"consistency\":\"LOCAL_QUORUM\",\"page_size\":7,\"idempotent\":true,\"rule\":\"partition-key\"}"));
  }

  @Test
  void explainsByWhichIndexARowIsFound() {
    Cassandra.requireIndex(keyspace, "by_a");
    given().get(table + "?a=eq.1&explain=true").then().body("rule", equalTo("index:by_a"));
  }

  @Test
  void findsTheNearest() {
    Cassandra.requireIndex(keyspace, "by_v");
    for (int k = 0; k < 25; k++) {
      execute("INSERT INTO %s.near (k, v) VALUES (%d, [%d, 1])".formatted(keyspace, k, k + 1));
    }
    given()
        .get("/v1/" + keyspace + "/near?order=v.ann.[25,1]&limit=4&select=k")
        .then()
        .statusCode(200)
        .header("Link", nullValue())
        .body("size()", equalTo(4))
        .body("k", hasItem(24));
  }

  @Test
  void selectsUnderOtherNames() {
    given()
        .get(table + "/1/4/d1?select=number:a,writetime(b),ttl(b)")
        .then()
        .statusCode(200)
        .body("number", equalTo((1 * 25 + 4) % 7))
        .body("'writetime(b)'", not(nullValue()))
        .body("'ttl(b)'", nullValue())
        .header("ETag", nullValue());
  }

  @Test
  void aColumnIsFetchedOnceWhateverItsNames() {
    String select = "?select=n:a,d,m:a,%22x,y%22:d,at:writetime(b),c,a,writetime(b)&explain=";
    given()
        .urlEncodingEnabled(false)
        .get(table + "/1/4/d1" + select + "true")
        .then()
        .statusCode(200)
        .body(
            "cql", startsWith("SELECT a, c, d, writetime(b) FROM " + keyspace + ".t WHERE p = ?"));
    long written =
        execute("SELECT writetime(b) FROM %s.t WHERE p = 1 AND c = 4".formatted(keyspace))
            .get(0)
            .getLong(0);
    int a = (1 * 25 + 4) % 7;
    String names = "n,d,m,\"x,y\",at,c,a,writetime(b)";
    String values = "%d,d1,%1$d,d1,%2$d,4,%1$d,%2$d".formatted(a, written);
    for (String accept : List.of("application/json", "application/x-ndjson", "text/csv")) {
      String answer =
          given()
              .urlEncodingEnabled(false)
              .accept(accept)
              .get(table + "/1/4/d1" + select + "false")
              .then()
              .statusCode(200)
              .extract()
              .asString();
      String json =
          "{\"n\":%d,\"d\":\"d1\",\"m\":%1$d,\"x,y\":\"d1\",\"at\":\"%2$d\",\"c\":4,\"a\":%1$d,\"writetime(b)\":\"%2$d\"}"
              .formatted(a, written);
      assertEquals(
          accept.equals("text/csv") ? names + "\r\n" + values + "\r\n" : json,
          accept.equals("text/csv") ? answer : answer.strip());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name=like.name1%25        | name LIKE 'name1%'    | index:old_name
          name=like.%25e1%25        | name LIKE '%e1%'      | index:old_name
          number=gt.4               | number > 4            | index:old_number
          name=eq.name4             | name = 'name4'        | index:old_name
          town=eq.town2             | town = 'town2'        | index:old_town
          tags=contains.t3          | tags CONTAINS 't3'    | index:old_tags
          """)
  void olderKindsOfIndexesServeWhatTheyCan(String query, String where, String rule) {
    String old = "/v1/" + keyspace + "/old?";
    List<Integer> expected =
        execute("SELECT k FROM %s.old WHERE %s".formatted(keyspace, where)).stream()
            .map(row -> row.getInt(0))
            .toList();
    assertTrue(!expected.isEmpty(), where);
    given()
        .urlEncodingEnabled(false)
        .get(old + query + "&explain=true")
        .then()
        .body("rule", equalTo(rule));
    given()
        .urlEncodingEnabled(false)
        .get(old + query)
        .then()
        .statusCode(200)
        .body("k", equalTo(expected));
  }

  @Test
  void whatNoOlderIndexServesIsAScan() {
    for (String query : List.of("town=gt.a", "name=gt.name4", "tags=contains.t1&town=eq.town1")) {
      given()
          .get("/v1/" + keyspace + "/old?" + query)
          .then()
          .statusCode(400)
          .body("code", equalTo("partition-key-required"));
    }
  }

  @Test
  void eachFormOfARowHasItsOwnTag() {
    String row = "/v1/" + keyspace + "/order/3";
    put(row, "{\"v\":1}");
    String tag = given().get(row).header("ETag");
    String numbers = given().header("Prefer", "numbers=json").get(row).header("ETag");
    assertNotEquals(tag, numbers);
    given().header("If-None-Match", numbers).get(row).then().statusCode(200);
    given()
        .header("If-None-Match", numbers)
        .header("Prefer", "numbers=json")
        .get(row)
        .then()
        .statusCode(304);
    given()
        .header("If-None-Match", tag)
        .header("Prefer", "numbers=json")
        .get(row)
        .then()
        .statusCode(200);
    String wide = table + "/0/0/d0";
    given()
        .contentType("application/json")
        .body("{\"b\":\"" + "x".repeat(2000) + "\"}")
        .patch(wide);
    String plain = given().header("Accept-Encoding", "gzip;q=0, *").get(wide).header("ETag");
    String gzip = given().header("Accept-Encoding", "gzip").get(wide).header("ETag");
    assertNotEquals(plain, gzip);
    given().header("If-None-Match", gzip).get(wide).then().statusCode(304);
    given().header("If-None-Match", plain).get(wide).then().statusCode(304);
  }

  @Test
  void aVectorSearchIsNotMadeAtALevelThatCassandraWouldLower() {
    Cassandra.requireIndex(keyspace, "by_v");
    String search = "/v1/" + keyspace + "/near?order=v.ann.[1,1]&limit=3";
    given()
        .header("Cassandra-Consistency", "QUORUM")
        .get(search)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-header"));
    given()
        .header("Cassandra-Consistency", "ONE")
        .get(search)
        .then()
        .statusCode(200)
        .header("Cassandra-Consistency", equalTo("ONE"));
  }

  @Test
  void columnsWithReservedNamesAreQuoted() {
    given()
        .get("/v1/" + keyspace + "/order?\"limit\"=eq.1&select=\"limit\",v")
        .then()
        .statusCode(200)
        .body(equalTo("[{\"limit\":1,\"v\":\"7\"}]"));
  }

  @Test
  void aRowHasATagThatChangesWithItsContent() {
    String row = "/v1/" + keyspace + "/order/2";
    put(row, "{\"v\":1}");
    String tag = given().get(row).header("ETag");
    assertEquals(tag, given().head(row).header("ETag"));
    given()
        .header("If-None-Match", tag)
        .get(row)
        .then()
        .statusCode(304)
        .body(equalTo(""))
        .header("ETag", equalTo(tag));
    given().header("If-None-Match", "\"x\", W/" + tag).get(row).then().statusCode(304);
    given().header("If-None-Match", "*").get(row).then().statusCode(304);
    put(row, "{\"v\":null}");
    given()
        .header("If-None-Match", tag)
        .get(row)
        .then()
        .statusCode(200)
        .header("ETag", not(equalTo(tag)));
    put(row, "{\"v\":1}");
    given()
        .get(row)
        .then()
        .header("ETag", equalTo(tag))
        .header("Cache-Control", equalTo("no-cache"));
  }

  @Test
  void obeysPreferencesAndSaysSo() {
    given()
        .header("Prefer", "numbers=json, wait=5")
        .get("/v1/" + keyspace + "/order/1")
        .then()
        .body("v", equalTo(7))
        .header("Preference-Applied", equalTo("numbers=json, wait=5"));
    given()
        .accept("text/csv")
        .header("Prefer", "numbers=json, wait=5")
        .get("/v1/" + keyspace + "/order/1")
        .then()
        .statusCode(200)
        .header("Preference-Applied", equalTo("wait=5"));
    given()
        .header("Prefer", "x=y")
        .get("/v1/" + keyspace + "/order/1")
        .then()
        .statusCode(200)
        .header("Preference-Applied", nullValue());
    problem(
        given().header("Prefer", "handling=strict, x=y").get("/v1/" + keyspace + "/order/1"),
        400,
        "invalid-preference");
    given()
        .header("Cassandra-Consistency", "ONE")
        .get("/v1/" + keyspace + "/order/1")
        .then()
        .header("Cassandra-Consistency", equalTo("ONE"));
    problem(
        given().header("Cassandra-Consistency", "MANY").get("/v1/" + keyspace + "/order/1"),
        400,
        "invalid-header");
  }

  @Test
  void compressesWhatIsLargeForThoseWhoAskForIt() {
    String plain = given().header("Accept-Encoding", "identity").get(table + "/1").asString();
    Response zipped = given().header("Accept-Encoding", "gzip").get(table + "/1");
    assertEquals("gzip", zipped.header("Content-Encoding"));
    assertEquals(plain, zipped.asString());
    given()
        .header("Accept-Encoding", "gzip")
        .get("/v1/" + keyspace + "/order/1")
        .then()
        .header("Content-Encoding", nullValue());
    given()
        .header("Accept-Encoding", "gzip;q=0")
        .get(table + "/1")
        .then()
        .header("Content-Encoding", nullValue());
  }

  @Test
  void writesTakeNoParametersOfReads() {
    for (String method : List.of("PUT", "PATCH")) {
      problem(
              given()
                  .contentType("application/json")
                  .body("{}")
                  .request(method, table + "/1/1/x?select=c"),
              400,
              "invalid-parameter")
          .body("parameter", equalTo("select"));
    }
    problem(given().delete(table + "/1?limit=3"), 400, "invalid-parameter")
        .body("parameter", equalTo("limit"));
  }

  private static void fill(String keyspace) {
    for (int c = 0; c < 5; c++) {
      execute("INSERT INTO %s.t (p, c, v) VALUES (1, %d, 1)".formatted(keyspace, c));
    }
  }

  private static void put(String row, String body) {
    given().contentType("application/json").body(body).put(row).then().statusCode(204);
  }

  /** The path that the Link header gives for the next page, or null. */
  private static String next(Response page) {
    String link = page.header("Link");
    return link == null ? null : link.substring(1, link.indexOf('>'));
  }

  @CanIgnoreReturnValue
  private static ValidatableResponse problem(Response response, int status, String code) {
    return response.then().statusCode(status).body("code", equalTo(code));
  }
}
