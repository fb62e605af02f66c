package dev.ringlet.observe;

import dev.ringlet.cql.Connection;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when a query would work, and a write have a timestamp to rely on. It sends none: a probe
 * must cost nothing.
 */
@Readiness
@Singleton
final class CassandraReadiness implements HealthCheck {
  private final Connection connection;

  CassandraReadiness(Connection connection) {
    this.connection = connection;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("cassandra")
        .status(connection.usable() && connection.isInTime())
        .build();
  }
}
