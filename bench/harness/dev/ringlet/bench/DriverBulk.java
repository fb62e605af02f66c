package dev.ringlet.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Whole tables, with the driver alone. */
final class DriverBulk {
  /** Rows that are written at the same time, as Ringlet does by default. */
  private static final int CONCURRENCY = 128;

  private DriverBulk() {}

  static String insert(String table) {
    return "INSERT INTO bench.%s (%s) VALUES (?, ?, ?, ?, ?, ?, ?)".formatted(table, Rows.COLUMNS);
  }

  /** Reads all rows; the next page is under way while one is read. Says how many. */
  static long export(CqlSession session, String table) {
    PreparedStatement all = session.prepare("SELECT " + Rows.COLUMNS + " FROM bench." + table);
    AsyncResultSet page = session.executeAsync(all.bind()).toCompletableFuture().join();
    long rows = 0;
    int sum = 0;
    while (true) {
      CompletableFuture<AsyncResultSet> next =
          page.hasMorePages() ? page.fetchNextPage().toCompletableFuture() : null;
      rows += page.remaining();
      sum += DriverRows.read(page.currentPage());
      if (next == null) {
        return sum == 0 ? 0 : rows;
      }
      page = next.join();
    }
  }

  static long ingest(CqlSession session, String table, int rows) {
    new Writer(session, session.prepare(insert(table)), 0, rows).write().join();
    return rows;
  }

  /** Writes rows that follow one another, some at the same time. */
  static final class Writer {
    private final CqlSession session;
    private final PreparedStatement insert;
    private final int end;
    private final AtomicInteger next;
    private final AtomicInteger left;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Writer(CqlSession session, PreparedStatement insert, int first, int count) {
      this.session = session;
      this.insert = insert;
      this.end = first + count;
      this.next = new AtomicInteger(first);
      this.left = new AtomicInteger(count);
    }

    CompletableFuture<Void> write() {
      for (int i = 0; i < CONCURRENCY; i++) {
        one();
      }
      return done;
    }

    private void one() {
      int row = next.getAndIncrement();
      if (row < end) {
        session.executeAsync(DriverRows.insert(insert, row)).whenComplete(this::written);
      }
    }

    private void written(AsyncResultSet answer, Throwable failure) {
      if (failure != null) {
        done.completeExceptionally(failure);
      } else if (left.decrementAndGet() == 0) {
        done.complete(null);
      } else {
        one();
      }
    }
  }
}
