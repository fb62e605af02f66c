package dev.ringlet.observe;

import dev.ringlet.config.RingletConfig;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * How long requests take, by method, route, table, role and status. The number of series is
 * bounded: routes are templates, only tables that exist have a name, and only so many of them and
 * of roles.
 */
@Singleton
final class RequestMeters implements HttpServerMetricsTagsContributor, MeterFilter {
  static final String REQUESTS = "http.server.requests";
  static final String URI = "uri";
  static final String TABLE = "table";
  static final String METHOD = "method";

  static final String ROLE = "role";

  /** Milliseconds: what a service level objective may be about. */
  private static final double[] OBJECTIVES =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  private final BoundedNames tables;
  private final BoundedNames roles;

  RequestMeters(RingletConfig config) {
    tables = new BoundedNames(config.metrics().maxTables());
    roles = new BoundedNames(config.metrics().maxRoles());
  }

  @Override
  public Tags contribute(Context context) {
    Exchange exchange = Exchange.of(context.request());
    if (exchange == null) {
      return Tags.empty(); // the management port's
    }
    return Tags.of(
        Tag.of(METHOD, Methods.known(context.request().method().name())),
        Tag.of(URI, exchange.route().template()),
        Tag.of(TABLE, tables.of(exchange.table())),
        Tag.of(ROLE, roles.of(exchange.role())));
  }

  /** A request that was reset has no tags of ours, and all of a name must have the same. */
  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().equals(REQUESTS) || id.getTag(TABLE) != null) {
      return id;
    }
    return id.withTags(
        Tags.of(
            METHOD,
            Methods.known(id.getTag(METHOD)),
            URI,
            Route.OTHER.template(),
            TABLE,
            BoundedNames.NONE,
            ROLE,
            BoundedNames.NONE));
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return id.getName().equals(REQUESTS)
        ? DistributionStatisticConfig.builder()
            .serviceLevelObjectives(OBJECTIVES)
            .build()
            .merge(config)
        : config;
  }
}
