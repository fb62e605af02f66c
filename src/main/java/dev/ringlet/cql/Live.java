package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** An open session and what was prepared with it, which is of no use to another one. */
record Live(CqlSession session, PreparedStatements statements) {

  static Live of(CqlSession session, int maxStatements) {
    return new Live(session, new PreparedStatements(maxStatements, session::prepareAsync));
  }

  /**
   * Sends what is made of a prepared statement, which nearly always there is already.
   *
   * @param left of the request's time; the driver's own limit for preparing may be longer
   */
  Uni<AsyncResultSet> execute(
      String cql, Duration left, Function<PreparedStatement, Statement<?>> statement) {
    Optional<PreparedStatement> known = statements.known(cql);
    return known.isPresent()
        ? Uni.createFrom().deferred(() -> send(statement.apply(known.get())))
        : prepare(cql, left).chain(prepared -> send(statement.apply(prepared)));
  }

  private Uni<AsyncResultSet> send(Statement<?> statement) {
    return Uni.createFrom()
        .completionStage(session.executeAsync(statement))
        .onFailure()
        .transform(Failures::ofDriver);
  }

  private Uni<PreparedStatement> prepare(String cql, Duration left) {
    return Uni.createFrom()
        .completionStage(() -> statements.get(cql))
        .ifNoItem()
        .after(left)
        .failWith(() -> new DriverTimeoutException("The time of the request is over."))
        .onFailure()
        .transform(failure -> Failures.ofPrepare(Failures.ofDriver(failure)));
  }

  /** For a batch: the driver's does not heed the timeout that it is given. */
  DriverExecutionProfile within(Duration left) {
    return session
        .getContext()
        .getConfig()
        .getDefaultProfile()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, left);
  }

  /** Microseconds, later than all before. */
  long timestamp() {
    return session.getContext().getTimestampGenerator().next();
  }

  /** Whether a query would find a node to go to. It asks the driver, not the cluster. */
  boolean usable() {
    return !session.isClosed()
        && session.getMetadata().getNodes().values().stream()
            .anyMatch(
                node -> node.getDistance() == NodeDistance.LOCAL && node.getOpenConnections() > 0);
  }
}
