package dev.ringlet.development;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.protocol.Connections;
import dev.ringlet.protocol.ProblemAnswer;
import dev.ringlet.site.SiteLink;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * {@code POST /dev/cql}: takes CQL of this machine's developer, and of nobody else's. A page in a
 * browser has to ask before it sends a body of this type (Fetch, section 2.2.2), and is not told
 * that it may.
 */
@Singleton
@IfBuildProfile(anyOf = {"dev", "test"})
final class CqlConsole {
  private static final String PATH = "/dev/cql";
  private static final String TYPE = "application/cql";

  private final ScriptRun scripts;
  private final long limit;

  CqlConsole(ScriptRun scripts, RingletConfig config) {
    this.scripts = scripts;
    this.limit = config.body().maxSize().asLongValue();
  }

  void register(@Observes Router router) {
    BodyHandler body = BodyHandler.create(false).setBodyLimit(limit);
    router.route(PATH).handler(CqlConsole::admit);
    router.route(PATH).handler(body).handler(this::run).failureHandler(this::tooLarge);
  }

  private static void admit(RoutingContext routing) {
    HttpServerRequest http = routing.request();
    if (!isOfThisMachine(http)) {
      throw new ApiException(ErrorCode.FORBIDDEN, "Only this machine may send CQL.");
    }
    if (!http.method().equals(HttpMethod.POST)) {
      throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "CQL is sent with POST.")
          .with("allowed", List.of(HttpMethod.POST.name()));
    }
    if (!isCql(http.headers().getAll(HttpHeaders.CONTENT_TYPE))) {
      throw new ApiException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "The body must be %s: send the header Content-Type.".formatted(TYPE))
          .with("accepted", List.of(TYPE));
    }
    routing.next();
  }

  /** By the connection itself: anybody can write a header. */
  private static boolean isOfThisMachine(HttpServerRequest http) {
    return Connections.channel(http).remoteAddress() instanceof InetSocketAddress client
        && client.getAddress().isLoopbackAddress();
  }

  @Produces
  @Singleton
  SiteLink link() {
    return new SiteLink("cql", PATH);
  }

  private static boolean isCql(List<String> types) {
    return types.size() == 1
        && types.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
  }

  private void run(RoutingContext routing) {
    Buffer body = routing.body().buffer();
    String cql = body == null ? "" : body.toString();
    boolean unused =
        routing
            .vertx()
            .executeBlocking(() -> scripts.answer(cql), false)
            .onSuccess(
                json ->
                    routing
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(Buffer.buffer(json)))
            .onFailure(routing::fail)
            .isComplete();
  }

  private void tooLarge(RoutingContext routing) {
    if (routing.statusCode() == HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code()) {
      Connections.announceEnd(routing.request());
      ProblemAnswer.send(
          routing.response(),
          new ApiException(
                  ErrorCode.BODY_TOO_LARGE, "CQL may have %d bytes at most.".formatted(limit))
              .with("limit", "ringlet.body.max-size"));
    } else {
      routing.next();
    }
  }
}
