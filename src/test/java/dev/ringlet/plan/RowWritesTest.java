package dev.ringlet.plan;

import static dev.ringlet.plan.Values.assertValues;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.body.JsonSource;
import dev.ringlet.body.JsonText;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.RowOperation;
import dev.ringlet.row.JsonRow;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What POST does with the rows of its body. */
class RowWritesTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.INT)
          .clustering("c", DataTypes.INT)
          .regular("l", DataTypes.listOf(DataTypes.INT))
          .regular("m", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT))
          .regular("n", DataTypes.VARINT)
          .regular("v", DataTypes.TEXT)
          .build();
  private static final String INSERT =
      "INSERT INTO ks.t (k, c, l, m, n, v) VALUES (?, ?, ?, ?, ?, ?)";
  private static final PostRequest POST = request(RowOperation.INSERT);
  private static final PostRequest DELETE = request(RowOperation.DELETE);

  private final JsonRow json = new JsonRow(TestConfig.defaults());
  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());

  @Test
  void insertsOneRowWithWhatTheHeadersAsk() {
    WritePlan plan =
        rowWrites.one(
            request(RowOperation.INSERT, "If-None-Match: *", "Cassandra-TTL: 60"),
            TestRows.row("{\"c\":2,\"v\":\"x\",\"m\":{\"$add\":1},\"k\":1,\"n\":null}"));
    assertEquals(INSERT + " IF NOT EXISTS USING TTL ?", plan.cql());
    assertValues("[k=1, c=2, l=unset, m={\"$add\":1}, n=null, v=x, ttl=60]", plan);
    assertEquals(Values.of(plan.table(), "[k=1, c=2]"), plan.target().key());
    assertEquals(false, plan.idempotent());
  }

  @Test
  void saysInWhichLineOfTheBodyARowStopsBeingJson() {
    JsonSource body = JsonSource.of(utf8("{\"k\":1,\n\"c\":x}"));
    ApiException e =
        refused(ErrorCode.INVALID_JSON, () -> rowWrites.one(POST, json.row(POST.names(), body, 7)));
    assertEquals(8, e.members().get("line"));
  }

  @Test
  void eachOfManyRowsHasTheWholeTimeout() {
    PostRequest each = POST.forEach();
    assertEquals(OptionalLong.empty(), each.options().deadline().arrived());
    assertEquals(POST.current().get(), each.current().get());
    assertEquals(POST.operation(), each.operation());
    assertEquals(RowOperation.DELETE, DELETE.forEach().operation());
  }

  @ParameterizedTest
  @CsvSource({
    "[1], true",
    "' \r\n\t[', true",
    "{}, false",
    "' {\"a\":[]}', false",
    "'', false",
    "' ', false",
    "\u00a0[, false"
  })
  void anArrayIsToldByItsFirstCharacter(String body, boolean array) {
    assertEquals(array, JsonText.isArray(utf8(body)));
  }

  @Test
  void plansTheRowsOfAnArrayInTheirOrder() {
    List<Supplier<WritePlan>> rows =
        array("[{\"k\":1,\"c\":2},\n {\"c\":4,\"k\":3,\"v\":\"x\",\"l\":[1]} ] ");
    assertEquals(2, rows.size());
    assertEquals(INSERT, rows.get(0).get().cql());
    assertValues("[k=1, c=2, l=unset, m=unset, n=unset, v=unset]", rows.get(0).get());
    assertValues("[k=3, c=4, l=[1], m=unset, n=unset, v=x]", rows.get(1).get());
    assertEquals(List.of(), array("[]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "true",
        "\"x\"",
        "[]",
        "[[1,{\"k\":2}],3]",
        "[{\"k\":2,\"c\":2}]",
        "{}",
        "{\"k\":2}",
        "{\"k\":null,\"c\":2}",
        "{\"k\":\"x\",\"c\":2}",
        "{\"k\":{\"k\":{\"k\":2}},\"c\":2}",
        "{\"k\":2,\"c\":2,\"nix\":1}",
        "{\"nix\":[{\"k\":[1,2]},{}],\"k\":2,\"c\":2}",
        "{\"nix\":{},\"k\":2,\"c\":2}",
        "{\"k\":2,\"c\":2,\"l\":[1,[2,{\"z\":[]}],3],\"v\":\"y\"}",
        "{\"k\":2,\"c\":2,\"l\":{\"a\":{\"b\":1}},\"v\":\"y\"}",
        "{\"k\":2,\"c\":2,\"l\":[null]}",
        "{\"k\":2,\"c\":2,\"m\":{\"a\":{\"b\":[1]},\"c\":2}}",
        "{\"k\":2,\"k\":2,\"c\":2}",
        "{\"k\":2,\"c\":2,\"v\":[[[[[[{\"a\":[[[[[]]]]]}]]]]]],\"n\":1}",
      })
  void aBadElementLeavesTheOthersRight(String bad) {
    othersAreRight(bad);
  }

  /** As the same row would, if it came alone. */
  @Test
  void aKeyThatComesTwiceInAMapLeavesTheOthersRight() {
    ApiException e = othersAreRight("{\"k\":2,\"c\":2,\"m\":{\"a\":1,\"a\":2}}");
    assertEquals(ErrorCode.INVALID_JSON, e.code());
  }

  /** As the same row would, if it came alone. */
  @Test
  void aNumberThatIsTooLongLeavesTheOthersRight() {
    ApiException e =
        othersAreRight("{\"k\":2,\"c\":2,\"n\":\"" + "1".repeat(1001) + "\",\"v\":\"y\"}");
    assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
  }

  @CanIgnoreReturnValue
  private ApiException othersAreRight(String bad) {
    List<Supplier<WritePlan>> rows =
        array("[{\"k\":1,\"c\":2}," + bad + ",{\"k\":3,\"c\":4,\"v\":\"ok\"}," + bad + "]");
    assertEquals(4, rows.size());
    assertValues("[k=1, c=2, l=unset, m=unset, n=unset, v=unset]", rows.get(0).get());
    assertValues("[k=3, c=4, l=unset, m=unset, n=unset, v=ok]", rows.get(2).get());
    assertThrows(ApiException.class, rows.get(3)::get, bad);
    ApiException e = assertThrows(ApiException.class, rows.get(1)::get, bad);
    assertEquals(400, e.code().status());
    return e;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[{\"k\":1,\"c\":2}",
        "[{\"k\":1,\"c\":2},]",
        "[{\"k\":1,\"c\":2}{\"k\":3,\"c\":4}]",
        "[{\"k\":1,\"c\":2},{\"k\":3,\"c\":}]",
        "[{\"k\":1,\"c\":2},{\"nix\":[1,}]",
        "[{\"k\":1,\"c\":2},{\"nix\":NaN}]",
        "[{\"k\":1,\"c\":2},{\"nix\":[",
        "[{\"k\":1,\"c\":2}] x",
        "[{\"k\":1,\"c\":2}][]",
        "[{\"k\":1,\"c\":2}]]"
      })
  void whatIsNoJsonIsRefusedAsAWhole(String body) {
    refused(ErrorCode.INVALID_JSON, () -> array(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "null", "\"x\""})
  void whatIsNoArrayIsRefused(String body) {
    refused(ErrorCode.INVALID_JSON, () -> array(body));
  }

  @Test
  void anArrayHasALimit() {
    JsonRow few = new JsonRow(TestConfig.of(Map.of("ringlet.bulk.max-rows", "2")));
    assertEquals(2, few.array(POST.names(), utf8("[1,2]")).size());
    ApiException e =
        refused(ErrorCode.LIMIT_EXCEEDED, () -> few.array(POST.names(), utf8("[1,{\"k\":1},3]")));
    assertEquals("ringlet.bulk.max-rows", e.members().get("limit"));
  }

  @Test
  void deletesRowsByTheirKeys() {
    WritePlan plan = rowWrites.one(DELETE, TestRows.row("{\"c\":2,\"k\":1}"));
    assertEquals("DELETE FROM ks.t WHERE k = ? AND c = ?", plan.cql());
    assertValues("[k=1, c=2]", plan);
    assertEquals(Values.of(plan.table(), "[k=1, c=2]"), plan.target().key());
    assertEquals(true, plan.idempotent());
    List<Supplier<WritePlan>> rows = array(DELETE, "[{\"k\":1},{\"k\":1,\"c\":2}]");
    refused(ErrorCode.INCOMPLETE_PRIMARY_KEY, rows.get(0));
    assertEquals(plan.cql(), rows.get(1).get().cql());
    assertValues("[k=1, c=2]", rows.get(1).get());
  }

  @Test
  void deletesByNothingButWholeKeys() {
    ApiException e =
        refused(
            ErrorCode.INVALID_VALUE,
            () -> rowWrites.one(DELETE, TestRows.row("{\"k\":1,\"c\":2,\"v\":null}")));
    assertEquals("v", e.members().get("column"));
    e =
        refused(
            ErrorCode.INCOMPLETE_PRIMARY_KEY,
            () -> rowWrites.one(DELETE, TestRows.row("{\"k\":1,\"c\":null}")));
    assertEquals(List.of("c"), e.members().get("missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match: *, If-Match",
    "If-Match: \"x\", If-Match",
    "If-None-Match: *, If-None-Match",
    "Cassandra-TTL: 60, Cassandra-TTL"
  })
  void deletingTakesNeitherConditionNorTtl(String header, String name) {
    ApiException e = refused(ErrorCode.INVALID_HEADER, () -> request(RowOperation.DELETE, header));
    assertEquals(name, e.members().get("header"));
  }

  private List<Supplier<WritePlan>> array(String body) {
    return array(POST, body);
  }

  private List<Supplier<WritePlan>> array(PostRequest request, String body) {
    return json.array(request.names(), utf8(body)).stream()
        .<Supplier<WritePlan>>map(row -> () -> rowWrites.one(request, row.get()))
        .toList();
  }

  private static PostRequest request(RowOperation operation, String... headers) {
    return new PostRequest(TestTarget.of(TABLE, List.of()), operation, TestOptions.write(headers));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @CanIgnoreReturnValue
  private static ApiException refused(ErrorCode code, Supplier<?> action) {
    ApiException e = assertThrows(ApiException.class, action::get);
    assertEquals(code, e.code());
    return e;
  }
}
