package dev.ringlet.write;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.cql.Executor;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Condition;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes on a condition. With {@code If-Match: "etag"} the row is read first, so that the write can
 * say what it expects: the check that counts is Cassandra's, together with the write.
 */
@Singleton
final class Conditions {
  private final Executor executor;
  private final Reads reads;
  private final PartitionQueue partitions;

  Conditions(Executor executor, Reads reads, PartitionQueue partitions) {
    this.executor = executor;
    this.reads = reads;
    this.partitions = partitions;
  }

  /**
   * Fails with {@link ErrorCode#CONDITION_FAILED} and the current row if the condition does not
   * hold.
   *
   * @param kept takes how many bytes of memory have been taken for a row that was read, and to show
   *     it, and may fail
   */
  Uni<Boolean> write(WritePlan plan, LongConsumer kept) {
    long arrived = System.nanoTime();
    return partitions.take(
        plan, seen -> checked(plan, seen, arrived, kept).chain(p -> lwt(p, seen, kept)));
  }

  private Uni<WritePlan> checked(
      WritePlan plan, PartitionQueue.Seen seen, long arrived, LongConsumer kept) {
    if (plan.options().condition().kind() != Condition.Kind.UNCHANGED) {
      return Uni.createFrom().item(plan);
    }
    return read(plan, seen, arrived, kept)
        .onFailure(ApiException.class)
        .transform(Conditions::notWritten)
        .map(current -> expecting(plan, current, kept));
  }

  private Uni<Boolean> lwt(WritePlan plan, PartitionQueue.Seen seen, LongConsumer kept) {
    seen.forget();
    return executor
        .write(plan, executor.timestamp())
        .chain(applied -> applied ? done() : refused(plan, seen, kept));
  }

  /** What stands in the way, if it can be read. */
  private Uni<Boolean> refused(WritePlan plan, PartitionQueue.Seen seen, LongConsumer kept) {
    if (!plan.target().isRow()) {
      return Uni.createFrom().failure(CurrentRow.contradicted()); // static columns are no row
    }
    long now = System.nanoTime();
    return Uni.createFrom()
        .deferred(() -> read(plan, seen, now, kept))
        .onFailure()
        .transform(failure -> CurrentRow.contradicted())
        .map(
            current -> {
              throw current.contradicts(plan, kept);
            });
  }

  /** The row as the caller may see it. */
  private Uni<CurrentRow> read(
      WritePlan plan, PartitionQueue.Seen seen, long arrived, LongConsumer kept) {
    String serial = executor.serialConsistencyOf(plan).name();
    ReadPlan read = reads.written(plan, Optional.of(serial));
    return seen.since(arrived, read, kept, () -> executor.read(read, kept).map(CurrentRow::of));
  }

  private static Uni<Boolean> done() {
    return Uni.createFrom().item(true);
  }

  private static WritePlan expecting(WritePlan plan, CurrentRow current, LongConsumer kept) {
    if (!current.isAsExpected(plan)) {
      throw current.contradicts(plan, kept);
    }
    Row row = current.row().orElseThrow();
    return plan.expecting(column -> row.getBytesUnsafe(CqlIdentifier.fromInternal(column)));
  }

  /** A read that fails before the write is no unknown outcome. */
  private static Throwable notWritten(Throwable failure) {
    return failure instanceof ApiException e && e.code() == ErrorCode.READ_TIMEOUT
        ? new ApiException(
            ErrorCode.UNAVAILABLE, "The row could not be read in time; nothing was written.")
        : failure;
  }
}
