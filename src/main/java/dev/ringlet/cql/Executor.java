package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
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
            config.statements().max(), cql -> connection.session().prepareAsync(preparable(cql)));
    this.consistency = DefaultConsistencyLevel.valueOf(config.consistency().standard());
    this.serialConsistency = DefaultConsistencyLevel.valueOf(config.consistency().serial());
  }

  /** Reads one page. Fails with an {@code ApiException}. */
  public Uni<Page> read(ReadPlan plan) {
    return prepare(plan.cql())
        .chain(
            prepared ->
                send(
                    bind(prepared, plan.values())
                        .setIdempotence(true)
                        .setPageSize(plan.pageSize())))
        .onFailure()
        .transform(Failures::ofRead)
        .map(Page::of);
  }

  /**
   * Writes. Fails with an {@code ApiException} that tells a write that was not done from one of
   * unknown outcome.
   */
  public Uni<Void> write(WritePlan plan) {
    return prepare(plan.cql())
        .chain(prepared -> send(bind(prepared, plan.values()).setIdempotence(plan.idempotent())))
        .onFailure()
        .transform(Failures::ofWrite)
        .replaceWithVoid();
  }

  private SimpleStatement preparable(String cql) {
    return SimpleStatement.newInstance(cql).setTimeout(timeout);
  }

  private Uni<PreparedStatement> prepare(String cql) {
    return Uni.createFrom()
        .completionStage(() -> statements.get(cql))
        .onFailure()
        .transform(Failures::ofPrepare);
  }

  private Uni<AsyncResultSet> send(BoundStatementBuilder statement) {
    return Uni.createFrom()
        .completionStage(
            connection
                .session()
                .executeAsync(
                    statement
                        .setTimeout(timeout)
                        .setConsistencyLevel(consistency)
                        .setSerialConsistencyLevel(serialConsistency)
                        .build()));
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
