package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.RowBody;
import dev.ringlet.row.TestRows;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The exact CQL and values of every statement there is. */
class PlanTest {
  private static final Table SIMPLE =
      Tables.table("my_table")
          .partitionKey("key", DataTypes.TEXT)
          .regular("value", DataTypes.TEXT)
          .build();
  private static final Table READINGS =
      Tables.table("readings")
          .partitionKey("station", DataTypes.TEXT)
          .partitionKey("day", DataTypes.DATE)
          .clustering("hour", DataTypes.INT)
          .clustering("minute", DataTypes.INT)
          .regular("Celsius", DataTypes.DOUBLE)
          .staticColumn("unit", DataTypes.TEXT)
          .regular("wind", DataTypes.INT)
          .build();
  private static final Table COUNTERS =
      Tables.table("visits")
          .partitionKey("page", DataTypes.TEXT)
          .regular("hits", DataTypes.COUNTER)
          .regular("misses", DataTypes.COUNTER)
          .build();
  private static final Table KEYS_ONLY =
      Tables.table("tags").partitionKey("a", DataTypes.INT).clustering("b", DataTypes.INT).build();

  private final Reads reads =
      new Reads(
          TestConfig.defaults(),
          new ScanRules(TestConfig.defaults()),
          new PageTokens(TestConfig.defaults()));
  private final Deletes deletes = new Deletes(TestConfig.defaults());
  private final Writes writes = new Writes();
  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());

  @Test
  void readsARow() {
    ReadPlan plan = read(TestTarget.of(SIMPLE, List.of("a")));
    assertEquals("SELECT key, value FROM ks.my_table WHERE key = ?", plan.cql());
    assertEquals("[key='a']", bound(plan.values()));
    assertEquals(true, plan.rule().single());
    assertEquals(1, plan.paging().size());
  }

  @Test
  void readsAPartition() {
    ReadPlan plan = read(TestTarget.of(READINGS, List.of("a", "2026-11-22")));
    assertEquals(
        "SELECT station, day, hour, minute, \"Celsius\", unit, wind FROM ks.readings WHERE station"
            + " = ? AND day = ?",
        plan.cql());
    assertEquals("[station='a', day='2026-11-22']", bound(plan.values()));
    assertEquals(false, plan.rule().single());
    assertEquals(100, plan.paging().size());
  }

  @Test
  void readsASlice() {
    ReadPlan plan = read(TestTarget.of(READINGS, List.of("a", "2026-11-22", "7")));
    assertEquals(
        "SELECT station, day, hour, minute, \"Celsius\", unit, wind FROM ks.readings WHERE station"
            + " = ? AND day = ? AND hour = ?",
        plan.cql());
    assertEquals("[station='a', day='2026-11-22', hour=7]", bound(plan.values()));
  }

  @Test
  void refusesToReadWithoutTheWholePartitionKey() {
    ApiException e =
        refused(ErrorCode.PARTITION_KEY_REQUIRED, () -> read(TestTarget.of(SIMPLE, List.of())));
    assertEquals(List.of("key"), e.members().get("missing"));
    e = refused(ErrorCode.PARTITION_KEY_REQUIRED, () -> TestTarget.of(READINGS, List.of("a")));
    assertEquals(List.of("day"), e.members().get("missing"));
  }

  @Test
  void refusesMoreKeysThanThereAre() {
    ApiException e =
        refused(ErrorCode.TOO_MANY_KEYS, () -> TestTarget.of(SIMPLE, List.of("a", "b")));
    assertEquals(List.of("key"), e.members().get("primary_key"));
  }

  @Test
  void namesTheKeyThatIsNoValue() {
    ApiException e =
        refused(ErrorCode.INVALID_VALUE, () -> TestTarget.of(READINGS, List.of("a", "yesterday")));
    assertEquals("day", e.members().get("column"));
    assertEquals("an ISO 8601 date", e.members().get("expected"));
    assertEquals("yesterday", e.members().get("got"));
  }

  @Test
  void insertsWhatIsGivenAndLeavesTheRestUnset() {
    WritePlan plan =
        insert(
            TestTarget.of(READINGS, List.of()),
            TestRows.row(
                "{\"minute\":5,\"hour\":7,\"station\":\"a\",\"day\":\"2026-11-22\",\"wind\":null}"));
    assertEquals(
        "INSERT INTO ks.readings (station, day, hour, minute, \"Celsius\", unit, wind) VALUES (?,"
            + " ?, ?, ?, ?, ?, ?)",
        plan.cql());
    assertEquals(
        "[station='a', day='2026-11-22', hour=7, minute=5, Celsius=unset, unit=unset, wind=NULL]",
        bound(plan.values()));
    assertEquals("[station='a', day='2026-11-22', hour=7, minute=5]", bound(plan.target().key()));
    assertEquals(true, plan.idempotent());
  }

  @Test
  void refusesToInsertWithoutTheWholePrimaryKey() {
    ApiException e =
        refused(
            ErrorCode.INCOMPLETE_PRIMARY_KEY,
            () ->
                insert(
                    TestTarget.of(READINGS, List.of()),
                    TestRows.row("{\"station\":\"a\",\"hour\":null}")));
    assertEquals(List.of("day", "hour", "minute"), e.members().get("missing"));
  }

  @Test
  void replacesARowButNotItsPartitionsStaticColumns() {
    WritePlan plan =
        writes.replace(
            row(), WriteQuery.NONE, TestRows.row("{\"wind\":3,\"hour\":7}"), TestOptions.write());
    assertEquals(
        "INSERT INTO ks.readings (station, day, hour, minute, \"Celsius\", unit, wind) VALUES (?,"
            + " ?, ?, ?, ?, ?, ?)",
        plan.cql());
    assertEquals(
        "[station='a', day='2026-11-22', hour=7, minute=5, Celsius=NULL, unit=unset, wind=3]",
        bound(plan.values()));
  }

  @Test
  void refusesABodyThatContradictsThePath() {
    ApiException e =
        refused(
            ErrorCode.KEY_MISMATCH,
            () ->
                writes.replace(
                    row(), WriteQuery.NONE, TestRows.row("{\"hour\":8}"), TestOptions.write()));
    assertEquals("hour", e.members().get("column"));
    e =
        refused(
            ErrorCode.KEY_MISMATCH,
            () ->
                writes.merge(
                    row(), WriteQuery.NONE, TestRows.row("{\"hour\":null}"), TestOptions.write()));
    assertEquals("hour", e.members().get("column"));
  }

  @Test
  void mergesIntoARow() {
    WritePlan plan =
        writes.merge(
            row(),
            WriteQuery.NONE,
            TestRows.row("{\"wind\":null,\"unit\":\"K\"}"),
            TestOptions.write());
    assertEquals(
        "UPDATE ks.readings SET \"Celsius\" = ?, unit = ?, wind = ? WHERE station = ? AND day = ?"
            + " AND hour = ? AND minute = ?",
        plan.cql());
    assertEquals(
        "[Celsius=unset, unit='K', wind=NULL, station='a', day='2026-11-22', hour=7, minute=5]",
        bound(plan.values()));
    assertEquals(true, plan.idempotent());
  }

  @Test
  void mergesNothingByInsertingAnEmptyRow() {
    assertEquals(
        "[key='a', value=unset]",
        bound(
            writes
                .merge(
                    TestTarget.of(SIMPLE, List.of("a")),
                    WriteQuery.NONE,
                    TestRows.row("{}"),
                    TestOptions.write())
                .values()));
    WritePlan keys =
        writes.merge(
            TestTarget.of(KEYS_ONLY, List.of("1", "2")),
            WriteQuery.NONE,
            TestRows.row("{\"b\":2}"),
            TestOptions.write());
    assertEquals("INSERT INTO ks.tags (a, b) VALUES (?, ?)", keys.cql());
  }

  @Test
  void mergesStaticColumnsIntoAPartition() {
    Target partition = TestTarget.of(READINGS, List.of("a", "2026-11-22"));
    WritePlan plan =
        writes.merge(
            partition, WriteQuery.NONE, TestRows.row("{\"unit\":\"K\"}"), TestOptions.write());
    assertEquals("UPDATE ks.readings SET unit = ? WHERE station = ? AND day = ?", plan.cql());
    assertEquals("[unit='K', station='a', day='2026-11-22']", bound(plan.values()));
    ApiException e =
        refused(
            ErrorCode.INCOMPLETE_PRIMARY_KEY,
            () ->
                writes.merge(
                    partition, WriteQuery.NONE, TestRows.row("{\"wind\":1}"), TestOptions.write()));
    assertEquals("wind", e.members().get("column"));
    assertEquals(List.of("hour", "minute"), e.members().get("missing"));
    refused(
        ErrorCode.NO_COLUMNS,
        () -> writes.merge(partition, WriteQuery.NONE, TestRows.row("{}"), TestOptions.write()));
  }

  @Test
  void incrementsCountersAndNeverTwice() {
    Target counter = TestTarget.of(COUNTERS, List.of("home"));
    WritePlan plan =
        writes.merge(
            counter,
            WriteQuery.NONE,
            TestRows.row("{\"hits\":{\"$inc\":-3}}"),
            TestOptions.write());
    assertEquals(
        "UPDATE ks.visits SET hits = hits + ?, misses = misses + ? WHERE page = ?", plan.cql());
    assertEquals("[hits=-3, misses=unset, page='home']", bound(plan.values()));
    assertEquals(false, plan.idempotent());
  }

  @Test
  void takesNothingButIncrementsForACounter() {
    Target counter = TestTarget.of(COUNTERS, List.of("home"));
    for (String value :
        List.of(
            "1",
            "null",
            "{}",
            "{\"$inc\":null}",
            "{\"$inc\":1,\"x\":2}",
            "{\"$dec\":1}",
            "{\"$inc\":\"a\"}")) {
      ApiException e =
          refused(
              ErrorCode.INVALID_VALUE,
              () ->
                  writes.merge(
                      counter,
                      WriteQuery.NONE,
                      TestRows.row("{\"hits\":" + value + "}"),
                      TestOptions.write()));
      assertEquals("hits", e.members().get("column"), value);
    }
    refused(
        ErrorCode.NO_COLUMNS,
        () -> writes.merge(counter, WriteQuery.NONE, TestRows.row("{}"), TestOptions.write()));
  }

  @Test
  void deletesARowASliceAPartition() {
    assertEquals(
        "DELETE FROM ks.readings WHERE station = ? AND day = ? AND hour = ? AND minute = ?",
        deletes.delete(row(), List.of(), TestOptions.write()).cql());
    assertEquals(
        "DELETE FROM ks.readings WHERE station = ? AND day = ? AND hour = ?",
        deletes
            .delete(
                TestTarget.of(READINGS, List.of("a", "2026-11-22", "7")),
                List.of(),
                TestOptions.write())
            .cql());
    WritePlan partition =
        deletes.delete(
            TestTarget.of(READINGS, List.of("a", "2026-11-22")), List.of(), TestOptions.write());
    assertEquals("DELETE FROM ks.readings WHERE station = ? AND day = ?", partition.cql());
    assertEquals("[station='a', day='2026-11-22']", bound(partition.values()));
    assertEquals(true, partition.idempotent());
  }

  @Test
  void knowsWhichMethodsATargetTakes() {
    assertEquals("[GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE]", methods(READINGS));
    assertEquals("[GET, HEAD, OPTIONS, PATCH, DELETE]", methods(READINGS, "a", "2026-11-22"));
    assertEquals("[GET, HEAD, OPTIONS, DELETE]", methods(READINGS, "a", "2026-11-22", "7"));
    assertEquals(
        "[GET, HEAD, OPTIONS, PUT, PATCH, DELETE]", methods(READINGS, "a", "2026-11-22", "7", "5"));
    assertEquals("[GET, HEAD, OPTIONS, DELETE]", methods(KEYS_ONLY, "1"));
    assertEquals("[GET, HEAD, OPTIONS, PUT, PATCH, DELETE]", methods(SIMPLE, "a"));
    assertEquals("[GET, HEAD, OPTIONS, POST, PATCH, DELETE]", methods(COUNTERS));
    assertEquals("[GET, HEAD, OPTIONS, PATCH, DELETE]", methods(COUNTERS, "home"));
  }

  @Test
  void refusesMethodsThatATargetDoesNotTake() {
    ApiException e =
        refused(
            ErrorCode.METHOD_NOT_ALLOWED,
            () ->
                writes.replace(
                    TestTarget.of(READINGS, List.of("a", "2026-11-22")),
                    WriteQuery.NONE,
                    TestRows.row("{}"),
                    TestOptions.write()));
    assertEquals(List.of("GET", "HEAD", "OPTIONS", "PATCH", "DELETE"), e.members().get("allowed"));
    e =
        refused(
            ErrorCode.METHOD_NOT_ALLOWED,
            () -> insert(TestTarget.of(COUNTERS, List.of()), TestRows.row("{}")));
    assertEquals(
        List.of("GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE"), e.members().get("allowed"));
  }

  @Test
  void quotesNamesThatNeedIt() {
    Table odd =
        Tables.table("Odd\"Table")
            .partitionKey("select", DataTypes.INT)
            .regular("a\"; DROP", DataTypes.INT)
            .build();
    assertEquals(
        "SELECT \"select\", \"a\"\"; DROP\" FROM ks.\"Odd\"\"Table\" WHERE \"select\" = ?",
        read(TestTarget.of(odd, List.of("1"))).cql());
  }

  private WritePlan insert(Target target, RowBody body) {
    return rowWrites.one(new PostRequest(target, RowOperation.INSERT, TestOptions.write()), body);
  }

  private ReadPlan read(Target target) {
    return reads.page(target, QueryParser.parse(null, TestOptions.LIMITS), TestOptions.read());
  }

  private static String methods(Table table, String... keys) {
    return TestTarget.of(table, List.of(keys)).methods().toString();
  }

  /** As the driver reads what Cassandra is sent, in CQL's own words. */
  private static String bound(List<Value> values) {
    return values.stream().map(PlanTest::bound).toList().toString();
  }

  private static String bound(Value value) {
    TypeCodec<Object> codec = CodecRegistry.DEFAULT.codecFor(value.type().dataType());
    return value.name()
        + "="
        + (value.isSet()
            ? codec.format(codec.decode(value.bytes(), ProtocolVersion.DEFAULT))
            : "unset");
  }

  private static Target row() {
    return TestTarget.of(READINGS, List.of("a", "2026-11-22", "7", "5"));
  }

  @CanIgnoreReturnValue
  private static ApiException refused(ErrorCode code, Supplier<?> action) {
    ApiException e = assertThrows(ApiException.class, action::get);
    assertEquals(code, e.code());
    return e;
  }
}
