package dev.ringlet.write;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import dev.ringlet.plan.Partition;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.schema.Table;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Writes on a condition, and reads at a serial level, take turns at their partition. Where many
 * meet at one, Cassandra's replicas refuse each other's ballots until most of them time out, of
 * writes with an outcome that nobody knows. What other instances do is not known here: the
 * condition is Cassandra's all the same.
 */
@Singleton
public final class PartitionQueue {
  private record Place(CompletableFuture<Void> end, Seen seen) {}

  private final ConcurrentMap<Partition, Place> last = new ConcurrentHashMap<>();

  /**
   * Does it when all who came before are done. Fails with {@link ErrorCode#OVERLOADED} if the time
   * is over before that.
   */
  public <T> Uni<T> take(WritePlan plan, Function<Seen, Uni<T>> turn) {
    Partition partition = Partition.of(plan);
    return Uni.createFrom().deferred(() -> queue(partition, plan.options().deadline(), turn));
  }

  /** The same for a read at a serial level, which Cassandra takes for one partition alone. */
  public <T> Uni<T> take(Table table, ReadPlan plan, Supplier<Uni<T>> turn) {
    Partition partition = Partition.of(table, plan.values());
    return Uni.createFrom()
        .deferred(() -> queue(partition, plan.options().deadline(), seen -> read(seen, turn)));
  }

  /** It leaves none behind of what writes have read: their room for it is given back. */
  private static <T> Uni<T> read(Seen seen, Supplier<Uni<T>> turn) {
    seen.forget();
    return turn.get();
  }

  private <T> Uni<T> queue(Partition partition, Deadline deadline, Function<Seen, Uni<T>> turn) {
    CompletableFuture<Void> before = new CompletableFuture<>();
    Place mine = last.compute(partition, (same, place) -> behind(place, before));
    return Uni.createFrom()
        .completionStage(before.copy())
        .ifNoItem()
        .after(deadline.toWait(System.nanoTime()))
        .failWith(PartitionQueue::tooLate)
        .chain(() -> turn.apply(mine.seen()))
        .onTermination()
        .invoke(() -> leave(partition, mine, before));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it only hands on
  private static Place behind(Place last, CompletableFuture<Void> before) {
    if (last == null) {
      before.complete(null);
      return new Place(new CompletableFuture<>(), new Seen());
    }
    last.end().thenAccept(before::complete);
    return new Place(new CompletableFuture<>(), last.seen());
  }

  /** Lets the next one go, but not before it was this one's turn: who leaves early has had none. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void leave(Partition partition, Place mine, CompletableFuture<Void> before) {
    before.thenAccept(
        turn -> {
          if (!last.remove(partition, mine)) {
            handOn(mine);
          }
        });
  }

  /** On another thread, lest a long line becomes a deep stack. */
  private static void handOn(Place mine) {
    try {
      Infrastructure.getDefaultExecutor().execute(() -> mine.end().complete(null));
    } catch (RejectedExecutionException shuttingDown) {
      mine.end().complete(null);
    }
  }

  private static ApiException tooLate() {
    return new ApiException(
        ErrorCode.OVERLOADED,
        "Others had their turn at this partition until the time was over; nothing was done.");
  }

  /**
   * What a turn has read of a row, for those who came before it was read: the row was so while they
   * waited.
   */
  static final class Seen {
    private record Reading(ReadPlan plan, long began, CurrentRow row) {}

    private volatile Reading last;

    /**
     * The row, read when this turn's request had come already, and not written since. Others may
     * see other columns of it: what they have read is no answer to this plan.
     *
     * @param kept takes how many bytes of memory it has where it is not read again, and may fail
     */
    Uni<CurrentRow> since(
        long arrived, ReadPlan plan, LongConsumer kept, Supplier<Uni<CurrentRow>> read) {
      Reading seen = last;
      if (seen != null && seen.began() - arrived >= 0 && isSame(seen.plan(), plan)) {
        return Uni.createFrom().item(seen.row()).invoke(row -> kept.accept(row.page().bytes()));
      }
      forget(); // lest there are two
      long began = System.nanoTime();
      return read.get().invoke(row -> last = new Reading(plan, began, row));
    }

    private static boolean isSame(ReadPlan one, ReadPlan other) {
      return one.statement().equals(other.statement())
          && one.shape().equals(other.shape())
          && one.options().consistency().equals(other.options().consistency());
    }

    /** The row may have been written, or nobody has room for it any more. */
    void forget() {
      last = null;
    }
  }
}
