package dev.ringlet.admission;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.protocol.Connections;
import dev.ringlet.protocol.Expectation;
import dev.ringlet.protocol.Framing;
import dev.ringlet.protocol.LongHeads;
import dev.ringlet.protocol.NewConnections;
import dev.ringlet.protocol.ProblemAnswer;
import dev.ringlet.protocol.StreamEnd;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Lets no more requests in than can be answered. Those beyond are refused at once and cheaply,
 * before anything of them is read but the head; their connections stay.
 */
@Singleton
final class Admission {
  /** After the exchange has begun, before everything else. */
  private static final int SECOND = 9_000;

  /** Of a target: it, its path, its query, and what is decoded. */
  private static final int COPIES = 4;

  private final Capacity capacity;
  private final ConnectionShutdown shutdown;
  private final NewConnections connections;
  private final int maxPipelined;

  Admission(
      Capacity capacity,
      ConnectionShutdown shutdown,
      NewConnections connections,
      RingletConfig config) {
    this.connections = connections;
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
      Channel connection = Connections.channel(routing.request());
      connections.watch(connection.parent()); // after a live reload it does not do so yet
      connections.check(connection); // one that began as HTTP/1.1
      if (!NewConnections.isWatched(routing.request())) {
        Framing.refuse(
            routing.request(),
            new ApiException(
                ErrorCode.OVERLOADED,
                "This instance has only begun; nothing was done. Connect again."));
        return;
      }
      EarlyRefusal.put(routing.request(), capacity, maxPipelined);
    }
    Optional<ApiException> fault = Framing.refused(routing);
    if (fault.isPresent()) {
      if (fault.get().code() == ErrorCode.OVERLOADED) {
        capacity.refused();
      }
      return;
    }
    Expectation.await(routing.request());
    HttpServerResponse response = routing.response();
    if (response.writeQueueFull()) {
      Future<?> end = StreamEnd.inTime(routing.request()); // by HTTP/1.1 the connection ends
      routing.addEndHandler(gone -> end.cancel(false));
      response.drainHandler(
          taken -> {
            end.cancel(false);
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
              begun(routing);
            },
            () -> {
              ProblemAnswer.send(routing.response(), Capacity.REFUSAL);
              Connections.endIfAnnounced(routing.request());
            });
  }

  private void begun(RoutingContext routing) {
    int length = routing.request().uri().length();
    if (length > LongHeads.EACH) {
      try {
        Call.of(routing.request()).inFlight().keep((long) COPIES * length);
      } catch (ApiException e) {
        capacity.refused();
        ProblemAnswer.send(routing.response(), e);
        return;
      }
    }
    routing.next();
  }

  private void end(HttpServerRequest http) {
    Connections.endIfAnnounced(http);
    Call.of(http).inFlight().end();
    UnsentBytes.count(http, capacity.bytes()::count);
  }
}
