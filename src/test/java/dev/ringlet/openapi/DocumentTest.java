package dev.ringlet.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ringlet.access.Permission;
import dev.ringlet.access.PermissionSamples;
import dev.ringlet.access.Verb;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What documents say of tables and callers. */
class DocumentTest {
  private static final Path EXAMPLE = Path.of("src/test/resources/openapi.yaml");
  private static final int MOST_BYTES = 20_000_000;
  private static final List<String> TTL_AND_TIMESTAMP =
      List.of("ttl", "timestamp", "Cassandra-TTL", "Cassandra-Timestamp");

  private static final Table SMALL =
      Tables.table("my_table")
          .partitionKey("key", DataTypes.TEXT)
          .regular("value", DataTypes.TEXT)
          .build();

  private static JsonNode document(Shown shown) throws IOException {
    return document(shown, Map.of());
  }

  private static JsonNode document(Shown shown, Map<String, String> settings) throws IOException {
    return new ObjectMapper().readTree(Samples.bytes(shown, Format.JSON, settings));
  }

  private static Set<String> operations(JsonNode document) {
    Set<String> ids = new HashSet<>();
    document
        .get("paths")
        .forEach(
            item ->
                item.forEach(
                    operation -> {
                      if (operation.isObject()) {
                        ids.add(operation.get("operationId").asText());
                      }
                    }));
    return ids;
  }

  /** To be read as a whole; {@code -Dopenapi.write=true} writes it anew. */
  @Test
  void isThisForASmallTable() throws IOException {
    String yaml = Samples.text(Samples.shown(SMALL), Format.YAML);
    if (Boolean.getBoolean("openapi.write")) {
      Files.writeString(EXAMPLE, yaml);
    }
    assertEquals(Files.readString(EXAMPLE), yaml);
  }

  @Test
  void isTheSameInYaml() throws IOException {
    Shown shown = Samples.shown(Samples.READINGS, Samples.STATIONS, Samples.VISITS);
    byte[] yaml = Samples.bytes(shown, Format.YAML);
    assertEquals(document(shown), new YAMLMapper().readTree(yaml));
    assertFalse(new String(yaml, StandardCharsets.UTF_8).matches("(?s).*\n *(200|on|null):.*"));
  }

  /** Where it comes first in an object, and where it does not. */
  @Test
  void isTheSameInYamlWhereColumnsAndFieldsAreNamedAsReferences() throws IOException {
    UserDefinedType type =
        new UserDefinedTypeBuilder("ks", "odd")
            .withField(CqlIdentifier.fromInternal("$ref"), DataTypes.INT)
            .build();
    Shown shown =
        Samples.shown(
            Tables.table("after")
                .partitionKey("k", DataTypes.INT)
                .regular("$ref", DataTypes.TEXT)
                .build(),
            Tables.table("key")
                .partitionKey("$ref", DataTypes.INT)
                .regular("v", type.copy(true))
                .regular("w", DataTypes.listOf(DataTypes.frozenListOf(type.copy(true))))
                .build());
    JsonNode document = document(shown);
    assertEquals(document, new YAMLMapper().readTree(Samples.bytes(shown, Format.YAML)));
    assertEquals(
        List.of("$ref"),
        document.at("/components/schemas/AfterReplace/properties").properties().stream()
            .map(Map.Entry::getKey)
            .toList());
  }

  @Test
  void hasAPathForEachLevelOfTheKeyWithItsMethods() throws IOException {
    JsonNode paths = document(Samples.shown(Samples.READINGS, Samples.VISITS)).get("paths");
    assertEquals(
        List.of(
            "/v1 [post]",
            "/v1/ks/readings [get, post, put, patch, delete]",
            "/v1/ks/readings/{station}/{day} [get, patch, delete]",
            "/v1/ks/readings/{station}/{day}/{time} [get, put, patch, delete]",
            "/v1/ks/visits [get, post, patch, delete]",
            "/v1/ks/visits/{station} [get, delete]",
            "/v1/ks/visits/{station}/{day} [get, patch, delete]"),
        paths.properties().stream()
            .map(
                path -> {
                  List<String> methods = new ArrayList<>();
                  path.getValue().fieldNames().forEachRemaining(methods::add);
                  methods.remove("parameters");
                  return path.getKey() + " " + methods;
                })
            .toList());
  }

