package dev.ringlet.development;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.cql.Connection;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Holds requests back while the session is being opened, as it is after each change of a source, so
 * that the next request sees the change and no 503. No longer than a request may take.
 */
@Singleton
@IfBuildProfile("dev")
final class WhileConnecting {
  /** When the request was let in, before everything that asks for the session. */
  private static final int THIRD = 8_000;

  private static final long LOOK_EVERY_MILLIS = 10;

  private final Connection connection;
  private final long patience;

  WhileConnecting(Connection connection, RingletConfig config) {
    this.connection = connection;
    this.patience = config.timeout().standard().toNanos();
  }

  void register(@Observes Filters filters) {
    filters.register(this::hold, THIRD);
  }

  private void hold(RoutingContext routing) {
    if (connection.usable()) {
      routing.next();
      return;
    }
    long begin = System.nanoTime();
    Vertx vertx = routing.vertx();
    long unused =
        vertx.setPeriodic(
            LOOK_EVERY_MILLIS,
            timer -> {
              boolean over = connection.usable() || System.nanoTime() - begin > patience;
              if (over && vertx.cancelTimer(timer)) {
                routing.next();
              }
            });
  }
}
