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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private final List<BatchStep> steps = new ArrayList<>();

  private void add(int index, WritePlan plan) {
    steps.add(new BatchStep(index, plan));
  }

  private void check() {
    Collisions.check(steps);
  }

  @Test
  void equalClusteringValuesAreOneRow() {
    add(0, insert("1", "1.0", "a"));
    add(1, insert("1", "1.00", "b"));
    ApiException e = assertThrows(ApiException.class, this::check);
    assertEquals(ErrorCode.KEY_MISMATCH, e.code());
    assertEquals(List.of(0, 1), e.members().get("indexes"));
  }

  @Test
  void equalPartitionKeysOfOtherBytesAreTwoPartitions() {
    add(0, insert("1.0", "1", "a"));
    add(1, insert("1.00", "1", "b"));
    assertDoesNotThrow(this::check);
  }

  @Test
  void theStatementsOfOneOperationDoNotCollide() {
    add(0, insert("1", "1", "a"));
    add(0, insert("1", "1", "b"));
    assertDoesNotThrow(this::check);
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
    add(
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
    add(1, delete);
    if (taken) {
      assertThrows(ApiException.class, this::check);
    } else {
      assertDoesNotThrow(this::check);
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
      add(i, writes.replace(row, WriteQuery.NONE, TestRows.row("{}"), TestOptions.write()));
    }
    assertDoesNotThrow(this::check);
    add(
        100,
        writes.replace(row, WriteQuery.NONE, TestRows.row("{\"v2999\":1}"), TestOptions.write()));
    assertThrows(ApiException.class, this::check);
  }

  /** They have 3 billion pairs of a value that is listed and one that is written. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longListsAreComparedWithAllThatIsWrittenAtOnce() {
    String list =
        IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    for (int i = 0; i < 3000; i++) {
      add(i, insert("1", i + ".5", "a"));
    }
    for (int i = 0; i < 100; i++) {
      add(
          3000 + i,
          deletes.delete(
              TestTarget.of(TABLE, List.of("1")),
              QueryParser.filtersOfWrite("c=in.(" + list + ")", TestOptions.LIMITS),
              TestOptions.write()));
    }
    assertDoesNotThrow(this::check);
    add(4000, insert("1", "9999.0", "a"));
    ApiException e = assertThrows(ApiException.class, this::check);
    assertEquals(List.of(3000, 4000), e.members().get("indexes"));
  }

  private WritePlan insert(String k, String c, String v) {
    PostRequest request =
        new PostRequest(TestTarget.of(TABLE, List.of()), RowOperation.INSERT, TestOptions.write());
    String row = "{\"k\":\"%s\",\"c\":\"%s\",\"v\":\"%s\"}".formatted(k, c, v);
    return rowWrites.one(request, TestRows.row(row));
  }
}
