package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on the type of a key; the rest is held against Cassandra by BatchOracleTest. */
class CollisionsTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.DECIMAL)
          .clustering("c", DataTypes.DECIMAL)
          .regular("v", DataTypes.TEXT)
          .build();

  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());
  private final Deletes deletes = new Deletes(TestConfig.defaults());
  private final Collisions collisions = new Collisions();

  @Test
  void equalClusteringValuesAreOneRow() {
    collisions.add(0, insert("1", "1.0", "a"));
    WritePlan other = insert("1", "1.00", "b");
    ApiException e = assertThrows(ApiException.class, () -> collisions.add(1, other));
    assertEquals(ErrorCode.KEY_MISMATCH, e.code());
    assertEquals(List.of(0, 1), e.members().get("indexes"));
  }

  @Test
  void equalPartitionKeysOfOtherBytesAreTwoPartitions() {
    collisions.add(0, insert("1.0", "1", "a"));
    assertDoesNotThrow(() -> collisions.add(1, insert("1.00", "1", "b")));
  }

  @Test
  void theStatementsOfOneOperationDoNotCollide() {
    collisions.add(0, insert("1", "1", "a"));
    assertDoesNotThrow(() -> collisions.add(0, insert("1", "1", "b")));
  }

  /** The row is (1, 9) of the time 2026-11-22T10:00:00Z. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a,b)=gt.(1,5) | true",
        "(a,b)=gt.(1,9) | false",
        "(a,b)=gte.(1,9) | true",
        "(a,b)=lt.(2,0) | true",
        "(a,b)=lt.(1,9)&(a,b)=gt.(0,0) | false",
        "(a,b)=in.((1,9),(3,3)) | true",
        "a=eq.1&b=eq.9&at=gt.min_timeuuid(2026-11-22T09:00:00Z) | true",
        "a=eq.1&b=eq.9&at=lt.max_timeuuid(2026-11-22T11:00:00Z) | true",
        "a=eq.1&b=in.(8,9) | true",
        "a=eq.1&b=in.(7,8) | false"
      })
  void aDeletionOfTuplesAndTimesTakesWhatIsInThem(String filters, boolean taken) {
    Table times =
        Tables.table("times")
            .partitionKey("k", DataTypes.INT)
            .clustering("a", DataTypes.INT)
            .clustering("b", DataTypes.INT)
            .clustering("at", DataTypes.TIMEUUID)
            .regular("v", DataTypes.TEXT)
            .build();
    String row = "{\"k\":1,\"a\":1,\"b\":9,\"at\":\"7ab09000-e65b-11f1-8080-808080808080\"}";
    collisions.add(
        0,
        rowWrites.one(
            new PostRequest(
                TestTarget.of(times, List.of()), RowOperation.INSERT, TestOptions.write()),
            TestRows.row(row)));
    WritePlan delete =
        deletes.delete(
            TestTarget.of(times, List.of("1")),
            QueryParser.filtersOfWrite(filters.replace(" ", ""), TestOptions.LIMITS),
            TestOptions.write());
    if (taken) {
      assertThrows(ApiException.class, () -> collisions.add(1, delete));
    } else {
      assertDoesNotThrow(() -> collisions.add(1, delete));
    }
  }

  /** They have 44 billion pairs of cells. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyWritesOfOneWideRowAreComparedColumnByColumn() {
    Tables columns = Tables.table("wide").partitionKey("k", DataTypes.INT);
    for (int i = 0; i < 3000; i++) {
      columns = columns.regular("v" + i, DataTypes.INT);
    }
    Target row = TestTarget.of(columns.build(), List.of("1"));
    Writes writes = new Writes();
    for (int i = 0; i < 100; i++) {
      collisions.add(
          i, writes.replace(row, WriteQuery.NONE, TestRows.row("{}"), TestOptions.write()));
    }
    WritePlan other =
        writes.replace(row, WriteQuery.NONE, TestRows.row("{\"v2999\":1}"), TestOptions.write());
    assertThrows(ApiException.class, () -> collisions.add(100, other));
  }

  private WritePlan insert(String k, String c, String v) {
    PostRequest request =
        new PostRequest(TestTarget.of(TABLE, List.of()), RowOperation.INSERT, TestOptions.write());
    String row = "{\"k\":\"%s\",\"c\":\"%s\",\"v\":\"%s\"}".formatted(k, c, v);
    return rowWrites.one(request, TestRows.row(row));
  }
}
