package dev.ringlet.feature;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.DecoderConfig.decoderConfig;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.ringlet.request.Operator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAPI documents, held against what the server does. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class OpenApiTest {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "documented",
            "CREATE TYPE $ks.position (latitude double, \"Name\" text)",
            "CREATE TABLE $ks.readings (station text, day date, time timestamp, sensor int,"
                + " value decimal, unit text static, place frozen<position>, tags set<text>,"
                + " notes map<int, text>, PRIMARY KEY ((station, day), time, sensor))",
            "CREATE TABLE $ks.visits (station text, day date, visitors counter,"
                + " PRIMARY KEY (station, day))",
            "CREATE TABLE $ks.\"Odd\" (\"limit\" text, \"a/b\" int, \"Größe\" bigint, \"$add\" blob,"
                + " PRIMARY KEY (\"limit\", \"a/b\"))",
            "CREATE TABLE $ks.odd (k uuid PRIMARY KEY)",
            "CREATE TABLE $ks.settings (k text, c int, s text static, PRIMARY KEY (k, c))",
            "CREATE MATERIALIZED VIEW $ks.by_day AS SELECT station, day, time, sensor, value"
                + " FROM $ks.readings WHERE station IS NOT NULL AND day IS NOT NULL"
                + " AND time IS NOT NULL AND sensor IS NOT NULL"
                + " PRIMARY KEY (day, station, time, sensor)");
  }

  private static JsonNode document() throws Exception {
    return JSON.readTree(
        given()
            .get("/v1/" + keyspace + "/openapi.json")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray());
  }

  @Test
  void isThereForEachKeyspaceAndForAllOfThem() {
    given()
        .get("/v1/" + keyspace + "/openapi.json")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Vary", containsString("Authorization"))
        .body("openapi", equalTo("3.1.0"))
        .body("paths", hasKey("/v1/" + keyspace + "/readings/{station}/{day}/{time}/{sensor}"))
        .body("paths", not(hasKey("/v1/weather/stations")));
    given()
        .get("/v1/openapi.json")
        .then()
        .statusCode(200)
        .body("paths", hasKey("/v1/" + keyspace + "/readings"))
        .body("paths", hasKey("/v1/weather/stations"));
    given()
        .get("/v1/no_such_keyspace/openapi.json")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-keyspace"));
  }

  @Test
  void isTheSameInYaml() throws Exception {
    for (String of : List.of("/v1", "/v1/" + keyspace)) {
      byte[] json = given().get(of + "/openapi.json").asByteArray();
      byte[] yaml =
          given()
              .get(of + "/openapi.yaml")
              .then()
              .statusCode(200)
              .contentType("application/yaml")
              .extract()
              .asByteArray();
      assertEquals(JSON.readTree(json), new YAMLMapper().readTree(yaml));
    }
  }

  @Test
  void hasATagThatClientsAskWith() {
    for (String name : List.of("/openapi.json", "/openapi.yaml")) {
      String path = "/v1/" + keyspace + name;
      String tag =
          given()
              .config(config().decoderConfig(decoderConfig().noContentDecoders()))
              .get(path)
              .header("ETag");
      given().header("If-None-Match", tag).get(path).then().statusCode(304).body(equalTo(""));
      given().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
      String compressed = given().header("Accept-Encoding", "gzip").head(path).header("ETag");
      assertEquals(tag.replaceAll("\"$", ".gzip\""), compressed);
      given().header("If-None-Match", compressed).get(path).then().statusCode(304);
    }
  }

  @Test
  void takesHeadAndOptionsAndNothingElse() {
    for (String path : List.of("/v1/openapi.json", "/v1/" + keyspace + "/openapi.yaml")) {
      given().head(path).then().statusCode(200).body(equalTo(""));
      for (String query : List.of("", "?x=1")) {
        given()
            .options(path + query)
            .then()
            .statusCode(204)
            .header("Allow", equalTo("GET, HEAD, OPTIONS"));
      }
      for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
        given()
            .contentType("application/json")
            .body(method.equals("DELETE") ? "" : "{}")
            .request(method, path)
            .then()
            .statusCode(405)
            .header("Allow", equalTo("GET, HEAD, OPTIONS"));
      }
      given()
          .queryParam("limit", 1)
          .get(path)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-parameter"));
      given().header("Accept", "text/csv").get(path).then().statusCode(406);
    }
    given().get("/v1/" + keyspace + "/openapi.xml").then().statusCode(404);
  }

  @Test
  void changesWithTheTables() {
    String changing = Cassandra.keyspace("changing", "CREATE TABLE $ks.t (k int PRIMARY KEY)");
    String path = "/v1/" + changing + "/openapi.json";
    String before = given().get(path).header("ETag");
    Cassandra.execute("ALTER TABLE " + changing + ".t ADD added text");
    await()
        .until(
            () ->
                given()
                    .get(path)
                    .jsonPath()
                    .getMap("components.schemas.TRow.properties")
                    .containsKey("added"));
    given().header("If-None-Match", before).get(path).then().statusCode(200);
  }

  /** Every path with every method: what the document has is there, what it has not is not. */
  @Test
  void hasTheMethodsThatThereAre() throws Exception {
    JsonNode paths = document().get("paths");
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      String url = filled(path.getKey(), path.getValue());
      for (String method : METHODS) {
        boolean listed = path.getValue().has(method.toLowerCase(Locale.ROOT));
        int status =
            given()
                .urlEncodingEnabled(false)
                .contentType("application/json")
                .body(method.equals("GET") || method.equals("DELETE") ? "" : "{}")
                // counters are not inserted
                .request(
                    method, method.equals("POST") && !url.equals("/v1") ? url + "?op=merge" : url)
                .statusCode();
        boolean possible = status != 405 && status != 403;
        if (path.getKey().equals("/v1") && method.equals("GET")) {
          continue; // no batch
        }
        if (possible != listed || status >= 500) {
          wrong.add(method + " " + url + " " + status);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Of rows; counters have no conditions at all. */
  @Test
  void listsIfMatchWhereItIsPossible() throws Exception {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Map.Entry<String, JsonNode> path : document().get("paths").properties()) {
      String url = filled(path.getKey(), path.getValue());
      for (String method : List.of("PUT", "PATCH", "DELETE")) {
        JsonNode operation = path.getValue().path(method.toLowerCase(Locale.ROOT));
        if (operation.path("operationId").asText().matches(".*(?<!Visits)Row")) {
          boolean listed = operation.get("parameters").toString().contains("/IfMatch\"");
          String code =
              asked()
                  .urlEncodingEnabled(false)
                  .header("If-Match", "*")
                  .body(method.equals("DELETE") ? "" : "{}")
                  .request(method, url)
                  .jsonPath()
                  .getString("code");
          asked++;
          if (listed == "condition-not-possible".equals(code)) {
            wrong.add(method + " " + url + " " + code);
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(4 * 3, asked);
  }

  private static String filled(String path, JsonNode item) {
    String filled = path;
    for (JsonNode parameter : item.path("parameters")) {
      filled =
          filled.replace(
              "{" + parameter.get("name").asText() + "}",
              java.net.URLEncoder.encode(
                  parameter.get("example").asText(), java.nio.charset.StandardCharsets.UTF_8));
    }
    return filled;
  }

  /** Every filter with the example of each operator is understood, and with no other operator. */
  @Test
  void listsFiltersThatThereAre() throws Exception {
    JsonNode document = document();
    int asked = 0;
    int refused = 0;
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      String url = filled(path.getKey(), path.getValue()).replace("%2F", "/").replace("%3A", ":");
      for (JsonNode parameter : path.getValue().path("get").path("parameters")) {
        String schema = parameter.path("schema").path("$ref").asText();
        if (!schema.endsWith("Filters")) {
          continue;
        }
        String column = parameter.get("name").asText();
        JsonNode filter = document.at(schema.substring(1) + "/items");
        for (JsonNode example : filter.get("examples")) {
          String code = code(url, column, example.asText());
          // no table may be scanned here
          assertTrue(
              code == null || code.equals("forbidden"),
              () -> url + " " + parameter + " " + example + " " + code);
          asked++;
        }
        String value = filter.at("/examples/0").asText().split("\\.", 2)[1];
        for (Operator operator : Operator.values()) {
          String other = operator.symbol() + "." + value;
          if (!other.matches(filter.get("pattern").asText() + ".*")) {
            String code = code(url, column, other);
            assertTrue(
                List.of("invalid-filter", "unsupported-filter", "invalid-value").contains(code),
                () -> url + " " + column + "=" + other + " " + code);
            refused++;
          }
        }
      }
    }
    assertTrue(asked > 100 && refused > 100, asked + " and " + refused);
  }

  /** What is wrong with a filter, or null. */
  private static String code(String url, String column, String filter) {
    return given()
        .queryParam(column, filter)
        .queryParam("explain", true)
        .queryParam("scan", true)
        .get(url)
        .jsonPath()
        .getString("code");
  }

  /** Of writes that have no other 200, by some callers at least, with all that one may have. */
  @Test
  void explanationsOfWritesAreAsItSays() throws Exception {
    ObjectNode explanation = (ObjectNode) document();
    JsonNode schemas = explanation.at("/components/schemas");
    explanation.put("$ref", "#/components/schemas/Explanation");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(explanation);
    String partition = "/v1/" + keyspace + "/readings/zugspitze/2026-11-22";
    String row = partition + "/2026-11-22T06:00:00Z/1";
    Set<String> members = new TreeSet<>();
    for (Response answer :
        List.of(
            asked().header("Cassandra-Timestamp", "5").delete(partition),
            asked().header("If-Match", "*").delete(row),
            asked().header("If-Match", "\"a-tag\"").delete(row),
            asked().body("{}").put(row),
            asked().queryParam("unit", "eq.celsius").body("{\"unit\":null}").patch(partition),
            asked().header("Cassandra-TTL", "60").body("{\"unit\":\"a\"}").patch(partition))) {
      JsonNode body = JSON.readTree(answer.then().statusCode(200).extract().asString());
      assertEquals(Set.of(), schema.validate(body), body::toString);
      body.fieldNames().forEachRemaining(name -> members.add("Explanation." + name));
      body.get("values")
          .forEach(
              value ->
                  value
                      .fieldNames()
                      .forEachRemaining(name -> members.add("ExplainedValue." + name)));
    }
    Set<String> described = new TreeSet<>();
    for (String name : List.of("Explanation", "ExplainedValue")) {
      schemas
          .get(name)
          .get("properties")
          .fieldNames()
          .forEachRemaining(member -> described.add(name + "." + member));
    }
    assertEquals(described, members);
  }

  private static RequestSpecification asked() {
    return given().contentType("application/json").queryParam("explain", true);
  }

  @Test
  void hasEveryFormOfAValueWhereAllAreAskedFor() throws Exception {
    String path = "/v1/" + keyspace + "/openapi.json";
    JsonNode all =
        JSON.readTree(given().get(path + "?forms=all").then().statusCode(200).extract().asString());
    assertEquals("\"integer\"", sensor(document()).get("type").toString());
    assertEquals("[\"integer\",\"string\"]", sensor(all).get("type").toString());
    assertEquals(
        document().at("/paths").properties().stream().map(Map.Entry::getKey).toList(),
        all.at("/paths").properties().stream().map(Map.Entry::getKey).toList());
    for (String query : List.of("forms=one", "forms", "forms=all&forms=all", "form=all")) {
      given()
          .get(path + "?" + query)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-parameter"))
          .body("parameter", equalTo(query.split("=", 2)[0]));
    }
  }

  private static JsonNode sensor(JsonNode document) {
    JsonNode schema = document.at("/components/schemas/ReadingsInsert/properties/sensor");
    return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
  }
}
