package dev.ringlet.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The load of {@link HttpLoad}, without HTTP. */
final class DriverLoad {
  private static final long PAUSE = 50_000;

  private final CqlSession session;
  private final Operation operation;
  private final PreparedStatement statement;
  private final Tally tally = new Tally();

  /** Set by the answers, so that they are read. */
  private volatile int read;

  DriverLoad(CqlSession session, Operation operation) {
    this.session = session;
    this.operation = operation;
    String select = "SELECT " + Rows.COLUMNS + " FROM bench.items WHERE shelf = ?";
    this.statement =
        session.prepare(
            switch (operation) {
              case GET -> select + " AND number = ?";
              case SLICE -> select + " LIMIT 100";
              case PATCH ->
                  "UPDATE bench.items SET amount = ?, price = ? WHERE shelf = ? AND number = ?";
              case PUT, POST, POST_1000 -> DriverBulk.insert("items");
            });
  }

  Measured run(int concurrency, double rate, long nanos) throws InterruptedException {
    Semaphore free = new Semaphore(concurrency);
    Schedule schedule = new Schedule(rate, nanos);
    int sent = 0;
    long now = System.nanoTime();
    while (!schedule.over(now)) {
      if (schedule.due(now) && free.tryAcquire(1, TimeUnit.MILLISECONDS)) {
        send(sent++, schedule.take(now), free);
      } else if (!schedule.due(now)) {
        LockSupport.parkNanos(Math.min(PAUSE, schedule.next(now) - now));
      }
      now = System.nanoTime();
    }
    free.acquire(concurrency);
    synchronized (tally) {
      return tally.result(schedule.elapsed(System.nanoTime()), schedule.left());
    }
  }

  private void send(int request, long intended, Semaphore free) {
    execute(request)
        .whenComplete(
            (done, failure) -> {
              synchronized (tally) {
                tally.answered(failure == null ? 200 : 0, System.nanoTime() - intended);
              }
              free.release();
            });
  }

  private CompletionStage<?> execute(int request) {
    int row = Operation.row(request);
    return switch (operation) {
      case GET -> read(statement.bind(Rows.shelf(row), Rows.number(row)));
      case SLICE -> read(statement.bind(Rows.shelf(row)));
      case PUT, POST -> session.executeAsync(DriverRows.insert(statement, row));
      case PATCH ->
          session.executeAsync(
              statement.bind(Rows.amount(row), Rows.price(row), Rows.shelf(row), Rows.number(row)));
      case POST_1000 -> many(request % (Rows.COUNT / Operation.MANY) * Operation.MANY);
    };
  }

  private CompletionStage<AsyncResultSet> read(BoundStatement bound) {
    return session
        .executeAsync(bound)
        .thenApply(
            rows -> {
              read = DriverRows.read(rows.currentPage());
              return rows;
            });
  }

  private CompletionStage<?> many(int first) {
    DriverBulk.Writer writer = new DriverBulk.Writer(session, statement, first, Operation.MANY);
    return writer.write();
  }
}