  @Test
  void hasWhatTheCallerMayAlone() throws IOException {
    Table narrowed = Samples.READINGS.narrowedTo(column -> !column.name().equals("wind_speed"));
    Shown shown = shown(narrowed, EnumSet.of(Verb.READ));
    String json = Samples.json(shown);
    assertFalse(json.contains("wind_speed"), json);
    assertFalse(json.contains("Conditions"), json);
    assertEquals(
        Set.of("listReadings", "listReadingsPartition", "readReadingsRow"),
        operations(document(shown)));
    assertFalse(json.contains("\"split\""), json);
  }

  /** A DELETE would remove what there is not for the caller. */
  @Test
  void hasNoDeletionOfColumnsThatThereAreNot() throws IOException {
    Table narrowed = Samples.READINGS.narrowedTo(column -> !column.name().equals("wind_speed"));
    Set<String> operations = operations(document(shown(narrowed, EnumSet.allOf(Verb.class))));
    assertTrue(operations.contains("mergeReadingsRow"), operations.toString());
    assertTrue(operations.stream().noneMatch(id -> id.startsWith("delete")), operations.toString());
  }

  /** The names of its parameters, by the operation. */
  private static Map<String, List<String>> parameters(JsonNode document) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (JsonNode item : document.get("paths")) {
      for (JsonNode operation : item) {
        if (operation.isObject()) {
          List<String> names = new ArrayList<>();
          for (JsonNode parameter : operation.get("parameters")) {
            JsonNode there =
                parameter.has("$ref")
                    ? document.at(parameter.get("$ref").asText().substring(1))
                    : parameter;
            names.add(there.get("name").asText());
          }
          parameters.put(operation.get("operationId").asText(), names);
        }
      }
    }
    return parameters;
  }

  @Test
  void countersHaveNoTtlAndNoTimestamp() throws IOException {
    Map<String, List<String>> parameters = parameters(document(Samples.shown(Samples.VISITS)));
    assertEquals(
        List.of("op", "columns", "explain", "Cassandra-Consistency", "Prefer"),
        parameters.get("postVisits"));
    parameters.forEach(
        (operation, names) -> {
          if (!operation.equals("writeBatch")) {
            assertTrue(Collections.disjoint(names, TTL_AND_TIMESTAMP), operation + names);
          }
        });
  }

  @Test
  void hasNoTimestampWhereNoneIsAllowed() throws IOException {
    Shown shown = Samples.shown(Samples.READINGS);
    JsonNode document = document(shown, Map.of("ringlet.timestamp.allowed", "false"));
    parameters(document)
        .forEach(
            (operation, names) -> {
              assertFalse(names.contains("Cassandra-Timestamp"), operation);
              assertFalse(names.contains("timestamp"), operation);
            });
    assertTrue(parameters(document).get("insertReadings").containsAll(List.of("ttl", "columns")));
    for (String operation : List.of("writeBatch", "insertReadings", "deleteReadingsRow")) {
      assertTrue(parameters(document(shown)).get(operation).contains("Cassandra-Timestamp"));
    }
  }

  @Test
  void hasNoLevelOfConsistencyWhereNoneIsAllowed() throws IOException {
    Shown shown = Samples.shown(Samples.READINGS);
    String serial = "Cassandra-Serial-Consistency";
    String level = "Cassandra-Consistency";
    assertEquals(
        Set.of(level), levels(document(shown, Map.of("ringlet.consistency.allowed", "ONE"))));
    JsonNode serialOnly = document(shown, Map.of("ringlet.consistency.allowed", "SERIAL"));
    assertEquals(Set.of(level, serial), levels(serialOnly));
    assertFalse(parameters(serialOnly).get("writeBatch").contains(level));
    assertTrue(parameters(serialOnly).get("listReadings").contains(level));
    assertEquals(Set.of(level, serial), levels(document(shown)));
  }

  /** The headers that some operation has a level in. */
  private static Set<String> levels(JsonNode document) {
    for (JsonNode values : document.findValues("enum")) {
      assertFalse(values.isEmpty());
    }
    return parameters(document).values().stream()
        .flatMap(List::stream)
        .filter(name -> name.endsWith("-Consistency"))
        .collect(Collectors.toSet());
  }

  /** What a caller who reads is shown with 200 otherwise is a row, and the parameter says so. */
  @Test
  void writesThatHaveNoOther200HaveThatOfExplain() throws IOException {
    assertEquals(
        Set.of(
            "mergeReadingsPartition",
            "deleteReadingsByFilters",
            "deleteReadingsPartition",
            "deleteReadingsRow"),
        explained(document(Samples.shown(Samples.READINGS))));
    assertEquals(
        Set.of(
            "replaceReadingsByFilters",
            "replaceReadingsRow",
            "mergeReadingsByFilters",
            "mergeReadingsPartition",
            "mergeReadingsRow"),
        explained(document(shown(Samples.READINGS, EnumSet.of(Verb.CREATE, Verb.WRITE)))));
  }

  private static Set<String> explained(JsonNode document) {
    Set<String> explained = new HashSet<>();
    for (JsonNode item : document.get("paths")) {
      for (JsonNode operation : item) {
        if (operation.isObject()) {
          String ok = operation.at("/responses/200/$ref").asText();
          assertFalse(ok.isEmpty(), operation.toString());
          if (ok.equals("#/components/responses/Explanation")) {
            explained.add(operation.get("operationId").asText());
          }
        }
      }
    }
    return explained;
  }

  private static Shown shown(Table table, Set<Verb> may) {
    return shown(table, PermissionSamples.of(table, may));
  }

  private static Shown shown(Table table, Permission... permissions) {
    return new Shown(
        Optional.of("ks"), List.of(new ShownTable(table, List.of(permissions), false)), "", false);
  }

  /** It would remove values that the caller does not see. */
  @Test
  void rowsOfWhichSomethingIsHiddenAreNotDeleted() throws IOException {
    Table narrow = Samples.READINGS.narrowedTo(column -> false);
    JsonNode post =
        document(shown(narrow, EnumSet.of(Verb.WRITE, Verb.DELETE)))
            .at("/paths/~1v1~1ks~1readings/post");
    List<String> operations = new ArrayList<>();
    for (JsonNode parameter : post.get("parameters")) {
      if (parameter.path("name").asText().equals("op")) {
        parameter.at("/schema/enum").forEach(operation -> operations.add(operation.asText()));
      }
    }
    assertFalse(operations.contains("delete"), operations.toString());
    assertTrue(operations.contains("merge"), operations.toString());
  }

  /** CQL has no condition for rows that have no columns of their own. */
  @Test
  void rowsWithoutRegularColumnsHaveNoIfMatch() throws IOException {
    for (Tables table :
        List.of(
            Tables.table("settings").partitionKey("k", DataTypes.TEXT),
            Tables.table("settings")
                .partitionKey("k", DataTypes.TEXT)
                .clustering("c", DataTypes.INT)
                .staticColumn("s", DataTypes.TEXT))) {
      Map<String, List<String>> parameters = parameters(document(Samples.shown(table.build())));
      for (String verb : List.of("merge", "replace")) {
        for (String of : List.of("Row", "ByFilters")) {
          List<String> names = parameters.get(verb + "Settings" + of);
          assertFalse(names.contains("If-Match"), verb + of + names);
          assertEquals(verb.equals("replace"), names.contains("If-None-Match"), verb + of);
        }
      }
      assertFalse(parameters.get("insertSettings").contains("If-Match"));
      assertTrue(parameters.get("insertSettings").contains("If-None-Match"));
      assertTrue(parameters.get("deleteSettingsRow").contains("If-Match"));
    }
  }

  @Test
  void whoMayOnlyDeleteSaysSoInAPost() throws IOException {
    JsonNode paths = document(shown(Samples.READINGS, EnumSet.of(Verb.DELETE))).get("paths");
    JsonNode post = paths.at("/~1v1~1ks~1readings/post");
    assertEquals("postReadings", post.path("operationId").asText());
    assertEquals("Delete rows", post.path("summary").asText());
    JsonNode op = post.at("/parameters/0");
    assertEquals("op", op.path("name").asText());
    assertEquals("[\"delete\"]", op.at("/schema/enum").toString());
    assertTrue(op.path("required").asBoolean());
    assertFalse(post.path("responses").has("201"));
    assertFalse(post.path("parameters").toString().contains("/If"));
  }

  @Test
  void whoMayCreateOrWriteInsertsUnlessToldOtherwise() throws IOException {
    for (Verb verb : List.of(Verb.CREATE, Verb.WRITE)) {
      JsonNode paths = document(shown(Samples.READINGS, EnumSet.of(verb))).get("paths");
      JsonNode post = paths.at("/~1v1~1ks~1readings/post");
      assertEquals("insertReadings", post.path("operationId").asText());
      assertEquals(
          verb == Verb.WRITE ? "[\"insert\",\"merge\"]" : "[\"insert\"]",
          post.at("/parameters/0/schema/enum").toString());
      assertFalse(post.at("/parameters/0").has("required"));
      assertEquals(verb == Verb.WRITE, post.path("parameters").toString().contains("IfExists"));
    }
  }

  /** The rules of a caller are tried one after the other. */
  @Test
  void aColumnMayBeLeftOutWhereARuleThatWritesHasOneValueOfIt() throws IOException {
    Table table = Samples.READINGS;
    Set<Verb> all = EnumSet.allOf(Verb.class);
    Set<Verb> write = EnumSet.of(Verb.WRITE);
    List<String> open = List.of("day", "time");
    List<String> whole = List.of("station", "day", "time");
    assertEquals(open, required(PermissionSamples.ofRows(table, all, "zugspitze")));
    assertEquals(whole, required(PermissionSamples.ofRows(table, all, "zugspitze", "feldberg")));
    assertEquals(
        whole,
        required(
            PermissionSamples.ofRows(table, EnumSet.of(Verb.READ), "zugspitze"),
            PermissionSamples.of(table, write)));
    assertEquals(
        open,
        required(
            PermissionSamples.of(table, write),
            PermissionSamples.ofRows(table, write, "zugspitze")));
  }

  private static List<String> required(Permission... permissions) throws IOException {
    return texts(
        document(shown(Samples.READINGS, permissions))
            .at("/components/schemas/ReadingsInsert/required"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void aFilterMayBeLeftOutWhereTheRuleOfItsVerbHasOneValueOfTheColumn() throws IOException {
    Table table = Samples.READINGS;
    JsonNode item =
        document(
                shown(
                    table,
                    PermissionSamples.ofRows(table, EnumSet.of(Verb.WRITE), "zugspitze"),
                    PermissionSamples.of(table, EnumSet.of(Verb.DELETE))))
            .at("/paths/~1v1~1ks~1readings");
    for (String method : List.of("put", "patch", "delete")) {
      JsonNode station = item.at("/" + method + "/parameters/0");
      assertEquals("station", station.path("name").asText());
      assertEquals(method.equals("delete"), station.path("required").asBoolean(), method);
    }
  }

  /** Clients that have a class for bytes write into a path what its objects are called. */
  @Test
  void bytesAreTextInAPath() throws IOException {
    for (DataType type : List.of(DataTypes.BLOB, DataTypes.custom("org.example.Made"))) {
      JsonNode document =
          document(Samples.shown(Tables.table("digests").partitionKey("hash", type).build()));
      JsonNode schema = document.at("/paths/~1v1~1ks~1digests~1{hash}/parameters/0/schema");
      assertEquals("string", schema.path("type").asText());
      assertEquals("base64", schema.path("contentEncoding").asText());
      assertFalse(schema.has("format"), schema::toString);
      JsonNode hash = document.at("/components/schemas/DigestsRow/properties/hash");
      assertEquals(
          "byte",
          (hash.has("$ref") ? document.at(hash.get("$ref").asText().substring(1)) : hash)
              .path("format")
              .asText());
    }
  }

  @Test
  void namesAreUniqueForClientsOnAnySystem() throws IOException {
    Table[] tables =
        List.of("a_b", "aB", "AB", "ab", "a_b_row", "_", "2fa", "problem", "Batch").stream()
            .map(name -> Tables.table(name).partitionKey("k", DataTypes.INT).build())
            .toArray(Table[]::new);
    JsonNode document = document(Samples.shown(tables));
    Set<String> ids = new HashSet<>();
    operations(document).forEach(id -> assertTrue(ids.add(id.toLowerCase(Locale.ROOT)), id));
    Set<String> schemas = new HashSet<>();
    document
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(
            name -> {
              assertTrue(name.matches("[a-zA-Z0-9._-]+"), name);
              assertTrue(schemas.add(name.toLowerCase(Locale.ROOT)), name);
            });
  }

  @Test
  void keysOfAnyNameHavePathsAndParametersThatMatch() throws IOException {
    JsonNode document =
        document(
            Samples.shown(
                Tables.table("odd")
                    .partitionKey("a/b", DataTypes.TEXT)
                    .partitionKey("a b", DataTypes.TEXT)
                    .clustering("größe", DataTypes.INT)
                    .clustering("}", DataTypes.INT)
                    .build()));
    JsonNode item = document.get("paths").get("/v1/ks/odd/{a_b}/{a_b2}/{gr__e}/{key}");
    assertEquals(
        List.of("a_b", "a_b2", "gr__e", "key"), item.get("parameters").findValuesAsText("name"));
  }

  @Test
  void refersToWhatIsThereAndHasNothingElse() throws IOException {
    JsonNode document = document(Samples.shown(Samples.READINGS, Samples.STATIONS, Samples.VISITS));
    Set<String> references = new HashSet<>(document.findValuesAsText("$ref"));
    for (String reference : references) {
      assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
    }
    for (String section : List.of("parameters", "headers", "responses", "schemas")) {
      document
          .at("/components/" + section)
          .fieldNames()
          .forEachRemaining(
              name ->
                  assertTrue(references.contains("#/components/" + section + "/" + name), name));
    }
  }

  @Test
  void hasAnExampleOfEveryError() throws IOException {
    String responses =
        document(Samples.shown(Samples.READINGS)).at("/components/responses").toString();
    for (ErrorCode code : ErrorCode.values()) {
      assertTrue(responses.contains("\"code\":\"" + code.code() + "\""), code.code());
    }
  }

  @Test
  void aMapThatIsAnArrayTakesOperatorsToo() throws IOException {
    DataType type = DataTypes.mapOf(DataTypes.frozenListOf(DataTypes.INT), DataTypes.TEXT);
    Table table =
        Tables.table("t").partitionKey("k", DataTypes.INT).regular("entries", type).build();
    Shown shown = new Shown(Optional.of("ks"), List.of(Samples.all(table)), "", true);
    JsonNode change = document(shown).at("/components/schemas/TMerge/properties/entries");
    assertEquals("[\"array\",\"object\",\"null\"]", change.path("type").toString());
    JsonNode keys = change.at("/properties/$remove/items/items/type");
    assertEquals("[\"integer\",\"string\"]", keys.toString());
    assertEquals(2, change.at("/properties/$add/items/minItems").asInt());
    assertFalse(change.path("additionalProperties").asBoolean(true));
  }

  @Test
  void isSmallForManyTables() {
    List<ShownTable> tables = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Tables table =
          Tables.table("table_" + i)
              .partitionKey("tenant", DataTypes.TEXT)
              .partitionKey("day", DataTypes.DATE)
              .clustering("time", DataTypes.TIMESTAMP)
              .clustering("id", DataTypes.TIMEUUID);
      for (int column = 0; column < 16; column++) {
        table =
            table.regular("column_" + column, column % 2 == 0 ? DataTypes.DECIMAL : DataTypes.INET);
      }
      tables.add(Samples.all(table.build()));
    }
    Shown shown = new Shown(Optional.of("ks"), tables, "", false);
    long start = System.nanoTime();
    int size = Samples.bytes(shown, Format.JSON).length;
    System.out.printf(
        "500 tables: %d bytes in %d ms%n", size, (System.nanoTime() - start) / 1_000_000);
    assertTrue(size < MOST_BYTES, () -> size + " bytes");
  }

  @Test
  void callersToWhomTheSameIsShownHaveTheSame() {
    Table again =
        Tables.table("my_table")
            .partitionKey("key", DataTypes.TEXT)
            .regular("value", DataTypes.TEXT)
            .build();
    assertEquals(Samples.shown(SMALL), Samples.shown(again));
    assertFalse(Samples.shown(SMALL).equals(shown(again, EnumSet.of(Verb.READ))));
    assertFalse(
        Samples.shown(Samples.READINGS)
            .equals(Samples.shown(Samples.READINGS.narrowedTo(column -> false))));
  }
}
