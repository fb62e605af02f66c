package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions, aggregates, groups and distinct partitions, as answers have them. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class SelectingTest {
  /** Words that mean something to CQL where a column may stand, reserved or not. */
  private static final List<String> WORDS =
      List.of(
          ("json distinct key as clustering ttl count writetime maxwritetime contains exists"
                  + " filtering group like per partition values token type cast static list map set"
                  + " frozen tuple vector counter int text timestamp date uuid ann of true false"
                  + " null nan infinity in is not and between default unset limit order select from"
                  + " where update insert delete batch begin apply if using allow masked column")
              .split(" ", -1));

  private static String keyspace;
  private static String table;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "selecting",
            "CREATE TYPE $ks.address (street text, zip int)",
            "CREATE TABLE $ks.t (p int, s text static, c int, d int, i int, n decimal, f double,"
                + " at timeuuid, tags map<text, int>, words set<text>, home address,"
                + " PRIMARY KEY (p, c, d))",
            "ALTER TABLE $ks.t ADD v vector<float, 2>",
            "CREATE INDEX by_v ON $ks.t (v) USING 'sai'"
                + " WITH OPTIONS = {'similarity_function': 'euclidean'}",
            "CREATE TABLE $ks.words (k text PRIMARY KEY, "
                + String.join(", ", WORDS.stream().map(w -> '"' + w + "\" map<text, int>").toList())
                + ")",
            "CREATE TABLE $ks.one (k text PRIMARY KEY, i int)",
            "CREATE TABLE $ks.keys (k int PRIMARY KEY)",
            "CREATE TABLE $ks.days (a text, b int, c int, PRIMARY KEY ((a, b), c))",
            "CREATE TABLE $ks.counters (k int PRIMARY KEY, n counter)");
    table = "/v1/" + keyspace + "/t";
    for (int p = 0; p < 3; p++) {
      for (int c = 0; c < 40; c++) {
        for (int d = 0; d < 5; d++) {
          insert("p, c, d, i, n", "%d, %d, %d, %d, %d.5".formatted(p, c, d, c * d, d));
        }
      }
      insert("p, s", p + ", 's" + p + "'");
    }
    insert(
        "p, c, d, i, f, at, tags, words, home",
        "9, 1, 1, 7, 2.5, 1f0c6a10-c6f5-11f0-8080-808080808080, {'a': 1, 'b,c': 2}, {'x', 'y'},"
            + " {street: 'High Street', zip: 12}");
    insert("p, c, d, n, f", "9, 1, 2, 1.25, NaN");
    execute("INSERT INTO %s.one (k, i) VALUES ('a', 1)".formatted(keyspace));
    for (String key : List.of("'x', 1, 1", "'x', 1, 2", "'x', 2, 1", "'y', 1, 1")) {
      execute("INSERT INTO %s.days (a, b, c) VALUES (%s)".formatted(keyspace, key));
    }
    execute("UPDATE %s.counters SET n = n + 5 WHERE k = 1".formatted(keyspace));
  }

  private static void insert(String columns, String values) {
    execute("INSERT INTO %s.t (%s) VALUES (%s)".formatted(keyspace, columns, values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t/0?select=count() | [{\"count()\":\"200\"}]",
        "t/0?select=n:count(),sum(i),avg(n),max(c) | [{\"n\":\"200\",\"sum(i)\":7800,\"avg(n)\":\"2.5\",\"max(c)\":39}]",
        "t/0/1/1?select=count() | [{\"count()\":\"1\"}]",
        "t/0/1/99?select=count(),max(i),sum(n) | [{\"count()\":\"0\",\"max(i)\":null,\"sum(n)\":\"0\"}]",
        "t/7?select=count(),sum(i),avg(i),min(n) | [{\"count()\":\"0\",\"sum(i)\":0,\"avg(i)\":0,\"min(n)\":null}]",
        "one?select=count()&scan=true | [{\"count()\":\"1\"}]",
        "one/a?select=sum(i) | [{\"sum(i)\":1}]",
        "counters/1?select=sum(n),cast(n+as+text) | [{\"sum(n)\":\"5\",\"cast(n as text)\":\"5\"}]",
        "t/9?select=max(at),count(at) | [{\"max(at)\":\"1f0c6a10-c6f5-11f0-8080-808080808080\",\"count(at)\":\"1\"}]",
        "t/9?select=sum(f),count(f) | [{\"sum(f)\":\"NaN\",\"count(f)\":\"2\"}]",
        "t/9/1/1?select=tags[a],tags[%22b,c%22],tags[z] | {\"tags[a]\":1,\"tags[b,c]\":2,\"tags[z]\":null}",
        "t/9/1/1?select=words[x],words[z],zip:home.zip | {\"words[x]\":\"x\",\"words[z]\":null,\"zip\":12}",
        "t/9/1/2?select=tags[a],home.street | {\"tags[a]\":null,\"home.street\":null}",
        "t/9?select=max(home.street),sum(tags[a]) | [{\"max(home.street)\":\"High Street\",\"sum(tags[a])\":1}]",
        "t/9/1/1?select=cast(i+as+text),cast(f+as+int),cast(at+as+date) | {\"cast(i as text)\":\"7\",\"cast(f as int)\":2,\"cast(at as date)\":\"2025-11-21\"}",
        "t/9?select=sum(cast(i+as+bigint)) | [{\"sum(cast(i as bigint))\":\"7\"}]",
        "t/1?per_partition=2&select=c,d | [{\"c\":0,\"d\":0},{\"c\":0,\"d\":1}]",
        "t/1?distinct=true | [{\"p\":1,\"s\":\"s1\"}]",
        "t/1?distinct=true&select=s | [{\"s\":\"s1\"}]",
        "one/a?distinct=true | {\"k\":\"a\"}",
        "t/1?c=eq.3&group=d&select=d,count()&limit=1000 | [{\"d\":0,\"count()\":\"1\"},{\"d\":1,\"count()\":\"1\"},{\"d\":2,\"count()\":\"1\"},{\"d\":3,\"count()\":\"1\"},{\"d\":4,\"count()\":\"1\"}]",
        "t/1/3/2?group=d&select=d,count() | [{\"d\":2,\"count()\":\"1\"}]",
        "t/7?group=p&select=count() | []",
        "days?a=eq.x&group=b&select=b,count()&scan=true | [{\"b\":2,\"count()\":\"1\"},{\"b\":1,\"count()\":\"2\"}]",
        "days?a=in.(x,y)&b=eq.1&group=a,b&select=a,count() | [{\"a\":\"x\",\"count()\":\"2\"},{\"a\":\"y\",\"count()\":\"1\"}]",
        "days?a=eq.x&b=eq.1&group=c&select=c | [{\"c\":1},{\"c\":2}]"
      })
  void anAnswerHasWhatCqlSays(String path, String body) {
    assertEquals(body, get("/v1/" + keyspace + "/" + path).asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t/9/1/1?select=similarity_euclidean(v,[1,0]),similarity_cosine(v,[0,2]) | {\"similarity_euclidean(v,[1,0])\":1.0,\"similarity_cosine(v,[0,2])\":0.5}",
        "t?order=v.ann.[1,0]&limit=2&select=d,score:similarity(v) | [{\"d\":1,\"score\":1.0},{\"d\":2,\"score\":0.6666667}]",
        "t?order=v.ann.[1,0]&limit=1&select=a:similarity(v),b:similarity_euclidean(v,[1,0]),c:similarity_euclidean(v,[1,1]) | [{\"a\":1.0,\"b\":1.0,\"c\":0.5}]",
      })
  void vectorsAreAsNearAsCqlSays(String path, String body) {
    Cassandra.require("INSERT INTO %s.t (p, c, d, v) VALUES (9, 1, 1, [1, 0])".formatted(keyspace));
    insert("p, c, d, v", "9, 1, 2, [0.5, 0.5]");
    assertEquals(body, get("/v1/" + keyspace + "/" + path).asString());
  }

  @Test
  void numbersAreInTheFormThatIsPreferred() {
    given()
        .header("Prefer", "numbers=json")
        .get(table + "/0?select=count(),avg(n)")
        .then()
        .body(equalTo("[{\"count()\":200,\"avg(n)\":2.5}]"));
  }

  @Test
  void tokensAreTheDrivers() {
    Row row = execute("SELECT token(p) FROM %s.t WHERE p = 9 LIMIT 1".formatted(keyspace)).get(0);
    assertEquals(
        Long.toString(row.getLong(0)), get(table + "/9/1/1?select=token()").path("'token()'"));
  }

  @Test
  void groupsComeInPages() {
    List<String> expected =
        execute(
                "SELECT p, c, count(*), sum(i), s FROM %s.t WHERE p = 1 GROUP BY p, c"
                    .formatted(keyspace))
            .stream()
            .map(r -> r.getInt(1) + " " + r.getLong(2) + " " + r.getInt(3) + " " + r.getString(4))
            .toList();
    for (int limit : List.of(1, 7, 40, 1000)) {
      List<String> groups = new ArrayList<>();
      for (Map<String, Object> row :
          paged(table + "/1?group=p,c&select=c,count(),sum(i),s&limit=" + limit, limit)) {
        groups.add(
            row.get("c") + " " + row.get("count()") + " " + row.get("sum(i)") + " " + row.get("s"));
      }
      assertEquals(expected, groups);
    }
  }

  @Test
  void soDoPartitionsAndSomeRowsOfEach() {
    assertEquals(4, paged(table + "?distinct=true&scan=true&limit=3", 3).size());
    assertEquals(4, paged(table + "?distinct=true&group=p&scan=true&limit=1", 1).size());
    String counted = "?distinct=true&group=p&scan=true&select=p,count(s)&limit=1";
    assertEquals(4, paged(table + counted, 4).size());
    assertEquals(8, paged(table + "?per_partition=2&scan=true&select=p,c&limit=3", 3).size());
    assertEquals(4, paged(table + "?group=p&scan=true&select=p,count()&limit=3", 3).size());
    assertEquals(
        10, paged(table + "?group=p,c&per_partition=3&scan=true&select=p&limit=3", 3).size());
  }

  /** Whose paging states Cassandra writes as it does not read them. */
  @Test
  void soDoGroupsOfATableWithoutClusteringColumns() {
    for (int k = 0; k < 7; k++) {
      execute("INSERT INTO %s.keys (k) VALUES (%d)".formatted(keyspace, k));
    }
    String keys = "/v1/%s/keys?group=k&scan=true&select=k,count()".formatted(keyspace);
    assertEquals(
        7, paged(keys + "&limit=3", 3).stream().map(row -> row.get("k")).distinct().count());
    assertEquals(7, paged(keys + "&limit=1", 1).size());
  }

  private static List<Map<String, Object>> paged(String path, int limit) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String next = path; next != null; ) {
      Response page = get(next);
      List<Map<String, Object>> some = page.jsonPath().getList("");
      assertTrue(some.size() <= limit, page.asString());
      rows.addAll(some);
      String link = page.header("Link");
      next = link == null ? null : link.substring(1, link.indexOf('>'));
    }
    return rows;
  }

  @Test
  void streamsHaveThemAsWell() {
    assertEquals(
        "{\"count()\":\"200\"}\n",
        given().accept("application/x-ndjson").get(table + "/1?select=count()").asString());
    assertEquals(
        "count(),tags[a]\r\n200,\r\n",
        given()
            .urlEncodingEnabled(false)
            .accept("text/csv")
            .get(table + "/1?select=count(),tags[a]")
            .asString());
    String groups =
        given().accept("text/csv").get(table + "/1?group=p,c&select=c,count()").asString();
    assertEquals(41, groups.lines().count());
    assertTrue(groups.startsWith("c,count()\r\n0,5\r\n1,5\r\n"), groups);
    assertEquals(
        3,
        given()
            .accept("application/x-ndjson")
            .get(table + "?distinct=true&scan=true&limit=3")
            .asString()
            .lines()
            .count());
  }

  @Test
  void groupsOfPartitionsNameTheLastColumnOfTheirKey() {
    String cql = "SELECT a FROM %s.days WHERE a IN ('x', 'y') AND b = 1 GROUP BY ";
    assertThrows(InvalidQueryException.class, () -> execute(cql.formatted(keyspace) + "a"));
    assertEquals(2, execute(cql.formatted(keyspace) + "a, b").size());
    given()
        .urlEncodingEnabled(false)
        .get("/v1/" + keyspace + "/days?a=in.(x,y)&b=eq.1&group=a")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-parameter"))
        .body("column", equalTo("b"));
  }

  @Test
  void anAggregateHasNeitherTagNorPages() {
    Response answer = get(table + "/1/1/1?select=count(),i");
    assertNull(answer.header("ETag"));
    for (String limit : List.of("1", "1001", "999999999")) {
      Response counted = get(table + "/1?select=count()&limit=" + limit);
      assertNull(counted.header("Link"));
      assertEquals("[{\"count()\":\"200\"}]", counted.asString());
    }
    assertNull(get("/v1/" + keyspace + "/one/a?distinct=true").header("ETag"));
    given().head(table + "/1?select=count()").then().statusCode(200);
  }

  @Test
  void explainShowsAllOfIt() {
    Response group =
        get(
            table
                + "?p=in.(1,2)&group=p,c&per_partition=3&select=tags[b],c,max(n),x:tags[a]&explain=true");
    group
        .then()
        .body(
            "cql",
            equalTo(
                "SELECT c, max(n), tags[?], tags[?] FROM %s.t WHERE p IN ? GROUP BY p, c PER PARTITION LIMIT ?"
                    .formatted(keyspace)))
        .body("values[0].name", equalTo("key(tags)"))
        .body("values[0].value", equalTo("a"))
        .body("values[1].value", equalTo("b"))
        .body("values[3].name", equalTo("per_partition"))
        .body("page_size", equalTo(100));
    get(table + "/1?distinct=true&explain=true")
        .then()
        .body("cql", startsWith("SELECT DISTINCT p, s FROM "))
        .body("rule", equalTo("partition-key"));
    get(table + "/1?select=count()&explain=true").then().body("page_size", equalTo(1000));
  }

  @Test
  void aTokenIsGoodForTheSameKeysAndGroupsAlone() {
    String query = table + "/1?group=p,c&select=tags[a],max(i)&limit=3";
    String link = get(query).header("Link");
    String after = link.substring(link.indexOf("&after="), link.indexOf('>'));
    assertEquals(
        200, get(table + "/1?group=p,c&select=max(i),x:tags[a]&limit=3" + after).statusCode());
    for (String other :
        List.of("group=p,c&select=tags[b],max(i)", "group=p,c,d&select=tags[a],max(i)")) {
      given()
          .urlEncodingEnabled(false)
          .get(table + "/1?" + other + after)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-page-token"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select=sum(s) | s | is of numbers",
        "select=cast(s+as+int) | s | does not cast to int",
        "select=max(min(i)) | i | no aggregate inside",
        "select=writetime(c) | c | primary key",
        "select=writetime(tags[a]) | tags | no bind marker",
        "select=writetime(max(i)) | i | of a column",
        "select=home.nope | home | has no field nope",
        "select=i[1] | i | maps and sets",
        "select=tags.a | tags | user-defined types",
        "select=similarity_cosine(i,[0,0]) | i | vectors of float",
        "group=d | d | from the first on",
        "group=i | i | from the first on",
        "group=p,d | d | from the first on",
        "distinct=true&select=i | i | neither",
        "distinct=true&c=eq.1 | c | neither",
        "select=s&c=eq.1 | c | of a partition",
        "select=cast(s+as+ascii)&c=eq.1 | c | of a partition",
        "select=count(s)&c=eq.1 | c | of a partition"
      })
  void whatCqlRefusesIsRefusedByName(String query, String column, String detail) {
    refused(query).then().body("column", equalTo(column)).body("detail", containsString(detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select=similarity(v) | vector search",
        "select=similarity_cosine(v,[0,0]) | zeros",
        "select=count()&order=v.ann.[1,0]&scan=true | vector search",
      })
  void whatCqlRefusesOfVectorsIsRefusedByName(String query, String detail) {
    Cassandra.require("SELECT v FROM %s.t LIMIT 1".formatted(keyspace));
    refused(query).then().body("column", equalTo("v")).body("detail", containsString(detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group=p,c&distinct=true | distinct",
        "distinct=true&per_partition=1 | per_partition",
        "select=count()&per_partition=1 | per_partition",
        "per_partition=0 | per_partition",
        "distinct=yes | distinct",
        "group= | group",
        "select=sum() | select",
        "select=count(i,c) | select",
        "select=cast(i) | select",
        "select=cast(cast(cast(cast(cast(cast(cast(cast(cast(i+as+int)+as+int)+as+int)+as+int)+as+int)+as+int)+as+int)+as+int)+as+int) | select",
        "select=count(),a:i,a:c | select"
      })
  void whatMakesNoSenseIsRefused(String query, String parameter) {
    refused(query).then().body("parameter", equalTo(parameter));
  }

  private static Response refused(String query) {
    String path = query.contains("ann") ? table : table + "/1";
    Response answer = given().urlEncodingEnabled(false).get(path + "?" + query);
    answer.then().statusCode(400).body("code", equalTo("invalid-parameter"));
    return answer;
  }

  @Test
  void wordsOfCqlAreNamesOfColumns() {
    String row = "/v1/" + keyspace + "/words/x";
    Map<String, Map<String, Integer>> columns = new HashMap<>();
    WORDS.forEach(word -> columns.put(word, Map.of("a", word.length())));
    given().contentType("application/json").body(columns).put(row).then().statusCode(204);
    for (String word : WORDS) {
      String element = "\"" + word + "\"[a]";
      given()
          .queryParam("select", "n:" + element)
          .get(row)
          .then()
          .statusCode(200)
          .body(equalTo("{\"n\":" + word.length() + "}"));
      given()
          .queryParam("select", "n:" + element + ",\"" + word + "\"")
          .get(row)
          .then()
          .body("n", equalTo(word.length()))
          .body("'" + word + "'", equalTo(Map.of("a", word.length())));
      given()
          .contentType("application/json")
          .queryParam(element, "eq." + word.length())
          .body(Map.of(word, Map.of("$add", Map.of("b", 1))))
          .patch(row)
          .then()
          .statusCode(204);
    }
  }

  @Test
  void aggregatesObeyTheGuard() {
    given()
        .get(table + "?select=count()")
        .then()
        .statusCode(400)
        .body("code", equalTo("partition-key-required"))
        .body("missing[0]", equalTo("p"));
    get(table + "?select=count()&scan=true").then().body("[0].'count()'", equalTo("602"));
    given()
        .get(table + "/1?select=max(nope)")
        .then()
        .statusCode(400)
        .body("code", equalTo("unknown-column"))
        .body("current", nullValue());
  }

  private static Response get(String path) {
    Response answer = given().urlEncodingEnabled(false).get(path);
    assertEquals(200, answer.statusCode(), answer.asString());
    return answer;
  }
}
