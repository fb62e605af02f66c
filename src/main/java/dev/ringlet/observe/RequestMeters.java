package dev.ringlet.observe;

import dev.ringlet.config.RingletConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * How long requests take, by method, route, table, role and status. The number of series is
 * bounded: routes are templates, only tables that exist have a name, and only so many of them and
 * of roles, and of what these come to with the others.
 *
 * <p>Quarkus would find the timer of each request anew, by a list of tags.
 */
@Singleton
final class RequestMeters {
  /** What a service level objective may be about. */
  private static final Duration[] OBJECTIVES =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** In the place of a status, of an answer that its client has not got all of. */
  private static final int RESET = 0;

  private static final int REFUSED = 503;

  /** What the requests of a timer have in common. */
  record Kind(String method, Route route, String table, String role, int status) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Kind kind
          && status == kind.status
          && route == kind.route
          && method.equals(kind.method)
          && table.equals(kind.table)
          && role.equals(kind.role);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * table.hashCode() + method.hashCode()) + status;
    }

    /** Of those that were refused before anything of them was known but the method. */
    static Kind refused(String method) {
      return new Kind(method, Route.OTHER, BoundedNames.NONE, BoundedNames.NONE, REFUSED);
    }

    /** The same of whatever table and role. */
    private Kind ofOther() {
      String other = Route.OTHER.template();
      return new Kind(method, route, other, other, status);
    }

    private Tags tags() {
      boolean reset = status == RESET;
      return Tags.of(
          Tag.of("method", method),
          Tag.of("uri", route.template()),
          Tag.of("table", table),
          Tag.of("role", role),
          Tag.of("status", reset ? "RESET" : Integer.toString(status)),
          reset ? Outcome.CLIENT_ERROR.asTag() : Outcome.forStatus(status).asTag());
    }
  }

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final BoundedNames tables;
  private final BoundedNames roles;
  private final int most;

  RequestMeters(MeterRegistry registry, RingletConfig config) {
    this.registry = registry;
    tables = new BoundedNames(config.metrics().maxTables());
    roles = new BoundedNames(config.metrics().maxRoles());
    most = config.metrics().maxKinds();
  }

  /**
   * A request is over.
   *
   * @param whole whether its client has got all of the answer
   */
  void ended(HttpServerRequest http, Exchange exchange, boolean whole) {
    Kind kind =
        new Kind(
            Methods.known(http.method().name()),
            exchange.route(),
            tables.of(exchange.table()),
            roles.of(exchange.role()),
            whole ? http.response().getStatusCode() : RESET);
    timer(kind).record(System.nanoTime() - exchange.arrived(), TimeUnit.NANOSECONDS);
  }

  Timer timer(Kind kind) {
    Timer timer = timers.get(kind);
    return timer == null
        ? timers.computeIfAbsent(
            timers.size() < most ? kind : kind.ofOther(), unknown -> timer(registry, unknown))
        : timer;
  }

  static Timer timer(MeterRegistry registry, Kind kind) {
    return Timer.builder("http.server.requests")
        .description("HTTP server request processing time")
        .serviceLevelObjectives(OBJECTIVES)
        .tags(kind.tags())
        .register(registry);
  }
}
