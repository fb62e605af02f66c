package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import io.smallrye.mutiny.Uni;

/** An open session and what was prepared with it, which is of no use to another one. */
record Live(CqlSession session, PreparedStatements statements) {

  static Live of(CqlSession session, int maxStatements) {
    return new Live(session, new PreparedStatements(maxStatements, session::prepareAsync));
  }

  Uni<PreparedStatement> prepare(String cql) {
    return Uni.createFrom()
        .completionStage(() -> statements.get(cql))
        .onFailure()
        .transform(Failures::ofPrepare);
  }

  Uni<AsyncResultSet> send(Statement<?> statement) {
    return Uni.createFrom().completionStage(session.executeAsync(statement));
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
