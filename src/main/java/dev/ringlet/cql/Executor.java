package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Value;
import dev.ringlet.plan.WritePlan;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * The stage that does I/O: prepares, binds and sends what was planned. Every setting of a statement
 * is made here.
 */
@Singleton
public final class Executor {
  private final Connection connection;
  private final PreparedStatements statements;
  private final Duration timeout;
  private final ConsistencyLevel consistency;
  private final ConsistencyLevel serialConsistency;

  Executor(Connection connection, RingletConfig config) {
    this.connection = connection;
    this.timeout = config.timeout().standard();
    this.statements =
        new PreparedStatements(
            config.statements().max(), cql -> connection.session().prepareAsync(cql));
    this.consistency = DefaultConsistencyLevel.valueOf(config.consistency().standard());
    this.serialConsistency = DefaultConsistencyLevel.valueOf(config.consistency().serial());
  }

  /** Reads one page. Fails with an {@code ApiException}. */
  public Uni<Page> read(ReadPlan plan) {
    return select(plan).map(Page::of);
  }

  /**
   * Reads page after page; it has begun when the first page is there. Fails with an {@code
   * ApiException}.
   */
  public Uni<Pages> stream(ReadPlan plan) {
    return select(plan).map(Pages::of);
  }

  /** The consistency level that a read is made with. */
  public ConsistencyLevel consistencyOf(ReadPlan plan) {
    return plan.options()
        .consistency()
        .<ConsistencyLevel>map(DefaultConsistencyLevel::valueOf)
        .orElse(plan.rule().nearest() ? DefaultConsistencyLevel.LOCAL_ONE : consistency);
  }

  /**
   * Writes. Fails with an {@code ApiException} that tells a write that was not done from one of
   * unknown outcome.
   */
  public Uni<Void> write(WritePlan plan) {
    return prepare(plan.cql())
        .chain(
            prepared ->
                send(
                    bind(prepared, plan.values())
                        .setIdempotence(plan.idempotent())
                        .setQueryTimestamp(timestamp())
                        .setConsistencyLevel(consistency)
                        .setSerialConsistencyLevel(serialConsistency)
                        .setTimeout(timeout)))
        .onFailure()
        .transform(Failures::ofWrite)
        .replaceWithVoid();
  }

  private Uni<AsyncResultSet> select(ReadPlan plan) {
    return prepare(plan.cql())
        .chain(
            prepared ->
                send(
                    bind(prepared, plan.values())
                        .setIdempotence(true)
                        .setPageSize(plan.paging().size())
                        .setPagingState(plan.paging().place().orElse(null))
                        .setConsistencyLevel(consistencyOf(plan))
                        .setTimeout(plan.options().deadline().orElse(timeout))))
        .onFailure()
        .transform(Failures::ofRead);
  }

  /**
   * One for all attempts: if the driver sends a write again, it must not win over what was written
   * since.
   */
  private long timestamp() {
    return connection.session().getContext().getTimestampGenerator().next();
  }

  private Uni<PreparedStatement> prepare(String cql) {
    return Uni.createFrom()
        .completionStage(() -> statements.get(cql))
        .onFailure()
        .transform(Failures::ofPrepare);
  }

  private Uni<AsyncResultSet> send(BoundStatementBuilder statement) {
    return Uni.createFrom().completionStage(connection.session().executeAsync(statement.build()));
  }

  private static BoundStatementBuilder bind(PreparedStatement prepared, List<Value> values) {
    BoundStatementBuilder statement = prepared.boundStatementBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isSet()) {
        statement = statement.setBytesUnsafe(i, values.get(i).bytes());
      }
    }
    return statement;
  }
}
