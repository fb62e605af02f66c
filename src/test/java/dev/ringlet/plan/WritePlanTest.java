package dev.ringlet.plan;

import static dev.ringlet.plan.Values.assertValues;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact CQL and values of PUT and PATCH with what their headers ask. */
class WritePlanTest {
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
  private static final Table STATIC_ONLY =
      Tables.table("st")
          .partitionKey("a", DataTypes.INT)
          .clustering("b", DataTypes.INT)
          .staticColumn("s", DataTypes.TEXT)
          .build();

  private static final String INSERT =
      "INSERT INTO ks.t (p, c, d, s, \"A\", b) VALUES (?, ?, ?, ?, ?, ?)";
  private static final String UPDATE = "UPDATE ks.t SET s = ?, \"A\" = ?, b = ?";
  private static final String ROW = " WHERE p = ? AND c = ? AND d = ?";
  private static final String UNCHANGED = " IF s = ? AND \"A\" = ? AND b = ?";

  private final Writes writes = new Writes();

  @Test
  void putWithATtl() {
    WritePlan plan = put("{\"A\":3}", "Cassandra-TTL: 60");
    assertEquals(INSERT + " USING TTL ?", plan.cql());
    assertValues("[p=x, c=1, d=2, s=unset, A=3, b=null, ttl=60]", plan);
    assertEquals(CqlType.INT, plan.values().get(6).type());
    assertEquals(true, plan.idempotent());
    assertEquals(false, plan.conditional());
  }

  @ParameterizedTest
  @CsvSource({"If-None-Match: *, ''", "If-None-Match: *; Cassandra-TTL: 60, ' USING TTL ?'"})
  void putIfThereIsNoRow(String headers, String ttl) {
    WritePlan plan = put("{\"s\":\"y\"}", headers.split("; "));
    assertEquals(INSERT + " IF NOT EXISTS" + ttl, plan.cql());
    assertValues("[p=x, c=1, d=2, s=y, A=null, b=null" + (ttl.isEmpty() ? "]" : ", ttl=60]"), plan);
    assertEquals(false, plan.idempotent());
    assertEquals(true, plan.conditional());
  }

  @Test
  void putIfThereIsARow() {
    WritePlan plan = put("{\"A\":3}", "If-Match: *");
    assertEquals(
        "BEGIN BATCH %s; UPDATE ks.t SET \"A\" = ?%s IF EXISTS; APPLY BATCH".formatted(INSERT, ROW),
        plan.cql());
    assertValues("[p=x, c=1, d=2, s=unset, A=3, b=null, A=unset, p=x, c=1, d=2]", plan);
    assertEquals(false, plan.idempotent());
    assertEquals(true, plan.conditional());
  }

  @Test
  void putIfTheRowIsUnchanged() {
    WritePlan plan = put("{}", "If-Match: \"tag\"", "Cassandra-TTL: 60");
    assertEquals(
        "BEGIN BATCH %s USING TTL ?; UPDATE ks.t SET \"A\" = ?%s%s; APPLY BATCH"
            .formatted(INSERT, ROW, UNCHANGED),
        plan.cql());
    assertValues(
        "[p=x, c=1, d=2, s=unset, A=null, b=null, ttl=60, A=unset, p=x, c=1, d=2, s=y, A=9,"
            + " b=null]",
        expecting(plan));
  }

  @Test
  void patchWithATtl() {
    WritePlan plan = patch("{\"A\":3,\"b\":{\"$add\":[1]}}", "Cassandra-TTL: 0");
    assertEquals("UPDATE ks.t USING TTL ? SET s = ?, \"A\" = ?, b = b + ?" + ROW, plan.cql());
    assertValues("[ttl=0, s=unset, A=3, b=[1], p=x, c=1, d=2]", plan);
    assertEquals(true, plan.idempotent());
  }

  @ParameterizedTest
  @CsvSource({"'{\"A\":null}', null", "{}, unset"})
  void patchIfThereIsARow(String body, String value) {
    WritePlan plan = patch(body, "If-Match: *");
    assertEquals(UPDATE + ROW + " IF EXISTS", plan.cql());
    assertValues("[s=unset, A=" + value + ", b=unset, p=x, c=1, d=2]", plan);
    assertEquals(false, plan.idempotent());
    assertEquals(true, plan.conditional());
  }

