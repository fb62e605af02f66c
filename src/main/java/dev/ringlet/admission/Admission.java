package dev.ringlet.admission;

import dev.ringlet.config.RingletConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Lets no more requests in than can be answered. Those beyond are refused at once and cheaply,
 * before anything of them is read but the head; their connections stay.
 */
@Singleton
final class Admission {
  /** After the exchange has begun, before everything else. */
  private static final int SECOND = 9_000;

  private final Capacity capacity;
  private final ConnectionShutdown shutdown;
  private final int maxPipelined;

  Admission(Capacity capacity, ConnectionShutdown shutdown, RingletConfig config) {
    this.capacity = capacity;
    this.shutdown = shutdown;
    this.maxPipelined = config.inFlight().maxPipelined();
  }

  void register(@Observes Filters filters) {
    filters.register(this::admitInTurn, SECOND);
  }

  /** Who does not take the answers there are gets no further one. */
  private void admitInTurn(RoutingContext routing) {
    if (shutdown.take(routing.request())) {
      EarlyRefusal.put(routing.request(), capacity, maxPipelined);
    }
    if (Framing.refused(routing)) {
      return;
    }
    Expectation.await(routing.request());
    HttpServerResponse response = routing.response();
    if (response.writeQueueFull()) {
      response.drainHandler(
          taken -> {
            response.drainHandler(null);
            admit(routing);
          });
    } else {
      admit(routing);
    }
  }

  private void admit(RoutingContext routing) {
    capacity
        .begin()
        .ifPresentOrElse(
            inFlight -> {
              Call.begin(routing.request(), inFlight);
              routing.addEndHandler(ended -> end(routing.request()));
              routing.next();
            },
            () -> ProblemAnswer.send(routing.response(), Capacity.REFUSAL));
  }

  private void end(HttpServerRequest http) {
    Connections.endIfAnnounced(http);
    Call.of(http).end();
    UnsentBytes.count(http, capacity.bytes()::count);
  }
}
