package dev.ringlet.admission;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Refusals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * How much there is room for: requests under way, and the bytes of their bodies and of answers that
 * are not taken.
 */
@Singleton
final class Capacity {
  /** To those that there is no room for. */
  static final Problem REFUSAL =
      Problem.of(
          new ApiException(
              ErrorCode.OVERLOADED,
              "This instance has as much to do as it can; nothing was done."));

  private final InFlightLimit limit;
  private final KeptBytes bytes;
  private final boolean early;
  private final Refusals refusals;

  Capacity(RingletConfig config, MeterRegistry registry, Refusals refusals) {
    this.refusals = refusals;
    early = !config.accessLog();
    RingletConfig.InFlight settings = config.inFlight();
    limit = new InFlightLimit(settings.initial(), settings.min(), settings.max());
    bytes = new KeptBytes(settings.maxBytes().asLongValue());
    Gauge.builder("ringlet.requests.in.flight", limit, InFlightLimit::inFlight)
        .description("Requests under way")
        .register(registry);
    Gauge.builder("ringlet.requests.limit", limit, InFlightLimit::limit)
        .description("How many requests may be under way now")
        .register(registry);
  }

  /** For one more request, if there is room for it. */
  Optional<InFlightRequest> begin() {
    if (!bytes.areTooMany() && limit.begin()) {
      return Optional.of(new InFlightRequest(limit, bytes));
    }
    refusals.count();
    return Optional.empty();
  }

  /** Those of answers, until they are taken. */
  KeptBytes bytes() {
    return bytes;
  }

  /** Whether one more request would be refused, by what is known before it reaches the server. */
  boolean isFull() {
    return early && (bytes.areTooMany() || limit.isReached());
  }

  /** One that had begun was refused. */
  void refused() {
    refusals.count();
  }

  /** One was refused that does not reach it. */
  void refusedEarly(String method) {
    refusals.countEarly(method);
  }
}
