package dev.ringlet.http;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.observe.Refusals;
import dev.ringlet.observe.RequestId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets no more requests in than can be answered. Those beyond are refused at once and cheaply,
 * before anything of them is read but the head; their connections stay.
 */
@Singleton
final class Admission {
  /** After the exchange has begun, before everything else. */
  private static final int SECOND = 9_000;

  /** What is answered when Cassandra has too much to do. */
  private static final Set<ErrorCode> OVERLOAD =
      Set.of(ErrorCode.OVERLOADED, ErrorCode.READ_TIMEOUT, ErrorCode.WRITE_OUTCOME_UNKNOWN);

  private static final byte[] REFUSAL =
      Problems.document(
          new ApiException(
              ErrorCode.OVERLOADED,
              "This instance has as much to do as it can; nothing was done."));

  private final InFlightLimit limit;
  private final long maxKept;
  private final AtomicLong kept = new AtomicLong();
  private final int maxPipelined;
  private final boolean early;
  private final Refusals refusals;
  private final Parting parting;

  Admission(RingletConfig config, MeterRegistry registry, Refusals refusals, Parting parting) {
    this.refusals = refusals;
    this.parting = parting;
    early = !config.accessLog();
    RingletConfig.InFlight settings = config.inFlight();
    limit = new InFlightLimit(settings.initial(), settings.min(), settings.max());
    maxKept = settings.maxBytes().asLongValue();
    maxPipelined = settings.maxPipelined();
    Gauge.builder("ringlet.requests.in.flight", limit, InFlightLimit::inFlight)
        .description("Requests under way")
        .register(registry);
    Gauge.builder("ringlet.requests.limit", limit, InFlightLimit::limit)
        .description("How many requests may be under way now")
        .register(registry);
  }

  void register(@Observes Filters filters) {
    filters.register(this::admitInTurn, SECOND);
  }

  /** Who does not take the answers there are gets no further one. */
  private void admitInTurn(RoutingContext routing) {
    if (parting.take(routing.request())) {
      Gate.put(routing.request(), this, maxPipelined);
    }
    if (Framing.refused(routing)) {
      return;
    }
    Bodies.await(routing.request());
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
    if (kept.get() <= maxKept && limit.begin()) {
      Exchange.of(routing.request()).onOverload(() -> limit.notAnswered(System.nanoTime()));
      routing.addEndHandler(ended -> end(routing.request()));
      routing.next();
    } else {
      refusals.count();
      refuse(routing.response());
    }
  }

  /** Whether one more request would be refused, by what is known before it reaches the server. */
  boolean isFull() {
    return early && !isEnding() && (kept.get() > maxKept || limit.isReached());
  }

  /** Whether each answer is the last of its connection. */
  boolean isEnding() {
    return parting.begun();
  }

  /** The answer to one that does not reach it. */
  FullHttpResponse refuse(HttpRequest request) {
    refusals.countEarly(request.method().name());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            Unpooled.wrappedBuffer(REFUSAL));
    response
        .headers()
        .set(RequestId.HEADER, RequestId.of(request.headers().get(RequestId.HEADER)))
        .set(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .set(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS)
        .set(HttpHeaders.CONTENT_LENGTH, REFUSAL.length);
    return response;
  }

  /**
   * Makes room for a part of a request's body, until the request ends.
   *
   * @param bytes so many more, or less
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is none
   */
  void keep(Exchange exchange, long bytes) {
    if (kept.addAndGet(bytes) > maxKept && bytes > 0) {
      kept.addAndGet(-bytes);
      refusals.count();
      throw new ApiException(
              ErrorCode.OVERLOADED, "The bodies of other requests leave no room for this one.")
          .with("limit", "ringlet.in-flight.max-bytes");
    }
    exchange.kept(bytes);
  }

  /**
   * A statement failed: the limit hears of it if Cassandra has too much to do. A refusal of ours,
   * which names its limit, says nothing of that.
   */
  static void failed(Exchange exchange, ApiException e) {
    if (OVERLOAD.contains(e.code()) && !e.members().containsKey("limit")) {
      exchange.overloaded();
    }
  }

  private static void refuse(HttpServerResponse response) {
    response
        .setStatusCode(ErrorCode.OVERLOADED.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .putHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS)
        .end(Buffer.buffer(REFUSAL));
  }

  private void end(HttpServerRequest http) {
    Connections.endIfAnnounced(http);
    Exchange exchange = Exchange.of(http);
    limit.end();
    kept.addAndGet(-exchange.kept());
    Untaken.count(http, kept::addAndGet);
    if (exchange.comparable() > 0) {
      limit.answered(exchange.statementHash(), exchange.comparable(), System.nanoTime());
    }
  }
}
