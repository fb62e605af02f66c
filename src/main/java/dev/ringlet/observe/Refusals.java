package dev.ringlet.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Requests refused at a limit of this instance, each once. */
@Singleton
public final class Refusals {
  private final MeterRegistry registry;
  private final Counter shed;
  private final Map<String, Timer> early = new ConcurrentHashMap<>();

  public Refusals(MeterRegistry registry) {
    this.registry = registry;
    shed =
        Counter.builder("ringlet.requests.shed")
            .description("Requests refused at a limit of this instance")
            .register(registry);
  }

  public void count() {
    shed.increment();
  }

  /** One that the server never saw, which else counts the requests. */
  public void countEarly(String method) {
    count();
    early.computeIfAbsent(Methods.known(method), this::requests).record(Duration.ZERO);
  }

  private Timer requests(String method) {
    return RequestMeters.timer(registry, RequestMeters.Kind.refused(method));
  }
}
