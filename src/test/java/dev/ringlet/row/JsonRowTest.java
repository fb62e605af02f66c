package dev.ringlet.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.body.JsonText;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.INT)
          .regular("list", DataTypes.listOf(DataTypes.INT))
          .regular("m", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT))
          .regular(
              "ms",
              DataTypes.mapOf(DataTypes.INT, DataTypes.mapOf(DataTypes.INT, DataTypes.INT, true)))
          .regular("n", DataTypes.VARINT)
          .regular("v", DataTypes.TEXT)
          .build();

  private final JsonRow json = new JsonRow(TestConfig.defaults());

  @Test
  void readsTheColumnsInAnyOrder() {
    assertEquals("[v=x, k=1, n=null]", read(" {\"v\":\"x\", \"k\" : 1,\n\"n\":null} ").toString());
    assertEquals("[]", read("{}").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "{",
        "{\"k\":1",
        "{\"k\":}",
        "{k:1}",
        "{'k':1}",
        "{\"k\":1,}",
        "{\"k\":1} x",
        "{\"k\":1}{}",
        "{\"k\":NaN}",
        "{\"k\":01}",
        "{\"k\":+1}",
        "{\"k\":1 /**/}",
        "{\"v\":\"\n\"}",
        "{\"v\":\"\\x\"}",
        "{\"k\":1,\"k\":1}",
        "{\"v\":tru}",
        "\uFFFE"
      })
  void refusesWhatIsNotOneJsonObject(String body) {
    assertEquals(ErrorCode.INVALID_JSON, refused(body).code(), body);
  }

  @Test
  void saysWhereTheBodyStopsBeingJson() {
    ApiException e = refused("{\"k\":1,\n \"v\":oops}");
    assertEquals(2, e.members().get("line"));
  }

  @Test
  void cutsLongNamesInErrors() {
    ApiException e = refused("{\"" + "x".repeat(1_000_000) + "\":1}");
    String shown = "x".repeat(100) + "…";
    assertEquals(ErrorCode.UNKNOWN_COLUMN, e.code());
    assertEquals(shown, e.members().get("column"));
    assertEquals("The table t has no column " + shown + ".", e.detail());
  }

  static Stream<Arguments> whyBodiesStopBeingJson() {
    return """
          {'k':1}                 ==> Names and texts are in double quotes.
          {k:1}                   ==> Names and texts are in double quotes.
          {"k":2026-11-22}        ==> Names and texts are in double quotes.
          {"k":10:30}             ==> Names and texts are in double quotes.
          {"v":x}                 ==> Names and texts are in double quotes.
          {“k”:1}                 ==> Quotes are straight: "
          {"k":1,}                ==> Nothing follows the last comma.
          {"list":[1,]}           ==> Nothing follows the last comma.
          {"list":[1}             ==>
          {"k":1                  ==> It ends before every bracket, brace and quote is closed; in NDJSON a row is one line.
          {"k":1} // one          ==> JSON has no comments.
          {"k":1} one             ==>
          {"k"=1}                 ==> A colon stands between a name and its value.
          {"v":True}              ==> It is true, in small letters.
          {"v":NULL}              ==> It is null, in small letters.
          {"v":undefined}         ==> It is null in JSON.
          {"v":NaN}               ==> NaN and Infinity are in double quotes.
          {"v":"C:\\d"}           ==> Inside of a text a backslash is \\\\.
          {"v":"a "b" c"}         ==> Inside of a text a double quote is \\".
          {"k":0x1}               ==> Numbers are decimal.
          INSERT INTO t           ==> A row is a JSON object, as {"column":"text"}
          '{"k":1}'               ==> A row is a JSON object, as {"column":"text"}
          {"k":+1}                ==>
          """
        .lines()
        .map(line -> line.split(" *==> ?", 2))
        .map(row -> Arguments.of(row[0], row[1].isEmpty() ? null : row[1]));
  }

  @ParameterizedTest
  @MethodSource("whyBodiesStopBeingJson")
  void saysWhyTheBodyMayHaveStoppedBeingJson(String body, String hint) {
    ApiException e = refused(body);
    assertEquals(ErrorCode.INVALID_JSON, e.code());
    assertEquals(hint, e.members().get("hint"), body);
  }

  @Test
  void countsCharactersWhateverBytesTheyHave() {
    Object character = refused("{\"v\":\"ab\"]").members().get("character");
    for (String body : List.of("{\"v\":\"éß\"]", "{\"v\":\"漢😀\"]", "\ufeff{\"v\":\"漢😀\"]")) {
      assertEquals(character, refused(body).members().get("character"), body);
      assertEquals(
          character, refused(" \n" + body.replace("\ufeff", "")).members().get("character"));
    }
  }

  @Test
  void skipsAByteOrderMark() {
    assertEquals("[k=1]", read("\ufeff{\"k\":1}").toString());
    byte[] array = "\ufeff[{\"k\":1},{\"k\":\"x\"},{\"k\":2}]".getBytes(StandardCharsets.UTF_8);
    assertEquals(true, JsonText.isArray(array));
    var rows = json.array(RowNames.COLUMNS, array);
    assertEquals("[k=1]", rows.get(0).get().values(TABLE).values().toString());
    ApiException e = assertThrows(ApiException.class, () -> rows.get(1).get().values(TABLE));
    assertEquals("/1/k", e.members().get("pointer"));
    assertEquals("[k=2]", rows.get(2).get().values(TABLE).values().toString());
    byte[] changes = "\ufeff{\"k\":1}".getBytes(StandardCharsets.UTF_8);
    assertEquals(1, json.row(changes).changes(TABLE).size());
    for (String body : List.of("\ufeff", "\ufeff\ufeff{}", "{\ufeff}", "{}\ufeff")) {
      assertEquals(ErrorCode.INVALID_JSON, refused(body).code());
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    for (byte[] body :
        List.of(
            new byte[] {'{', '"', 'v', '"', ':', '"', (byte) 0xff, '"', '}'},
            new byte[] {'{', '"', 'v', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'},
            "{\"k\":1}".getBytes(StandardCharsets.UTF_16BE))) {
      ApiException e = assertThrows(ApiException.class, () -> json.row(body).values(TABLE));
      assertEquals(ErrorCode.INVALID_JSON, e.code());
    }
  }

  @Test
  void namesTheUnknownColumn() {
    ApiException e = refused("{\"k\":1,\"V\":\"x\"}");
    assertEquals(ErrorCode.UNKNOWN_COLUMN, e.code());
    assertEquals("V", e.members().get("column"));
  }

  @Test
  void namesTheCulprit() {
    ApiException e = refused("{\"list\":[1,\"x\"]}");
    assertEquals(
        Map.of(
            "column", "list",
            "cql_type", "list<int>",
            "expected", "an integer from -2147483648 to 2147483647",
            "got", "\"x\"",
            "pointer", "/list/1"),
        e.members());
  }

  @Test
  void namesTheColumnWhereAMemberComesTwice() {
    for (String body :
        List.of("{\"m\":{\"a\":1,\"a\":2}}", "{\"m\":{\"$add\":{\"a\":1,\"a\":2}}}")) {
      ApiException e =
          assertThrows(ApiException.class, () -> TestRows.row(body).changes(TABLE), body);
      assertEquals(ErrorCode.INVALID_JSON, e.code(), body);
      assertEquals("m", e.members().get("column"), body);
      assertEquals(body.contains("$") ? "/m/$add/a" : "/m/a", e.members().get("pointer"));
    }
    ApiException e = refused("{\"ms\":{\"1\":{\"2\":3,\"2\":3}}}");
    assertEquals(ErrorCode.INVALID_JSON, e.code());
    assertEquals(Map.of("column", "ms", "pointer", "/ms/1/2"), e.members());
  }

  @Test
  void refusesNumbersTooLongToCalculateWith() {
    for (String number : List.of("1".repeat(1001), "\"" + "1".repeat(1001) + "\"")) {
      ApiException e = refused("{\"n\":" + number + "}");
      assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
      assertEquals("ringlet.json.max-number-length", e.members().get("limit"));
    }
    assertEquals(1, read("{\"n\":" + "1".repeat(1000) + "}").size());
  }

  @Test
  void nestingIsRefusedAtTheFirstLevelThatTheTypeDoesNotHave() {
    ApiException e = refused("{\"list\":" + "[".repeat(100_000));
    assertEquals(ErrorCode.INVALID_VALUE, e.code());
  }

  @Test
  void refusesNestingWhereNoTypeDoes() {
    String open = "[{\"nosuch\":";
    byte[] tooDeep = (open + "[".repeat(99)).getBytes(StandardCharsets.UTF_8);
    ApiException e = assertThrows(ApiException.class, () -> json.array(RowNames.COLUMNS, tooDeep));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
    assertEquals("ringlet.json.max-depth", e.members().get("limit"));
    String deep = open + "[".repeat(98) + "]".repeat(98) + "}]";
    assertEquals(1, json.array(RowNames.COLUMNS, deep.getBytes(StandardCharsets.UTF_8)).size());
  }

  @Property
  void anyJsonIsReadOrRefused(@ForAll("anyJson") String value) {
    for (String column : List.of("k", "list", "n", "v", "other")) {
      readOrRefused("{\"" + column + "\":" + value + "}");
    }
    readOrRefused(value);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String body) {
    readOrRefused(body);
  }

  @Provide
  Arbitrary<String> anyJson() {
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            Arbitraries.of(
                "null", "true", "false", "{}", "[]", "1e400", "-0", "1E-400", "\"\\u0000\""),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.doubles().map(String::valueOf),
            Arbitraries.strings()
                .ascii()
                .map(s -> '"' + s.replace("\\", "\\\\").replace("\"", "\\\"") + '"'));
    return Arbitraries.recursive(
        () -> scalar,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]"),
                inner.map(value -> "{\"a\":" + value + "}")),
        0,
        3);
  }

  private void readOrRefused(String body) {
    try {
      List<Value> unused = read(body);
    } catch (ApiException e) {
      assertEquals(400, e.code().status());
    }
  }

  private List<Value> read(String body) {
    return List.copyOf(TestRows.row(body).values(TABLE).values());
  }

  private ApiException refused(String body) {
    return assertThrows(ApiException.class, () -> read(body), body);
  }
}
