package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.shape.NearMiss;
import dev.ringlet.shape.SchemaUse;
import dev.ringlet.shape.TypeSchema;
import dev.ringlet.shape.Unsaid;
import dev.ringlet.value.CqlType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values made by the schemas of their types are taken, and what comes back is as these say. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class TypeSchemasTest {
  private static final List<String> TYPES =
      List.of(
          "ascii",
          "text",
          "blob",
          "boolean",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "varint",
          "decimal",
          "float",
          "double",
          "uuid",
          "timeuuid",
          "timestamp",
          "date",
          "time",
          "duration",
          "inet",
          "list<int>",
          "set<timestamp>",
          "map<text, decimal>",
          "map<decimal, boolean>",
          "list<frozen<set<float>>>",
          "map<inet, frozen<list<blob>>>",
          "map<frozen<list<bigint>>, date>",
          "map<frozen<map<time, uuid>>, frozen<set<varint>>>",
          "vector<float, 3>",
          "vector<duration, 2>",
          "vector<frozen<map<int, double>>, 2>",
          "tuple<int, duration, frozen<list<timeuuid>>>",
          "frozen<address>",
          "address",
          "list<frozen<address>>",
          "frozen<\"Person Of\">",
          "map<frozen<tuple<smallint, ascii>>, frozen<\"Person Of\">>");

  private final Random random = new Random(2020_12);

  private static String path;
  private static Map<String, DataType> columns;

  @BeforeAll
  static void createTable() {
    Map<Boolean, List<String>> all =
        IntStream.range(0, TYPES.size())
            .mapToObj(i -> "c%d %s".formatted(i, TYPES.get(i)))
            .collect(Collectors.partitioningBy(column -> column.contains(" vector<")));
    String vectors = String.join(", ", all.get(true)); // not in every version
    String keyspace =
        Cassandra.keyspace(
            "shapes",
            "CREATE TYPE $ks.address (street text, \"House No\" smallint, since date)",
            "CREATE TYPE $ks.\"Person Of\" (name text, homes map<text, frozen<address>>)",
            "CREATE TABLE $ks.t (k int PRIMARY KEY, %s)"
                .formatted(String.join(", ", all.get(false))),
            "ALTER TABLE $ks.t ADD (" + vectors + ")");
    path = "/v1/" + keyspace + "/t/";
    columns = new LinkedHashMap<>();
    for (ColumnMetadata column :
        Cassandra.session()
            .getMetadata()
            .getKeyspace(keyspace)
            .flatMap(metadata -> metadata.getTable("t"))
            .orElseThrow()
            .getColumns()
            .values()) {
      columns.put(column.getName().asInternal(), column.getType());
    }
    assertEquals("int", columns.remove("k").asCql(false, false));
  }

  @Test
  void whatIsMadeByTheSchemasIsTakenAndComesBackByThem() {
    for (int row = 0; row < 30; row++) {
      boolean allForms = row % 2 == 0;
      Response answer = put(row, make(allForms));
      while (isOfSomethingTwice(answer)) {
        answer = put(row, make(allForms));
      }
      assertEquals(204, answer.statusCode(), answer.asString());

      JsonNode back = get(row);
      columns.forEach(
          (name, type) -> {
            JsonNode value = back.get(name);
            if (!value.isNull()) { // an empty collection
              assertEquals("[]", TypeSchema.of(type, SchemaUse.GIVEN, true).misfit(value), name);
            }
          });
      assertEquals(204, put(row, back).statusCode());
      assertEquals(back, get(row));
    }
  }

  @Test
  void whatTheSchemasDoNotAllowIsRefused() {
    NearMiss nearMiss = new NearMiss(random);
    columns.forEach(
        (name, type) -> {
          TypeSchema schema = TypeSchema.of(type, SchemaUse.TAKEN, true);
          for (int i = 0; i < 10; i++) {
            JsonNode near = nearMiss.of(make(type, true));
            boolean allowed = near.isNull() || schema.allows(near);
            Response answer = put(1, TypeSchema.JSON.createObjectNode().set(name, near));
            boolean known =
                Unsaid.explains(CqlType.of(type), near, allowed) || isOfSomethingTwice(answer);
            assertTrue(
                known || answer.statusCode() == (allowed ? 204 : 400),
                () -> "%s %s %s %s".formatted(type, near, allowed, answer.asString()));
          }
        });
  }

  /** That a map has two keys that are the same, a schema cannot say. */
  private static boolean isOfSomethingTwice(Response answer) {
    return answer.statusCode() == 400
        && (answer.asString().contains("comes twice")
            || answer.asString().contains("each key once"));
  }

  private ObjectNode make(boolean allForms) {
    ObjectNode row = TypeSchema.JSON.createObjectNode();
    columns.forEach((name, type) -> row.set(name, make(type, allForms)));
    return row;
  }

  /** A value of which it can be said that it is taken. */
  private JsonNode make(DataType type, boolean allForms) {
    TypeSchema schema = TypeSchema.of(type, SchemaUse.TAKEN, allForms);
    JsonNode made = schema.make(random);
    while (Unsaid.explains(CqlType.of(type), made, true)) {
      made = schema.make(random);
    }
    return made;
  }

  private static Response put(int row, JsonNode body) {
    return given()
        .contentType("application/json")
        .body(TypeSchema.text(body).getBytes(StandardCharsets.UTF_8))
        .put(path + row);
  }

  private static JsonNode get(int row) {
    JsonNode answer =
        TypeSchema.parse(given().get(path + row).then().statusCode(200).extract().asString());
    return ((ObjectNode) answer).without("k");
  }
}
