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

/** An open session and what was prepared with it, which is of no use to another one. */
record Live(CqlSession session, PreparedStatements statements) {

  static Live of(CqlSession session, int maxStatements) {
    return new Live(session, new PreparedStatements(maxStatements, session::prepareAsync));
  }

  /**
   * @param left of the request's time; the driver's own limit for it may be longer
   */
  Uni<PreparedStatement> prepare(String cql, Duration left) {
    return Uni.createFrom()
        .completionStage(() -> statements.get(cql))
        .ifNoItem()
        .after(left)
        .failWith(() -> new DriverTimeoutException("The time of the request is over."))
        .onFailure()
        .transform(failure -> Failures.ofPrepare(Failures.ofDriver(failure)));
  }

  Uni<AsyncResultSet> send(Statement<?> statement) {
    return Uni.createFrom()
        .completionStage(session.executeAsync(statement))
        .onFailure()
        .transform(Failures::ofDriver);
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
