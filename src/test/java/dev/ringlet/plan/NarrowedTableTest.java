package dev.ringlet.plan;

import static dev.ringlet.plan.Values.assertValues;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.config.CsvForm;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.CsvRow;
import dev.ringlet.row.RowNames;
import dev.ringlet.row.TestRows;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.IndexDefinition;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table without some of its columns: for every plan they do not exist. */
class NarrowedTableTest {
  private static final Table WHOLE =
      Tables.table("t")
          .partitionKey("p", DataTypes.TEXT)
          .clustering("c", DataTypes.INT)
          .regular("pay", DataTypes.INT)
          .regular("name", DataTypes.TEXT)
          .staticColumn("boss", DataTypes.TEXT)
          .staticColumn("team", DataTypes.TEXT)
          .index("by_name", "name", "sai")
          .index("by_pay", "pay", "sai")
          .index("old_by_pay", "pay", "")
          .build();
  private static final Table NARROW =
      WHOLE.narrowedTo(column -> Set.of("name", "team").contains(column.name()));
  private static final Table KEYS = WHOLE.narrowedTo(column -> false);
  private static final String COLUMNS = "p, c, name, team";

  /** Of a row that is not there nothing is removed. */
  private static final WriteOptions NEW = TestOptions.write("If-None-Match: *");

