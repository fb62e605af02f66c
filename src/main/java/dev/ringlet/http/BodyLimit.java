package dev.ringlet.http;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers a body that says it is too large with a problem document, before any of it is read. */
@Singleton
final class BodyLimit {
  /** Before the HTTP server's own check, whose answer has no body. */
  private static final int FIRST = 1000;

  private final long limit;

  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  ApiException tooLarge() {
    return new ApiException(
            ErrorCode.BODY_TOO_LARGE, "A body may have %d bytes at most.".formatted(limit))
        .with("limit", "quarkus.http.limits.max-body-size");
  }

  private void check(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || Long.parseLong(length) <= limit) {
      context.next();
      return;
    }
    context
        .response()
        .setStatusCode(ErrorCode.BODY_TOO_LARGE.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE) // the body is still to come
        .end(Buffer.buffer(Problems.document(tooLarge())));
  }
}
