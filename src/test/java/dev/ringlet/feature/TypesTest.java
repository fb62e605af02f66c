package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every CQL type as a value, a partition key and a clustering column; CQL's own literals say what
 * each must be.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class TypesTest {
  private static final String UUID_4 = "5b6962dd-3f90-4c93-8f61-eabfa4a803e2";
  private static final String UUID_1 = "50554d6e-29bb-11e5-b345-feff819cdc9f";

  private static String keyspace;

  /** type, JSON, CQL literal: what goes in comes out. */
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("ascii", "\"plain ~\"", "'plain ~'"),
        Arguments.of("text", "\"größe 漢字 😀 'q'\"", "'größe 漢字 😀 ''q'''"),
        Arguments.of("text", "\"\"", "''"),
        Arguments.of("text", "\"\\u0000\\n\"", "'\0\n'"),
        Arguments.of("blob", "\"\"", "0x"),
        Arguments.of("blob", "\"yv66vg==\"", "0xcafebabe"),
        Arguments.of("boolean", "true", "true"),
        Arguments.of("tinyint", "-128", "-128"),
        Arguments.of("smallint", "32767", "32767"),
        Arguments.of("int", "-2147483648", "-2147483648"),
        Arguments.of("bigint", "\"9223372036854775807\"", "9223372036854775807"),
        Arguments.of("varint", "\"-1" + "0".repeat(38) + "\"", "-1" + "0".repeat(38)),
        Arguments.of("decimal", "\"1" + "0".repeat(38) + ".10\"", "1" + "0".repeat(38) + ".10"),
        Arguments.of("decimal", "\"-0.001\"", "-0.001"),
        Arguments.of("float", "1.5", "1.5"),
        Arguments.of("float", "\"NaN\"", "NaN"),
        Arguments.of("float", "3.4028235E38", "3.4028235E38"),
        Arguments.of("double", "-0.1", "-0.1"),
        Arguments.of("double", "\"-Infinity\"", "-Infinity"),
        Arguments.of("uuid", '"' + UUID_4 + '"', UUID_4),
        Arguments.of("timeuuid", '"' + UUID_1 + '"', UUID_1),
        Arguments.of("timestamp", "\"1970-01-01T00:00:00.000Z\"", "0"),
        Arguments.of("timestamp", "\"2026-11-22T10:00:00.123Z\"", "'2026-11-22T10:00:00.123Z'"),
        Arguments.of("timestamp", "\"9999-12-31T23:59:59.999Z\"", "253402300799999"),
        Arguments.of("date", "\"1970-01-01\"", "'1970-01-01'"),
        Arguments.of("date", "\"0001-01-01\"", "'0001-01-01'"),
        Arguments.of("date", "\"9999-12-31\"", "'9999-12-31'"),
        Arguments.of("time", "\"23:59:59.999999999\"", "'23:59:59.999999999'"),
        Arguments.of("duration", "\"1mo2d3h\"", "1mo2d3h"),
        Arguments.of("inet", "\"127.0.0.1\"", "'127.0.0.1'"),
        Arguments.of("inet", "\"2001:db8::1\"", "'2001:db8::1'"),
        Arguments.of("list<int>", "[3,1,3]", "[3, 1, 3]"),
        Arguments.of("frozen<list<text>>", "[]", "[]"),
        Arguments.of("set<text>", "[\"a\",\"b\"]", "{'b', 'a'}"),
        Arguments.of("frozen<set<uuid>>", "[\"" + UUID_4 + "\"]", "{" + UUID_4 + "}"),
        Arguments.of("map<text, int>", "{\"\":0,\"a\":1}", "{'a': 1, '': 0}"),
        Arguments.of("map<int, text>", "{\"-1\":\"a\"}", "{-1: 'a'}"),
        Arguments.of("map<timestamp, boolean>", "{\"1970-01-01T00:00:00.000Z\":true}", "{0: true}"),
        Arguments.of("map<frozen<list<int>>, text>", "[[[1,2],\"x\"]]", "{[1, 2]: 'x'}"),
        Arguments.of("frozen<map<text, frozen<set<int>>>>", "{\"a\":[1,2]}", "{'a': {2, 1}}"),
        Arguments.of("tuple<int, text, decimal>", "[1,\"a\",\"1.0\"]", "(1, 'a', 1.0)"),
        Arguments.of("tuple<int, text>", "[null,\"a\"]", "(null, 'a')"),
        Arguments.of(
            "person",
            "{\"name\":\"Ada\",\"Age\":36,\"tags\":[\"x\"]}",
            "{name: 'Ada', \"Age\": 36, tags: {'x'}}"),
        Arguments.of(
            "frozen<person>", "{\"name\":\"Ada\",\"Age\":null,\"tags\":null}", "{name: 'Ada'}"),
        Arguments.of(
            "list<frozen<person>>",
            "[{\"name\":\"A\",\"Age\":1,\"tags\":null}]",
            "[{name: 'A', \"Age\": 1}]"),
        Arguments.of("vector<float, 3>", "[0.5,-1.0,2.0]", "[0.5, -1.0, 2.0]"),
        Arguments.of(
            "vector<text, 2>",
            "[\"a\",\"" + "b".repeat(300) + "\"]",
            "['a', '" + "b".repeat(300) + "']"),
        Arguments.of("vector<smallint, 2>", "[1,2]", "[1, 2]"),
        Arguments.of("vector<frozen<list<int>>, 2>", "[[1],[2,3]]", "[[1], [2, 3]]"),
        Arguments.of(
            "vector<vector<double, 2>, 2>", "[[1.0,2.0],[3.0,4.0]]", "[[1.0, 2.0], [3.0, 4.0]]"));
  }

  /** type, text of a path segment, JSON, CQL literal. */
  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("ascii", "a/b?c", "\"a/b?c\"", "'a/b?c'"),
        Arguments.of("text", " größe/漢字+😀%2F", "\" größe/漢字+😀%2F\"", "' größe/漢字+😀%2F'"),
        Arguments.of("text", "\0", "\"\\u0000\"", "'\0'"),
        Arguments.of(
            "text",
            "k".repeat(10_240),
            '"' + "k".repeat(10_240) + '"',
            "'" + "k".repeat(10_240) + "'"),
        Arguments.of("blob", "+/8=", "\"+/8=\"", "0xfbff"),
        Arguments.of("boolean", "false", "false", "false"),
        Arguments.of("tinyint", "-128", "-128", "-128"),
        Arguments.of("smallint", "7", "7", "7"),
        Arguments.of("int", "0", "0", "0"),
        Arguments.of(
            "bigint", "-9223372036854775808", "\"-9223372036854775808\"", "-9223372036854775808"),
        Arguments.of(
            "varint", "1" + "0".repeat(40), "\"1" + "0".repeat(40) + '"', "1" + "0".repeat(40)),
        Arguments.of("decimal", "1.50", "\"1.50\"", "1.50"),
        Arguments.of("float", "0.1", "0.1", "0.1"),
        Arguments.of("double", "NaN", "\"NaN\"", "NaN"),
        Arguments.of("uuid", UUID_4, '"' + UUID_4 + '"', UUID_4),
        Arguments.of("timeuuid", UUID_1, '"' + UUID_1 + '"', UUID_1),
        Arguments.of(
            "timestamp",
            "2026-11-22T10:00:00+01:00",
            "\"2026-11-22T09:00:00.000Z\"",
            "'2026-11-22T09:00:00.000Z'"),
        Arguments.of("timestamp", "0", "\"1970-01-01T00:00:00.000Z\"", "0"),
        Arguments.of(
            "timestamp",
            "2026-11-22 10:00:00.123456+00:00",
            "\"2026-11-22T10:00:00.123Z\"",
            "'2026-11-22 10:00:00.123456+0000'"),
        Arguments.of("date", "2026-11-22", "\"2026-11-22\"", "'2026-11-22'"),
        Arguments.of("time", "10:00", "\"10:00:00.000000000\"", "'10:00:00'"),
        Arguments.of("inet", "::1", "\"::1\"", "'::1'"),
        Arguments.of("inet", "::ffff:10.0.0.1", "\"10.0.0.1\"", "'10.0.0.1'"),
        Arguments.of("inet", "10.0.0.2", "\"10.0.0.2\"", "'::ffff:10.0.0.2'"),
        Arguments.of("frozen<list<int>>", "[1,2]", "[1,2]", "[1, 2]"),
        Arguments.of("frozen<set<text>>", "[\"b\",\"a\",\"b\"]", "[\"a\",\"b\"]", "{'b', 'a'}"),
        Arguments.of(
            "frozen<list<frozen<set<int>>>>", "[[2,-1],[]]", "[[-1,2],[]]", "[{2, -1}, {}]"),
        Arguments.of(
            "frozen<map<int, text>>",
            "{\"1\":\"a/b\",\"-1\":\"c\"}",
            "{\"-1\":\"c\",\"1\":\"a/b\"}",
            "{1: 'a/b', -1: 'c'}"),
        Arguments.of("tuple<int, text>", "[1]", "[1,null]", "(1, null)"),
        Arguments.of(
            "frozen<person>",
            "{\"Age\":3}",
            "{\"name\":null,\"Age\":3,\"tags\":null}",
            "{\"Age\": 3}"),
        Arguments.of("vector<float, 2>", "[1,2]", "[1.0,2.0]", "[1.0, 2.0]"));
  }

  @BeforeAll
  static void createTables() {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE TYPE $ks.person (name text, \"Age\" int, tags frozen<set<text>>)");
    List<String> valueTypes = types(values());
    StringBuilder columns = new StringBuilder();
    List<String> more = new ArrayList<>();
    for (int i = 0; i < valueTypes.size(); i++) {
      String column = "c" + i + " " + valueTypes.get(i);
      if (valueTypes.get(i).startsWith("vector")) { // not in every version
        more.add("ALTER TABLE $ks.values ADD " + column);
      } else {
        columns.append(", ").append(column);
      }
    }
    statements.add("CREATE TABLE $ks.values (id int PRIMARY KEY" + columns + ")");
    statements.addAll(more);
    List<String> keyTypes = types(keys());
    for (int i = 0; i < keyTypes.size(); i++) {
      statements.add(
          "CREATE TABLE $ks.k%d (p %2$s, c %2$s, v int, PRIMARY KEY (p, c)) WITH CLUSTERING ORDER BY (c DESC)"
              .formatted(i, keyTypes.get(i)));
    }
    keyspace = Cassandra.keyspace("types", statements.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueGoesInAndComesOut(String type, String json, String literal) {
    String column = "c" + types(values()).indexOf(type);
    Cassandra.require("SELECT %s FROM %s.values LIMIT 1".formatted(column, keyspace));
    json().body("{\"" + column + "\":" + json + "}").put(values(1)).then().statusCode(204);
    execute("INSERT INTO %s.values (id, %s) VALUES (2, %s)".formatted(keyspace, column, literal));

    assertEquals(
        one("SELECT %s FROM %s.values WHERE id = 2".formatted(column, keyspace)).getBytesUnsafe(0),
        one("SELECT %s FROM %s.values WHERE id = 1".formatted(column, keyspace)).getBytesUnsafe(0));
    for (int id = 1; id <= 2; id++) {
      String row = given().get(values(id)).then().statusCode(200).extract().asString();
      String expected = '"' + column + "\":" + json;
      assertEquals(true, row.contains(expected + ",") || row.contains(expected + "}"), row);
    }
    execute("DELETE FROM " + keyspace + ".values WHERE id IN (1, 2)");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsReachedByItsPath(String type, String text, String json, String literal) {
    String table = "k" + types(keys()).indexOf(type);
    Cassandra.require("SELECT v FROM %s.%s LIMIT 1".formatted(keyspace, table));
    String path = "/v1/%s/%s/%s".formatted(keyspace, table, encode(text));
    json().body("{\"v\":7}").put(path + "/" + encode(text)).then().statusCode(204);

    String where = " FROM %s.%s WHERE p = %s AND c = %3$s".formatted(keyspace, table, literal);
    assertEquals(7, one("SELECT v" + where).getInt(0));
    String row = "{\"p\":" + json + ",\"c\":" + json + ",\"v\":7}";
    raw().get(path + "/" + encode(text)).then().statusCode(200).body(equalTo(row));
    raw().get(path).then().statusCode(200).body(equalTo("[" + row + "]"));
    raw().delete(path + "/" + encode(text)).then().statusCode(204);
    assertEquals(List.of(), execute("SELECT v" + where));

    String location =
        json()
            .body(row)
            .post("/v1/" + keyspace + "/" + table)
            .then()
            .statusCode(201)
            .extract()
            .header("Location");
    raw().get(location).then().statusCode(200).body(equalTo(row));
  }

  @Test
  void nullAndEmptyCollectionsAreOneWhereCassandraHasNoDifference() {
    int list = types(values()).indexOf("list<int>");
    int frozen = types(values()).indexOf("frozen<list<text>>");
    json()
        .body("{\"c%d\":[],\"c%d\":[]}".formatted(list, frozen))
        .put(values(3))
        .then()
        .statusCode(204);
    given()
        .get(values(3))
        .then()
        .body("c" + list, equalTo(null))
        .body("c" + frozen, equalTo(List.of()));
  }

  @Test
  void nullIsWrittenAsNullWhateverTheType() {
    List<String> columns =
        Cassandra.session()
            .getMetadata()
            .getKeyspace(keyspace)
            .flatMap(its -> its.getTable("values"))
            .orElseThrow()
            .getColumns()
            .keySet()
            .stream()
            .map(CqlIdentifier::asInternal)
            .filter(column -> !column.equals("id"))
            .toList();
    String nulls =
        columns.stream().map("\"%s\":null"::formatted).collect(Collectors.joining(",", "{", "}"));
    json().body(nulls).put(values(4)).then().statusCode(204);
    var row = given().get(values(4)).then().statusCode(200).extract().jsonPath();
    for (String column : columns) {
      assertEquals((Object) null, row.get(column), column);
    }
  }

  @Test
  void jsonIsUtf8WhateverBytesATextHas() throws CharacterCodingException {
    int column = types(values()).indexOf("text");
    String bytes = "61c080eda080f7bfbfbf0a";
    execute(
        "INSERT INTO %s.values (id, c%d) VALUES (6, blobAsText(0x%s))"
            .formatted(keyspace, column, bytes));
    String replaced = new String(HexFormat.of().parseHex(bytes), StandardCharsets.UTF_8);
    for (String accept : List.of("application/json", "application/x-ndjson")) {
      byte[] row =
          given().accept(accept).get(values(6)).then().statusCode(200).extract().asByteArray();
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(row)).toString();
      assertEquals(replaced, JsonPath.from(text).get("c" + column));
    }
  }

  @Test
  void whatCassandraStoresAndIsNoValueIsNull() {
    int time = types(values()).indexOf("time");
    int decimal = types(values()).indexOf("decimal");
    execute(
        "INSERT INTO %s.values (id, c%d, c%d) VALUES (7, blobAsTime(bigintAsBlob(86400000000000)), blobAsDecimal(0x00000000))"
            .formatted(keyspace, time, decimal));
    given()
        .get(values(7))
        .then()
        .statusCode(200)
        .body("id", equalTo(7))
        .body("c" + time, equalTo(null))
        .body("c" + decimal, equalTo(null));
    String csv =
        given()
            .accept("text/csv;header=absent")
            .get(values(7) + "?select=id,c%d,c%d".formatted(time, decimal))
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertEquals("7,,\r\n", csv);
  }

  @Test
  void aMisfitNamesColumnExpectedAndGot() {
    int column = types(values()).indexOf("list<frozen<person>>");
    json()
        .body("{\"c%d\":[{\"Age\":\"old\"}]}".formatted(column))
        .put(values(5))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid-value"))
        .body("column", equalTo("c" + column))
        .body("expected", equalTo("an integer from -2147483648 to 2147483647"))
        .body("got", equalTo("\"old\""))
        .body("pointer", equalTo("/c" + column + "/0/Age"));
    given().get(values(5)).then().statusCode(404);
  }

  private static String values(int id) {
    return "/v1/" + keyspace + "/values/" + id;
  }

  private static RequestSpecification json() {
    return raw().contentType("application/json");
  }

  /** Paths here are encoded already. */
  private static RequestSpecification raw() {
    return given().urlEncodingEnabled(false);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<String> types(Stream<Arguments> rows) {
    return rows.map(row -> (String) row.get()[0]).distinct().toList();
  }
}
