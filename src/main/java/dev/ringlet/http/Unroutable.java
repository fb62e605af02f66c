package dev.ringlet.http;

import dev.ringlet.admission.Framing;
import dev.ringlet.admission.ProblemAnswer;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;

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
    if (Framing.refused(routing)) {
      return;
    }
    String path = routing.request().path();
    if (path == null || !path.startsWith("/")) {
      ProblemAnswer.send(
          routing.response(),
          new ApiException(ErrorCode.INVALID_PATH, "The target of a request begins with a slash."));
    } else if (routing.statusCode() == ErrorCode.INVALID_HEADER.status()
        && routing.request().authority() == null) {
      ProblemAnswer.send(
          routing.response(),
          new ApiException(
                  ErrorCode.INVALID_HEADER,
                  "HTTP/1.1 wants the header Host, with the name of the server.")
              .with("header", HttpHeaders.HOST));
    } else {
      routing.next();
    }
  }
}
