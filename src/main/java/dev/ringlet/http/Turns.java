package dev.ringlet.http;

import dev.ringlet.plan.Target;
import dev.ringlet.plan.Value;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes on a condition take turns at their row. Where many meet at one, Cassandra's replicas
 * refuse each other's ballots until most of them time out with an outcome that nobody knows. What
 * other instances do is not known here: the condition is Cassandra's all the same.
 */
@Singleton
final class Turns {
  private record Row(String table, List<ByteBuffer> key) {}

  private record Line(CompletableFuture<Void> end, Seen seen) {}

  private final ConcurrentMap<Row, Line> lines = new ConcurrentHashMap<>();

  /** Does it when all who came before are done. */
  <T> Uni<T> take(Target target, Function<Seen, Uni<T>> turn) {
    Row row = new Row(target.table().cqlName(), target.key().stream().map(Value::bytes).toList());
    return Uni.createFrom().deferred(() -> queue(row, turn));
  }

  private <T> Uni<T> queue(Row row, Function<Seen, Uni<T>> turn) {
    CompletableFuture<Void> before = new CompletableFuture<>();
    Line mine =
        lines.compute(
            row,
            (same, last) -> {
              if (last == null) {
                before.complete(null);
                return new Line(new CompletableFuture<>(), new Seen());
              }
              boolean unused = last.end().thenAccept(before::complete).isDone();
              return new Line(new CompletableFuture<>(), last.seen());
            });
    return Uni.createFrom()
        .completionStage(before.copy())
        .chain(() -> turn.apply(mine.seen()))
        .onTermination()
        .invoke(() -> leave(row, mine, before));
  }

  /** Lets the next one go, when it is its turn: whoever leaves early has not had one. */
  private void leave(Row row, Line mine, CompletableFuture<Void> before) {
    if (!lines.remove(row, mine)) {
      // on another thread, lest a long line becomes a deep stack
      boolean unused =
          before
              .thenAcceptAsync(mine.end()::complete, Infrastructure.getDefaultExecutor())
              .isDone();
    }
  }

  /**
   * What a turn has read of the row, for those who came before it was read: the row was so while
   * they waited.
   */
  static final class Seen {
    private CurrentRow current;
    private String level;
    private long began;

    /** The row, read when this turn's request had come already, and not written since. */
    Uni<CurrentRow> since(long arrived, String serialLevel, Supplier<Uni<CurrentRow>> read) {
      if (current != null && serialLevel.equals(level) && began - arrived >= 0) {
        return Uni.createFrom().item(current);
      }
      long now = System.nanoTime();
      return read.get()
          .invoke(
              fresh -> {
                current = fresh;
                level = serialLevel;
                began = now;
              });
    }

    /** The row may have been written. */
    void forget() {
      current = null;
    }
  }
}
