package dev.ringlet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.cql.Page;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.plan.Writes;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which turns at a partition make do with the row that another one has read. */
class SeenRowsTest {
  private static final Table TABLE = table(DataTypes.INT);
  private static final Page PAGE = new Page(null, null, List.of(), 0, 7, Optional.empty());

  private final Reads reads =
      new Reads(
          TestConfig.defaults(),
          new ScanRules(TestConfig.defaults()),
          new PageTokens(TestConfig.defaults()));
  private final Writes writes = new Writes();
  private final PartitionQueue.Seen seen = new PartitionQueue.Seen();
  private final long arrived = System.nanoTime();
  private int read;
  private long kept;

  @Test
  void theSameRowIsReadOnceForThoseWhoHadCome() {
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    assertEquals(1, read);
    turn(System.nanoTime() + 1, plan(TABLE, "1", "SERIAL"));
    assertEquals(2, read);
    seen.forget();
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    assertEquals(3, read);
  }

  @Test
  void whatIsNotReadAgainTakesRoomAllTheSame() {
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    assertEquals(0, kept);
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    assertEquals(PAGE.bytes(), kept);
  }

  @Test
  void whoSeesOtherColumnsReadsThem() {
    Table narrow = TABLE.narrowedTo(column -> column.name().equals("name"));
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    turn(arrived, plan(narrow, "1", "SERIAL"));
    assertEquals(2, read);
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    assertEquals(3, read);
  }

  @Test
  void anotherRowLevelOrShapeOfTheTableIsReadForItself() {
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    turn(arrived, plan(TABLE, "2", "SERIAL"));
    turn(arrived, plan(TABLE, "2", "LOCAL_SERIAL"));
    turn(arrived, plan(table(DataTypes.BIGINT), "2", "LOCAL_SERIAL"));
    assertEquals(4, read);
  }

  /** Its room was given back with the turn that had read it. */
  @Test
  void aReadLeavesNoneBehind() {
    ReadPlan plan = plan(TABLE, "1", "SERIAL");
    WritePlan patch = patch(TABLE, "1");
    PartitionQueue partitions = new PartitionQueue();
    CompletableFuture<Void> goesOn = new CompletableFuture<>();
    CompletableFuture<Void> first =
        partitions
            .take(patch, its -> row(its, plan).chain(row -> Uni.createFrom().future(goesOn)))
            .subscribeAsCompletionStage();
    CompletableFuture<Integer> reader =
        partitions.take(TABLE, plan, () -> Uni.createFrom().item(1)).subscribeAsCompletionStage();
    CompletableFuture<CurrentRow> other =
        partitions.take(patch, its -> row(its, plan)).subscribeAsCompletionStage();
    goesOn.complete(null);
    CompletableFuture.allOf(first, reader, other).join();
    assertEquals(2, read);
  }

  @Test
  void whatCannotBeReadTakesThePlaceOfWhatWas() {
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    Uni<CurrentRow> failing = Uni.createFrom().failure(new IllegalStateException());
    Uni<CurrentRow> other =
        seen.since(arrived, plan(TABLE, "2", "SERIAL"), bytes -> {}, () -> failing);
    assertThrows(IllegalStateException.class, () -> other.await().indefinitely());
    turn(arrived, plan(TABLE, "1", "SERIAL"));
    assertEquals(2, read);
  }

  private void turn(long since, ReadPlan plan) {
    CurrentRow unused = row(seen, since, plan).await().indefinitely();
  }

  private Uni<CurrentRow> row(PartitionQueue.Seen its, ReadPlan plan) {
    return row(its, arrived, plan);
  }

  private Uni<CurrentRow> row(PartitionQueue.Seen its, long since, ReadPlan plan) {
    Uni<CurrentRow> reading =
        Uni.createFrom()
            .item(
                () -> {
                  read++;
                  return new CurrentRow(PAGE, Optional.empty());
                });
    return its.since(since, plan, bytes -> kept += bytes, () -> reading);
  }

  private ReadPlan plan(Table table, String clustering, String level) {
    return reads.written(patch(table, clustering), Optional.of(level));
  }

  private WritePlan patch(Table table, String clustering) {
    return writes.merge(
        TestTarget.of(table, List.of("a", clustering)),
        WriteQuery.NONE,
        TestRows.row("{\"name\":\"x\"}"),
        TestOptions.write("If-Match: \"tag\"").forEach());
  }

  private static Table table(DataType pay) {
    return Tables.table("t")
        .partitionKey("p", DataTypes.TEXT)
        .clustering("c", DataTypes.INT)
        .regular("name", DataTypes.TEXT)
        .regular("pay", pay)
        .build();
  }
}