  @Test
  void patchIfTheRowIsUnchanged() {
    WritePlan plan = patch("{\"s\":\"z\"}", "If-Match: W/\"a\", \"b\"");
    assertEquals(UPDATE + ROW + UNCHANGED, plan.cql());
    WritePlan expecting = expecting(plan);
    assertValues("[s=z, A=unset, b=unset, p=x, c=1, d=2, s=y, A=9, b=null]", expecting);
    assertEquals(plan.cql(), expecting.cql());
    assertEquals(plan.options(), expecting.options());
    assertEquals(false, expecting.idempotent());
  }

  @Test
  void patchWithNothingIsAnEmptyRowThatLivesAsLongAsItIsAskedTo() {
    WritePlan plan = patch("{\"c\":1}", "Cassandra-TTL: 60");
    assertEquals(INSERT + " USING TTL ?", plan.cql());
    assertValues("[p=x, c=1, d=2, s=unset, A=unset, b=unset, ttl=60]", plan);
  }

  @Test
  void patchOfAPartitionWritesItsStaticColumns() {
    WritePlan plan =
        writes.merge(
            at(TABLE, "x"),
            WriteQuery.NONE,
            TestRows.row("{\"s\":null}"),
            TestOptions.write("Cassandra-TTL: 5"));
    assertEquals("UPDATE ks.t USING TTL ? SET s = ? WHERE p = ?", plan.cql());
    assertValues("[ttl=5, s=null, p=x]", plan);
  }

  /** CQL takes no clustering columns in an UPDATE of static columns alone. */
  @Test
  void patchOfARowWithNothingButStaticColumnsIsOneOfItsPartition() {
    WritePlan plan =
        writes.merge(
            at(STATIC_ONLY, "1", "2"),
            WriteQuery.NONE,
            TestRows.row("{\"s\":\"y\"}"),
            TestOptions.write());
    assertEquals("UPDATE ks.st SET s = ? WHERE a = ?", plan.cql());
    assertValues("[s=y, a=1]", plan);
    assertEquals(true, plan.target().isRow());
    plan =
        writes.merge(
            at(STATIC_ONLY, "1", "2"),
            WriteQuery.NONE,
            TestRows.row("{}"),
            TestOptions.write("Cassandra-TTL: 5"));
    assertEquals("INSERT INTO ks.st (a, b, s) VALUES (?, ?, ?) USING TTL ?", plan.cql());
  }

  @Test
  void putOfARowWithNothingButItsKey() {
    WritePlan plan =
        writes.replace(
            at(KEYS_ONLY, "1", "2"),
            WriteQuery.NONE,
            TestRows.row("{\"a\":1}"),
            TestOptions.write("If-None-Match: *"));
    assertEquals("INSERT INTO ks.tags (a, b) VALUES (?, ?) IF NOT EXISTS", plan.cql());
    assertValues("[a=1, b=2]", plan);
  }

  /** With the row as it was read: s=y, A=9 and no b. */
  private static WritePlan expecting(WritePlan plan) {
    Map<String, ByteBuffer> row =
        Map.of(
            "s",
            ByteBuffer.wrap("y".getBytes(StandardCharsets.UTF_8)),
            "A",
            ByteBuffer.allocate(4).putInt(9).flip());
    WritePlan expecting = plan.expecting(column -> row.get(column));
    assertEquals(expecting.cql().chars().filter(c -> c == '?').count(), expecting.values().size());
    return expecting;
  }

  private WritePlan put(String body, String... headers) {
    return writes.replace(
        at(TABLE, "x", "1", "2"), WriteQuery.NONE, TestRows.row(body), TestOptions.write(headers));
  }

  private WritePlan patch(String body, String... headers) {
    return writes.merge(
        at(TABLE, "x", "1", "2"), WriteQuery.NONE, TestRows.row(body), TestOptions.write(headers));
  }

  private static Target at(Table table, String... keys) {
    return TestTarget.of(table, List.of(keys));
  }
}
