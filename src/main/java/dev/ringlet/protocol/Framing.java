package dev.ringlet.protocol;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Refuses requests that are no HTTP, or of which it is not certain where they end or for whom they
 * are: what is a body for a proxy could be a request of its own here (RFC 9112, section 11.2). The
 * HTTP server finds most of it, but answers without a word, and takes an unknown coding for none.
 */
public final class Framing {
  private Framing() {}

  /**
   * Why it was refused, if it was. Then nothing that comes behind it on its connection is a
   * request; by HTTP/2 others are.
   */
  public static Optional<ApiException> refused(RoutingContext routing) {
    HttpServerRequest http = routing.request();
    Optional<ApiException> fault = fault(http);
    fault.ifPresent(e -> refuse(http, e));
    return fault;
  }

  /** With an answer, which is the last one of the connection. */
  public static void refuse(HttpServerRequest http, ApiException e) {
    Connections.announceEnd(http);
    ProblemAnswer.send(http.response(), e);
    Connections.end(http);
  }

  private static Optional<ApiException> fault(HttpServerRequest http) {
    return http.version() == HttpVersion.HTTP_2 ? Http2Check.fault(http) : refusal(http);
  }

  private static Optional<ApiException> refusal(HttpServerRequest http) {
    return http.decoderResult() instanceof Refused refused
        ? Optional.of(refused.fault())
        : Optional.empty();
  }

  /**
   * Whether a request that says no length of a body has ended with its head: by HTTP/1.1 it has
   * (RFC 9112, section 6.3), by HTTP/2 if the frame says so (RFC 9113, section 8.1).
   */
  public static boolean hasEnded(HttpServerRequest http) {
    return http.version() != HttpVersion.HTTP_2 || Http2Check.hasEnded(http);
  }

  /**
   * To be called when a body seems to have ended.
   *
   * @throws ApiException {@link ErrorCode#INVALID_BODY} if the rest of it could not be read
   */
  public static void requireWhole(HttpServerRequest http) {
    refusal(http)
        .ifPresent(
            fault -> {
              throw fault;
            });
  }
}
