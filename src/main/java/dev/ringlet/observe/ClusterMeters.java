package dev.ringlet.observe;

import com.datastax.oss.driver.api.core.metadata.NodeState;
import dev.ringlet.cql.Connection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.Locale;

/** What this process knows of the cluster. */
@Singleton
final class ClusterMeters implements MeterBinder {
  private final Connection connection;

  ClusterMeters(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (NodeState state : NodeState.values()) {
      Gauge.builder("ringlet.cassandra.nodes", connection, c -> c.nodes(state))
          .description("Nodes of the cluster, by what the driver believes of them")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("ringlet.clock.difference", connection, Connection::clockDifference)
        .description("How much later write timestamps are than the clock of the instance")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("ringlet.statements.prepared", connection, Connection::preparedStatements)
        .description("Prepared statements that are kept")
        .register(registry);
    Gauge.builder("ringlet.statements.bytes", connection, Connection::preparedBytes)
        .description("Bytes of memory that they take, about")
        .register(registry);
  }
}
