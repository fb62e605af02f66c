package dev.ringlet.http;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.RequestId;
import dev.ringlet.protocol.Framing;
import dev.ringlet.protocol.ProblemAnswer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * Answers requests for what is no path, as {@code *}, or for no host. The router fails them before
 * any filter, and what comes last would log the failure.
 */
@Singleton
final class Unroutable {
  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(Unroutable::refuse);
  }

  private static void refuse(RoutingContext routing) {
    if (Framing.refused(routing).isPresent()) {
      return;
    }
    problem(routing)
        .ifPresentOrElse(
            problem -> {
              routing.response().putHeader(Headers.REQUEST_ID, id(routing));
              ProblemAnswer.send(routing.response(), problem);
            },
            routing::next);
  }

  private static String id(RoutingContext routing) {
    return RequestId.of(routing.request().getHeader(Headers.REQUEST_ID));
  }

  private static Optional<ApiException> problem(RoutingContext routing) {
    String path = routing.request().path();
    if (path == null || !path.startsWith("/")) {
      return Optional.of(
          new ApiException(ErrorCode.INVALID_PATH, "The target of a request begins with a slash."));
    }
    if (routing.statusCode() != ErrorCode.INVALID_PATH.status()) {
      return Optional.empty();
    }
    return Optional.of(
        routing.request().authority() == null
            ? new ApiException(
                    ErrorCode.INVALID_HEADER,
                    "HTTP/1.1 wants the header Host, with the name of the server.")
                .with("header", HttpHeaders.HOST)
            : new ApiException(
                ErrorCode.INVALID_PATH,
                "The path or the query has what no URL has: it must be percent-encoded."));
  }
}
