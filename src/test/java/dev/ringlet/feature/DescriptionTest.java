package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is exposed, described. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class DescriptionTest {
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "described",
            "CREATE TYPE $ks.position (latitude double, \"Name\" text)",
            "CREATE TABLE $ks.readings (station text, day date, at timestamp, value float,"
                + " unit text static, place frozen<position>,"
                + " PRIMARY KEY ((station, day), at)) WITH CLUSTERING ORDER BY (at DESC) AND comment = 'newest first'",
            "CREATE INDEX by_value ON $ks.readings (value) USING 'sai'",
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
        .body("keyspaces", not(hasItems("system_schema")));
  }

  @Test
  void describesTablesViewsAndTypes() {
    given()
        .get("/v1/" + keyspace)
        .then()
        .statusCode(200)
        .body(
            equalTo(
                """
                {"keyspace":"$ks","tables":[\
                {"table":"by_day","kind":"materialized_view","comment":"","columns":[\
                {"column":"day","type":"date","kind":"partition_key"},\
                {"column":"station","type":"text","kind":"clustering"},\
                {"column":"at","type":"timestamp","kind":"clustering"},\
                {"column":"value","type":"float","kind":"regular"}],\
                "primary_key":{"partition_key":["day"],"clustering":["station","at"]},\
                "clustering_order":{"station":"asc","at":"desc"},"indexes":[],\
                "permissions":["read"]},\
                {"table":"readings","kind":"table","comment":"newest first","columns":[\
                {"column":"station","type":"text","kind":"partition_key"},\
                {"column":"day","type":"date","kind":"partition_key"},\
                {"column":"at","type":"timestamp","kind":"clustering"},\
                {"column":"place","type":"frozen<$ks.position>","kind":"regular"},\
                {"column":"value","type":"float","kind":"regular"},\
                {"column":"unit","type":"text","kind":"static"}],\
                "primary_key":{"partition_key":["station","day"],"clustering":["at"]},\
                "clustering_order":{"at":"desc"},\
                "indexes":[{"index":"by_value","target":"value","class":"sai"}],\
                "permissions":["read","create","write","delete"]}],\
                "types":[{"type":"position","fields":[\
                {"field":"latitude","type":"double"},{"field":"Name","type":"text"}]}]}"""
                    .replace("$ks", keyspace)));
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
        .body("value", equalTo(java.util.List.of(1.5f)));
    given()
        .delete("/v1/" + keyspace + "/by_day/2026-11-22")
        .then()
        .statusCode(405)
        .header("Allow", equalTo("GET, HEAD, OPTIONS"));
  }
}
