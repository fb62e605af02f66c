package dev.ringlet.http;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.protocol.ProblemAnswer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Answers what fails where {@link Problems} does not see it: before a resource is chosen. What
 * fails while an answer is ended cannot be answered; then the connection ends, which would else
 * hang.
 */
@Singleton
final class LastResort {
  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(LastResort::answer);
  }

  private static void answer(RoutingContext routing) {
    if (routing.statusCode() != ErrorCode.INTERNAL.status()
        || routing.failure() instanceof IOException) {
      routing.next(); // a refusal of the server's own, or a client that has gone
      return;
    }
    ApiException problem = Defect.known(routing.failure());
    if (routing.response().ended()) {
      boolean unused = routing.request().connection().close().isComplete();
      return;
    }
    ProblemAnswer.send(routing.response(), problem);
  }
}
