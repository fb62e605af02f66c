package dev.ringlet.plan;

import static dev.ringlet.plan.Values.assertValues;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.QueryParser;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact CQL and values of DELETE, with conditions and narrowed by filters. */
class DeletePlanTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("p", DataTypes.TEXT)
          .clustering("c", DataTypes.INT)
          .clusteringDescending("d", DataTypes.INT)
          .staticColumn("s", DataTypes.TEXT)
          .regular("A", DataTypes.INT)
          .regular("b", DataTypes.setOf(DataTypes.INT))
          .build();
  private static final Table KEYS_ONLY =
      Tables.table("tags").partitionKey("a", DataTypes.INT).clustering("b", DataTypes.INT).build();

  private static final String ROW = " WHERE p = ? AND c = ? AND d = ?";
  private static final String UNCHANGED = " IF s = ? AND \"A\" = ? AND b = ?";
  private static final Map<String, ByteBuffer> READ =
      Map.of(
          "s",
          ByteBuffer.wrap("y".getBytes(StandardCharsets.UTF_8)),
          "A",
          ByteBuffer.allocate(4).putInt(9).flip());

  @Test
  void deletesIfThereIsARow() {
    WritePlan exists = delete(at(TABLE, "x", "1", "2"), "", TestOptions.write("If-Match: *"));
    assertEquals("DELETE FROM ks.t" + ROW + " IF EXISTS", exists.cql());
    assertValues("[p=x, c=1, d=2]", exists);
    assertEquals(false, exists.idempotent());
    assertEquals(true, exists.conditional());
  }

  @Test
  void deletesIfTheRowIsUnchanged() {
    WritePlan unchanged =
        delete(at(TABLE, "x", "1", "2"), "", TestOptions.write("If-Match: \"tag\""));
    assertEquals("DELETE FROM ks.t" + ROW + UNCHANGED, unchanged.cql());
    assertValues("[p=x, c=1, d=2, s=y, A=9, b=null]", unchanged.expecting(DeletePlanTest::asRead));
    assertEquals(false, unchanged.idempotent());
  }

  @Test
  void aRowOfNothingButItsKeyIsUnchangedIfItIsThere() {
    WritePlan keysOnly =
        delete(at(KEYS_ONLY, "1", "2"), "", TestOptions.write("If-Match: \"tag\""));
    assertEquals("DELETE FROM ks.tags WHERE a = ? AND b = ? IF EXISTS", keysOnly.cql());
    assertValues("[a=1, b=2]", keysOnly.expecting(DeletePlanTest::asRead));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x     | c=eq.1             | p = ? AND c = ?             | [p=x, c=1]        | [p=x, c=1]
          x     | c=eq.1&d=eq.2      | p = ? AND c = ? AND d = ?   | [p=x, c=1, d=2]   | [p=x, c=1, d=2]
          x     | d=eq.2&c=eq.1      | p = ? AND c = ? AND d = ?   | [p=x, c=1, d=2]   | [p=x, c=1, d=2]
          x/1   | d=eq.2             | p = ? AND c = ? AND d = ?   | [p=x, c=1, d=2]   | [p=x, c=1, d=2]
          x     | c=in.(1,3)         | p = ? AND c IN ?            | [p=x, c:list<int>=[1,3]]    | [p=x]
          x     | c=in.(1)&d=eq.2    | p = ? AND c IN ? AND d = ?  | [p=x, c:list<int>=[1], d=2] | [p=x]
          x     | c=gt.1             | p = ? AND c > ?             | [p=x, c=1]        | [p=x]
          x     | c=gte.1&c=lt.9     | p = ? AND c >= ? AND c < ?  | [p=x, c=1, c=9]   | [p=x]
          x/1   | d=lte.9            | p = ? AND c = ? AND d <= ?  | [p=x, c=1, d=9]   | [p=x, c=1]
          x     | d=lt.9&c=eq.1      | p = ? AND c = ? AND d < ?   | [p=x, c=1, d=9]   | [p=x]
          """)
  void deleteIsNarrowedByFilters(
      String path, String query, String where, String values, String deleted) {
    WritePlan plan = delete(at(TABLE, path.split("/", -1)), query, TestOptions.write());
    assertEquals("DELETE FROM ks.t WHERE " + where, plan.cql());
    assertValues(values, plan);
    assertEquals(Values.of(plan.table(), deleted), plan.target().key());
    assertEquals(true, plan.idempotent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x      | d=eq.2           | INVALID_FILTER | d
          x      | d=gt.2           | INVALID_FILTER | d
          x      | c=gt.1&d=eq.2    | INVALID_FILTER | d
          x      | d=eq.2&c=lt.1    | INVALID_FILTER | d
          x      | A=eq.1           | INVALID_FILTER | A
          x      | A=is.null        | INVALID_FILTER | A
          x      | s=eq.y           | INVALID_FILTER | s
          x      | b=contains.1     | INVALID_FILTER | b
          x      | c=contains.1     | INVALID_FILTER | c
          x      | c=like.1         | INVALID_FILTER | c
          x      | p=eq.x           | INVALID_FILTER | p
          x/1    | c=eq.1           | INVALID_FILTER | c
          x      | c=eq.1&c=eq.1    | INVALID_FILTER | c
          x      | c=gt.1&c=gte.2   | INVALID_FILTER | c
          x      | C=eq.1           | UNKNOWN_COLUMN | C
          x      | c=eq.one         | INVALID_VALUE  | c
          x      | c=in.(1,)        | INVALID_FILTER | c
          """)
  void refusesToDeleteByWhatIsNoRange(String path, String query, ErrorCode code, String column) {
    ApiException e =
        assertThrows(
            ApiException.class,
            () -> delete(at(TABLE, path.split("/", -1)), query, TestOptions.write()));
    assertEquals(code, e.code());
    assertEquals(column, e.members().get("column"));
  }

  @Test
  void aRowByItsFiltersMayHaveACondition() {
    WritePlan plan =
        delete(at(TABLE, "x"), "d=eq.2&c=eq.1", TestOptions.write("If-Match: \"tag\""));
    assertEquals("DELETE FROM ks.t WHERE p = ? AND c = ? AND d = ?" + UNCHANGED, plan.cql());
    assertValues("[p=x, c=1, d=2, s=y, A=9, b=null]", plan.expecting(DeletePlanTest::asRead));
    assertEquals(true, plan.target().isRow());
  }

  @ParameterizedTest
  @CsvSource({"'', x", "c=eq.1, x", "c=in.(1)&d=eq.2, x", "c=eq.1&d=gt.2, x", "d=in.(2), x/1"})
  void moreThanARowHasNoCondition(String query, String path) {
    Target target = at(TABLE, path.split("/", -1));
    for (String header : List.of("If-Match: *", "If-Match: \"tag\"")) {
      ApiException e =
          assertThrows(ApiException.class, () -> delete(target, query, TestOptions.write(header)));
      assertEquals(ErrorCode.CONDITION_NOT_POSSIBLE, e.code());
    }
  }

  @Test
  void aTableIsNotDeletedFromAsAWhole() {
    ApiException e =
        assertThrows(ApiException.class, () -> delete(at(TABLE), "p=eq.x", TestOptions.write()));
    assertEquals(ErrorCode.INCOMPLETE_PRIMARY_KEY, e.code());
  }

  private WritePlan delete(Target target, String query, WriteOptions options) {
    return new Deletes(TestConfig.defaults())
        .delete(target, QueryParser.write(query, TestOptions.LIMITS).filters(), options);
  }

  private static ByteBuffer asRead(String column) {
    return READ.get(column);
  }

  private static Target at(Table table, String... keys) {
    return TestTarget.of(table, List.of(keys));
  }
}