  private final Reads reads =
      new Reads(
          TestConfig.defaults(),
          new ScanRules(TestConfig.defaults()),
          new PageTokens(TestConfig.defaults()));
  private final Deletes deletes = new Deletes(TestConfig.defaults());
  private final Writes writes = new Writes();
  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());

  @Test
  void allIsAllThatIsVisible() {
    assertEquals("SELECT " + COLUMNS + " FROM ks.t WHERE p = ? AND c = ?", read("").cql());
    assertEquals(
        "SELECT p, c FROM ks.t WHERE p = ? AND c = ?",
        read(TestTarget.of(KEYS, List.of("x", "1")), "").cql());
  }

  @Test
  void thePrimaryKeyIsAlwaysVisible() {
    assertEquals(List.of("p", "c"), Column.names(KEYS.columns()));
    assertEquals(WHOLE.primaryKey(), KEYS.primaryKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select=pay",
        "select=a:pay",
        "select=writetime(pay)",
        "select=count(pay)",
        "select=sum(cast(pay+as+bigint))",
        "select=pay[a].b",
        "select=similarity_cosine(pay,[1])",
        "group=p,pay",
        "pay=eq.1"
      })
  void nothingElseCanBeAskedFor(String query) {
    assertUnknown("pay", () -> read(TestTarget.of(NARROW, List.of("x")), query));
  }

  @Test
  void nothingElseCanBeOrderedBy() {
    assertUnknown("pay", () -> read(TestTarget.of(NARROW, List.of("x")), "order=pay.asc"));
  }

  @Test
  void hintsDoNotKnowWhatIsNotVisible() {
    ApiException e =
        assertUnknown("payy", () -> read(TestTarget.of(NARROW, List.of("x")), "payy=eq.1"));
    assertEquals(false, e.members().toString().matches(".*\\bpay\\b.*"), e.members().toString());
    e = assertUnknown("nam", () -> read(TestTarget.of(NARROW, List.of("x")), "nam=eq.1"));
    assertEquals(true, e.members().toString().contains("name"), e.members().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pay=eq.1", "pay=is.null", "boss=ne.x", "pay[1]=eq.1", "boss.x=eq.1"})
  void noConditionAsksForAnythingElse(String filter) {
    WriteQuery query = QueryParser.write(filter, TestOptions.LIMITS);
    String column = filter.replaceAll("\\W.*", "");
    assertUnknown(
        column, () -> writes.merge(row(), query, TestRows.row("{}"), TestOptions.write()));
    assertUnknown(
        column, () -> writes.replace(row(), query, TestRows.row("{}"), TestOptions.write()));
    assertUnknown(column, () -> deletes.delete(row(), query.filters(), TestOptions.write()));
  }

  @Test
  void putLeavesAloneWhatIsNotVisible() {
    WritePlan plan = writes.replace(row(), WriteQuery.NONE, TestRows.row("{}"), NEW);
    assertEquals(
        "INSERT INTO ks.t (" + COLUMNS + ") VALUES (?, ?, ?, ?) IF NOT EXISTS", plan.cql());
    assertValues("[p=x, c=1, name=null, team=unset]", plan);
    assertUnknown(
        "pay", () -> writes.replace(row(), WriteQuery.NONE, TestRows.row("{\"pay\":1}"), NEW));
  }

  @Test
  void whatWouldRemoveWhatIsNotVisibleIsForbidden() {
    Target partition = TestTarget.of(NARROW, List.of("x"));
    for (Supplier<?> plan :
        List.<Supplier<?>>of(
            () -> writes.replace(row(), WriteQuery.NONE, TestRows.row("{}"), TestOptions.write()),
            () ->
                writes.replace(
                    row(), WriteQuery.NONE, TestRows.row("{}"), TestOptions.write("If-Match: *")),
            () -> deletes.delete(row(), List.of(), TestOptions.write()),
            () -> deletes.delete(partition, List.of(), TestOptions.write()))) {
      ApiException e = assertThrows(ApiException.class, plan::get);
      assertEquals(ErrorCode.FORBIDDEN, e.code());
      assertEquals("It would remove values that the caller may not see.", e.detail());
    }
  }

  @Test
  void patchLeavesAloneWhatIsNotVisible() {
    WritePlan plan =
        writes.merge(row(), WriteQuery.NONE, TestRows.row("{\"name\":\"y\"}"), TestOptions.write());
    assertEquals("UPDATE ks.t SET name = ?, team = ? WHERE p = ? AND c = ?", plan.cql());
    assertUnknown(
        "pay",
        () ->
            writes.merge(row(), WriteQuery.NONE, TestRows.row("{\"pay\":1}"), TestOptions.write()));
    assertEquals(
        "INSERT INTO ks.t (p, c) VALUES (?, ?)",
        writes
            .merge(
                TestTarget.of(KEYS, List.of("x", "1")),
                WriteQuery.NONE,
                TestRows.row("{}"),
                TestOptions.write())
            .cql());
  }

  @Test
  void postLeavesAloneWhatIsNotVisible() {
    PostRequest request =
        new PostRequest(TestTarget.of(NARROW, List.of()), RowOperation.INSERT, TestOptions.write());
    assertEquals(
        "INSERT INTO ks.t (" + COLUMNS + ") VALUES (?, ?, ?, ?)",
        rowWrites.one(request, TestRows.row("{\"p\":\"x\",\"c\":1}")).cql());
    assertUnknown(
        "pay", () -> rowWrites.one(request, TestRows.row("{\"p\":\"x\",\"c\":1,\"pay\":1}")));
    assertUnknown("pay", () -> CsvRow.of(NARROW, RowNames.COLUMNS, CsvForm.PLAIN, utf8("p,c,pay")));
  }

  @Test
  void unchangedIsWhatOneCanSee() {
    for (WritePlan plan :
        List.of(
            writes.merge(
                row(),
                WriteQuery.NONE,
                TestRows.row("{\"name\":\"y\"}"),
                TestOptions.write("If-Match: \"tag\"")),
            writes.merge(
                row(),
                WriteQuery.NONE,
                TestRows.row("{\"team\":\"y\"}"),
                TestOptions.write("If-Match: \"tag\"")))) {
      assertEquals(true, plan.cql().contains(" IF name = ? AND team = ?"), plan.cql());
      assertEquals(false, plan.cql().contains("pay"), plan.cql());
      WritePlan expecting = plan.expecting(column -> ByteBuffer.wrap(utf8(column)));
      assertEquals(plan.cql().chars().filter(c -> c == '?').count(), expecting.values().size());
      List<Value> values = expecting.values();
      assertEquals(
          Values.of(NARROW, "[name=name, team=team]"),
          values.subList(values.size() - 2, values.size()));
    }
  }

  /** The current row, as it is read to be shown or compared. */
  @Test
  void theRowThatIsReadForAWriteIsTheVisibleOne() {
    WritePlan plan = writes.replace(row(), WriteQuery.NONE, TestRows.row("{}"), NEW);
    assertEquals(read("").cql(), reads.written(plan, Optional.empty()).cql());
  }

  @Test
  void staticColumnsThatAreNotVisibleMakeNoPartitionWritable() {
    assertEquals(
        List.of("GET", "HEAD", "OPTIONS", "PATCH", "DELETE"),
        TestTarget.of(NARROW, List.of("x")).methods());
    assertEquals(
        List.of("GET", "HEAD", "OPTIONS", "DELETE"), TestTarget.of(KEYS, List.of("x")).methods());
  }

  @Test
  void indexesGoWithTheirColumns() {
    assertEquals(List.of("by_name"), NARROW.indexes().stream().map(IndexDefinition::name).toList());
    assertEquals(List.of(), KEYS.indexes());
    assertEquals(3, WHOLE.indexes().size());
  }

  @Test
  void whatIsTooLongForAnIndexIsRefusedWithoutItsName() {
    Target row = TestTarget.of(NARROW, List.of("x".repeat(65_530), "1"));
    ApiException e =
        assertThrows(
            ApiException.class,
            () -> writes.replace(row, WriteQuery.NONE, TestRows.row("{}"), NEW));
    assertEquals(ErrorCode.INVALID_VALUE, e.code());
    assertEquals(null, e.members().get("indexed_by"));
    assertEquals(false, e.detail().contains("pay"), e.detail());
  }

  @Test
  void aStatementOfAnotherShapeOfTheTableIsStillAnother() {
    assertEquals(WHOLE.shape(), NARROW.shape());
    assertEquals(WHOLE.id(), NARROW.id());
    assertEquals(WHOLE.require("name"), NARROW.require("name"));
  }

  @Test
  void countersStayCounters() {
    Table counters =
        Tables.table("visits")
            .partitionKey("page", DataTypes.TEXT)
            .regular("hits", DataTypes.COUNTER)
            .regular("misses", DataTypes.COUNTER)
            .build();
    Target hits =
        TestTarget.of(counters.narrowedTo(column -> column.name().equals("hits")), List.of("home"));
    assertEquals(
        "UPDATE ks.visits SET hits = hits + ? WHERE page = ?",
        writes
            .merge(
                hits, WriteQuery.NONE, TestRows.row("{\"hits\":{\"$inc\":1}}"), TestOptions.write())
            .cql());
    assertEquals(true, counters.narrowedTo(column -> false).isCounter());
  }

  @CanIgnoreReturnValue
  private static ApiException assertUnknown(String column, Supplier<?> plan) {
    ApiException e = assertThrows(ApiException.class, plan::get);
    assertEquals(ErrorCode.UNKNOWN_COLUMN, e.code());
    assertEquals(column, e.members().get("column"));
    return e;
  }

  private ReadPlan read(String query) {
    return read(row(), query);
  }

  private ReadPlan read(Target target, String query) {
    return reads.page(target, QueryParser.parse(query, TestOptions.LIMITS), TestOptions.read());
  }

  private static Target row() {
    return TestTarget.of(NARROW, List.of("x", "1"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
