package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is exposed, described. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class DescriptionTest {
  private static final String UUID_OF_ONES = "11111111-1111-4111-8111-111111111111";

  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "described",
            "CREATE TYPE $ks.position (latitude double, \"Name\" text)",
            "CREATE TABLE $ks.readings (station text, day date, at timestamp, value float,"
                + " unit text static, place frozen<position>,"
                + " PRIMARY KEY ((station, day), at)) WITH CLUSTERING ORDER BY (at DESC) AND comment = 'newest first'"
                + " AND default_time_to_live = 86400",
            "CREATE INDEX by_value ON $ks.readings (value)",
            "CREATE TABLE $ks.indexed (k int PRIMARY KEY, n int, name text, l set<text>,"
                + " m map<text, int>, f frozen<list<int>>, u uuid, old int, \"Old\" set<text>,"
                + " start text, part text)",
            "ALTER TABLE $ks.indexed ADD (a vector<float, 2>, b vector<float, 2>, c vector<float, 2>)",
            "CREATE INDEX n ON $ks.indexed (n) USING 'sai'",
            "CREATE INDEX name ON $ks.indexed (name) USING 'sai'",
            "CREATE INDEX l ON $ks.indexed (l) USING 'sai'",
            "CREATE INDEX m ON $ks.indexed (m) USING 'sai'",
            "CREATE INDEX mk ON $ks.indexed (keys(m)) USING 'sai'",
            "CREATE INDEX me ON $ks.indexed (entries(m)) USING 'sai'",
            "CREATE INDEX f ON $ks.indexed (full(f)) USING 'sai'",
            "CREATE INDEX u ON $ks.indexed (u) USING 'sai'",
            "CREATE INDEX old ON $ks.indexed (old)",
            "CREATE INDEX old_set ON $ks.indexed (\"Old\")",
            "CREATE CUSTOM INDEX start ON $ks.indexed (start)"
                + " USING 'org.apache.cassandra.index.sasi.SASIIndex'",
            "CREATE CUSTOM INDEX part ON $ks.indexed (part)"
                + " USING 'org.apache.cassandra.index.sasi.SASIIndex'"
                + " WITH OPTIONS = {'mode': 'CONTAINS'}",
            "CREATE INDEX a ON $ks.indexed (a) USING 'sai'",
            "CREATE INDEX b ON $ks.indexed (b) USING 'sai'"
                + " WITH OPTIONS = {'similarity_function': 'DOT_PRODUCT'}",
            "CREATE INDEX c ON $ks.indexed (c) USING 'sai'"
                + " WITH OPTIONS = {'similarity_function': 'euclidean'}",
            "CREATE MATERIALIZED VIEW $ks.by_day AS SELECT station, day, at, value FROM $ks.readings"
                + " WHERE station IS NOT NULL AND day IS NOT NULL AND at IS NOT NULL"
                + " PRIMARY KEY (day, station, at)");
  }

  @Test
  void listsTheKeyspacesButNotTheSystems() {
    given()
        .get("/v1")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("keyspaces", hasItems("my_keyspace", "weather", keyspace))
        .body("keyspaces", not(hasItems("system")))
        .body("keyspaces", not(hasItems("system_schema")))
        .body("links.openapi", equalTo("/v1/openapi.json"))
        .body("links.keyspaces.weather", equalTo("/v1/weather"))
        .body("links.keyspaces", not(hasKey("system")));
  }

  @Test
  void thereAreNoPagesUnlessTheyAreAskedFor() {
    given().get("/").then().body("links", not(hasKey("docs")));
    for (String path : List.of("/docs", "/docs/page.js", "/docs/swagger-ui-bundle.js")) {
      given().get(path).then().statusCode(404).body("code", equalTo("not-found"));
    }
  }

  @Test
  void describesTablesViewsAndTypes() {
    String description = given().get("/v1/" + keyspace).asString();
    assertEquals(
        """
                {"keyspace":"$ks","tables":[\
                {"table":"by_day","kind":"materialized_view","comment":"",\
                "default_time_to_live":0,"columns":[\
                {"column":"day","type":"date","kind":"partition_key"},\
                {"column":"station","type":"text","kind":"clustering"},\
                {"column":"at","type":"timestamp","kind":"clustering"},\
                {"column":"value","type":"float","kind":"regular"}],\
                "primary_key":{"partition_key":["day"],"clustering":["station","at"]},\
                "clustering_order":{"station":"asc","at":"desc"},"indexes":[],\
                "permissions":["read"],"links":{"rows":"/v1/$ks/by_day"}},\
                $indexed,\
                {"table":"readings","kind":"table","comment":"newest first",\
                "default_time_to_live":86400,"columns":[\
                {"column":"station","type":"text","kind":"partition_key"},\
                {"column":"day","type":"date","kind":"partition_key"},\
                {"column":"at","type":"timestamp","kind":"clustering"},\
                {"column":"place","type":"frozen<$ks.position>","kind":"regular"},\
                {"column":"value","type":"float","kind":"regular"},\
                {"column":"unit","type":"text","kind":"static"}],\
                "primary_key":{"partition_key":["station","day"],"clustering":["at"]},\
                "clustering_order":{"at":"desc"},\
                "indexes":[{"index":"by_value","target":"value","class":"composites",\
                "operators":["eq"],"functions":[]}],\
                "permissions":["read","create","write","delete"],\
                "links":{"rows":"/v1/$ks/readings"}}],\
                "types":[{"type":"position","fields":[\
                {"field":"latitude","type":"double"},{"field":"Name","type":"text"}]}],\
                "links":{"keyspaces":"/v1","openapi":"/v1/$ks/openapi.json"}}"""
            .replace("$ks", keyspace),
        description.replaceFirst("\\{\"table\":\"indexed\".*?\\}\\}", "\\$indexed"));
  }

  @Test
  void anAlteredDefaultTimeToLiveIsSeen() {
    execute("CREATE TABLE " + keyspace + ".altered (k int PRIMARY KEY)");
    Cassandra.awaitSeen(keyspace);
    execute("ALTER TABLE " + keyspace + ".altered WITH default_time_to_live = 7");
    await()
        .untilAsserted(
            () ->
                given()
                    .get("/v1/" + keyspace)
                    .then()
                    .body(
                        "tables.find { it.table == 'altered' }.default_time_to_live", equalTo(7)));
    execute("DROP TABLE " + keyspace + ".altered");
    Cassandra.awaitSeen(keyspace);
  }

  @Test
  void linksLeadToWhatTheyName() {
    for (String link : List.of("links.keyspaces", "tables[0].links.rows", "tables[1].links.rows")) {
      String path = given().get("/v1/" + keyspace).path(link);
      given().options(path).then().statusCode(204);
    }
    String path = given().get("/v1").path("links.keyspaces." + keyspace);
    given().get(path).then().statusCode(200).body("keyspace", equalTo(keyspace));
  }

  /** An operator that is described as served by an index is one that a read has by its rule. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n       | n     | eq.1 in.(1) lt.1 lte.1 gt.1 gte.1 like.1%25
          name    | name  | eq.a in.(a) lt.a lte.a gt.a gte.a like.a%25
          l       | l     | eq.[] contains.a contains_key.a entry.(a,1)
          m       | m     | contains.1
          mk      | m     | contains_key.a
          me      | m     | entry.(a,1)
          f       | f     | eq.[1] in.([1]) lt.[1] contains.1
          u       | u     | eq.$uuid lt.$uuid gte.$uuid
          old     | old   | eq.1 in.(1) lt.1 like.1%25
          old_set | Old   | contains.a contains_key.a eq.[%22a%22]
          start   | start | eq.a in.(a) lt.a like.a%25
          part    | part  | eq.a gt.a like.%25a%25
          a       | a     | eq.[1,2] lt.[1,2] contains.1
          """)
  void anIndexHasTheOperatorsThatItServes(String index, String column, String filters) {
    Cassandra.requireIndex(keyspace, index);
    List<String> described =
        given()
            .get("/v1/" + keyspace)
            .path(
                "tables.find { it.table == 'indexed' }.indexes.find { it.index == '%s' }.operators"
                    .formatted(index));
    List<String> served = new ArrayList<>();
    for (String filter : filters.replace("$uuid", UUID_OF_ONES).split(" ", -1)) {
      Response answer =
          given()
              .urlEncodingEnabled(false)
              .get(
                  "/v1/%s/indexed?%s=%s&explain=true"
                      .formatted(keyspace, column, filter.replace("[", "%5B").replace("]", "%5D")));
      if (answer.statusCode() == 200) {
        assertEquals("index:" + index, answer.path("rule"));
        served.add(filter.split("\\.", 2)[0]);
      }
    }
    assertEquals(served, described);
  }

  @Test
  void anIndexSaysWhatItIs() {
    Cassandra.requireIndex(keyspace, "me");
    String index = "tables.find { it.table == 'indexed' }.indexes.find { it.index == 'me' }.";
    given()
        .get("/v1/" + keyspace)
        .then()
        .body(index + "target", equalTo("entries(m)"))
        .body(index + "class", equalTo("sai"));
  }

  @Test
  void anIndexOfVectorsHasTheFunctionThatItOrdersBy() {
    Cassandra.requireIndex(keyspace, "a");
    String indexes = "tables.find { it.table == 'indexed' }.indexes.findAll { it.functions }.";
    given()
        .get("/v1/" + keyspace)
        .then()
        .body(indexes + "index", equalTo(List.of("a", "b", "c")))
        .body(
            indexes + "functions.flatten()",
            equalTo(
                List.of("similarity_cosine", "similarity_dot_product", "similarity_euclidean")));
    given()
        .urlEncodingEnabled(false)
        .get("/v1/" + keyspace + "/indexed?order=b.ann.%5B1,2%5D&select=similarity(b)&explain=true")
        .then()
        .body("cql", containsString("similarity_dot_product(b, ?)"));
  }

  @Test
  void aMaterializedViewIsReadOnly() {
    given()
        .contentType("application/json")
        .body("{\"station\":\"a\",\"day\":\"2026-11-22\",\"at\":0,\"value\":1.5}")
        .post("/v1/" + keyspace + "/readings")
        .then()
        .statusCode(201);
    given()
        .get("/v1/" + keyspace + "/by_day/2026-11-22/a")
        .then()
        .body("value", equalTo(List.of(1.5f)));
    given()
        .delete("/v1/" + keyspace + "/by_day/2026-11-22")
        .then()
        .statusCode(405)
        .header("Allow", equalTo("GET, HEAD, OPTIONS"));
  }
}
