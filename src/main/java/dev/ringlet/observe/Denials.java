package dev.ringlet.observe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.config.RingletConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Requests that callers may not make, whether they are refused or only counted. */
@Singleton
public final class Denials {
  private static final Logger LOG = Logger.getLogger(Denials.class);
  private static final int MOST_CALLERS = 1000;

  private final MeterRegistry registry;
  private final BoundedNames tables;
  private final boolean enforced;

  /** Of whom something was logged within the last minute. */
  private final Cache<String, Boolean> logged =
      Caffeine.newBuilder()
          .maximumSize(MOST_CALLERS)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build();

  Denials(MeterRegistry registry, RingletConfig config) {
    this.registry = registry;
    this.tables = new BoundedNames(config.metrics().maxTables());
    this.enforced = config.auth().enforce();
  }

  /**
   * @param reason the code of the error that it is or would be
   * @param verb what the caller wanted, or nothing
   * @param table of which they wanted it, or nothing
   */
  void count(String reason, String verb, String table, String identity) {
    Counter.builder("ringlet.denied")
        .description("Requests that callers may not make, refused or let through")
        .tag("reason", reason)
        .tag("verb", verb.isEmpty() ? BoundedNames.NONE : verb)
        .tag("table", tables.of(table))
        .register(registry)
        .increment();
    if (!enforced && logged.asMap().putIfAbsent(identity, true) == null) {
      LOG.warnf(
          "Not refused, as ringlet.auth.enforce is false: %s of %s by %s (%s). More of this caller is counted only, for a minute.",
          verb, table, identity, reason);
    }
  }
}
