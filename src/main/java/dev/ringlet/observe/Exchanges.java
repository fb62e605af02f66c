package dev.ringlet.observe;

import dev.ringlet.config.Headers;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.Uptime;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Goes before every request: gives it its id, and says when it is over what became of it. {@code
 * X-Request-Id} is taken from the client if it can be logged as it is, else made, and is in every
 * answer.
 */
@Singleton
final class Exchanges {
  private static final Logger LOG = Logger.getLogger(Exchanges.class);

  /** Before everything that may answer. */
  private static final int FIRST = 10_000;

  private final Traffic traffic;
  private final Denials denials;
  private final RequestMeters meters;
  private final boolean alwaysTimed;
  private final boolean logged;
  private final AtomicBoolean begun = new AtomicBoolean();

  Exchanges(Traffic traffic, Denials denials, RequestMeters meters, RingletConfig config) {
    this.traffic = traffic;
    this.denials = denials;
    this.meters = meters;
    this.alwaysTimed = config.serverTiming();
    this.logged = config.accessLog();
  }

  void register(@Observes Filters filters) {
    filters.register(this::begin, FIRST);
  }

  private void begin(RoutingContext routing) {
    String id = RequestId.of(routing.request().getHeader(Headers.REQUEST_ID));
    Exchange exchange = new Exchange(id, traffic, denials);
    exchange.begin(routing.request());
    routing.response().putHeader(Headers.REQUEST_ID, id);
    routing.response().putHeader(HttpHeaders.DATE, DateHeader.now());
    boolean mayBeTimed = routing.request().headers().contains(Headers.PREFER);
    if (alwaysTimed || mayBeTimed) {
      routing.addHeadersEndHandler(head -> time(routing, exchange));
    }
    routing.addEndHandler(end -> end(routing, exchange, end.succeeded() && isWhole(routing)));
    routing.next();
  }

  /** By HTTP/2, the end of a stream that was reset here is no failure. */
  private static boolean isWhole(RoutingContext routing) {
    return routing.response().ended();
  }

  private void end(RoutingContext routing, Exchange exchange, boolean whole) {
    meters.ended(routing.request(), exchange, whole);
    if (logged) {
      AccessLog.write(routing.request(), exchange, whole);
    }
    if (exchange.rows() > 0 && !begun.get() && begun.compareAndSet(false, true)) {
      LOG.infof("First row %d ms after the process began", Uptime.millis());
    }
  }

  private void time(RoutingContext routing, Exchange exchange) {
    if (alwaysTimed || exchange.isTimed()) {
      routing.response().putHeader(Headers.SERVER_TIMING, exchange.timing());
    }
  }
}
