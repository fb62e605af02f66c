package dev.ringlet.admission;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.observe.Refusals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much there is room for: requests under way, and the bytes of their bodies and of answers that
 * are not taken.
 */
@Singleton
public final class Capacity {
  /** Bytes that a request with little to read or to write has in memory. */
  private static final int SMALL = 1 << 14;

  /** What is answered when Cassandra has too much to do. */
  private static final Set<ErrorCode> OVERLOAD =
      Set.of(ErrorCode.OVERLOADED, ErrorCode.READ_TIMEOUT, ErrorCode.WRITE_OUTCOME_UNKNOWN);

  /** To those that there is no room for. */
  static final Problem REFUSAL =
      Problem.of(
          new ApiException(
              ErrorCode.OVERLOADED,
              "This instance has as much to do as it can; nothing was done."));

  private final InFlightLimit limit;
  private final long maxKept;
  private final long mostKept;
  private final AtomicLong kept = new AtomicLong();
  private final boolean early;
  private final Refusals refusals;

  Capacity(RingletConfig config, MeterRegistry registry, Refusals refusals) {
    this.refusals = refusals;
    early = !config.accessLog();
    RingletConfig.InFlight settings = config.inFlight();
    limit = new InFlightLimit(settings.initial(), settings.min(), settings.max());
    maxKept = settings.maxBytes().asLongValue();
    mostKept = maxKept + maxKept / 8; // the rest is for those that take little
    Gauge.builder("ringlet.requests.in.flight", limit, InFlightLimit::inFlight)
        .description("Requests under way")
        .register(registry);
    Gauge.builder("ringlet.requests.limit", limit, InFlightLimit::limit)
        .description("How many requests may be under way now")
        .register(registry);
  }

  /** Whether one more request may begin; then {@link #end} must follow. */
  boolean begin(Exchange exchange) {
    if (kept.get() <= mostKept && limit.begin()) {
      exchange.onOverload(() -> limit.notAnswered(System.nanoTime()));
      exchange.takePlace();
      return true;
    }
    refusals.count();
    return false;
  }

  /**
   * What is left of it is its client's to take, as of a stream, which has a limit of its own: it is
   * under way no more.
   */
  public void giveUpPlace(Exchange exchange) {
    if (exchange.giveUpPlace()) {
      limit.end();
    }
  }

  /** It has been answered, or its client is gone. */
  void end(Exchange exchange) {
    giveUpPlace(exchange);
    exchange.end();
    kept.addAndGet(-exchange.kept());
    if (exchange.comparable() > 0) {
      limit.answered(exchange.statementHash(), exchange.comparable(), System.nanoTime());
    }
  }

  /**
   * So many bytes of an answer are in memory until it is taken.
   *
   * @param bytes below zero when they are no more
   */
  void unsent(long bytes) {
    kept.addAndGet(bytes);
  }

  /** Whether one more request would be refused, by what is known before it reaches the server. */
  boolean isFull() {
    return early && (kept.get() > mostKept || limit.isReached());
  }

  /** One was refused that does not reach it. */
  void refusedEarly(String method) {
    refusals.countEarly(method);
  }

  /**
   * Makes room for a part of a request's body or for rows that it reads, until the request ends.
   *
   * @param bytes so many more, or less
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is none
   */
  public void keep(Exchange exchange, long bytes) {
    long most = exchange.kept() + bytes > SMALL ? maxKept : mostKept;
    if (kept.addAndGet(bytes) > most && bytes > 0) {
      kept.addAndGet(-bytes);
      refusals.count();
      throw new ApiException(
              ErrorCode.OVERLOADED, "What others have in memory leaves no room for this one.")
          .with("limit", "ringlet.in-flight.max-bytes");
    }
    if (!exchange.keeps(bytes)) {
      kept.addAndGet(-bytes); // its client is gone
    }
  }

  /**
   * A statement failed: the limit hears of it if Cassandra has too much to do. A refusal of ours,
   * which names its limit, says nothing of that.
   */
  public static void failed(Exchange exchange, ApiException e) {
    if (OVERLOAD.contains(e.code()) && !e.members().containsKey("limit")) {
      exchange.overloaded();
    }
  }
}
