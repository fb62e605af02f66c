package dev.ringlet.http;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Answers requests for what is no path, as {@code *}. The router fails them before any filter, and
 * what comes last would log the failure.
 */
@Singleton
final class Targets {
  private static final Buffer REFUSAL =
      Buffer.buffer(
          Problems.document(
              new ApiException(
                  ErrorCode.INVALID_PATH, "The target of a request begins with a slash.")));

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(Targets::refuse);
  }

  private static void refuse(RoutingContext routing) {
    String path = routing.request().path();
    if (path != null && path.startsWith("/")) {
      routing.next();
    } else {
      routing
          .response()
          .setStatusCode(ErrorCode.INVALID_PATH.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
          .end(REFUSAL);
    }
  }
}
