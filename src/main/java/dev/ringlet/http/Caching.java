package dev.ringlet.http;

import dev.ringlet.config.Headers;
import dev.ringlet.config.RingletConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says how caches are to keep what they may keep: what is read, and errors of some statuses, which
 * they would else keep as long as they like (RFC 9111, section 4.2.2).
 */
@Singleton
final class Caching {
  /** After the exchange has begun, before everything that may answer. */
  private static final int EARLY = 9_500;

  /** RFC 9110, section 15.1; and 304, which goes for the 200 that a cache has. */
  private static final Set<Integer> KEPT = Set.of(200, 204, 304, 404, 405, 410, 414, 501);

  private static final int FIRST_ERROR = 400;
  private static final String VARY =
      String.join(
          ", ",
          HttpHeaders.ACCEPT,
          HttpHeaders.ACCEPT_ENCODING,
          Headers.PREFER,
          Headers.CONSISTENCY,
          HttpHeaders.AUTHORIZATION,
          Headers.API_KEY);

  private final String cacheControl;
  private final String vary;

  /**
   * @param cors whether an answer says of which origin pages may see it
   */
  Caching(
      RingletConfig config,
      @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean cors) {
    this.cacheControl = config.cacheControl();
    this.vary = cors ? VARY + ", " + Headers.ORIGIN : VARY;
  }

  void register(@Observes Filters filters) {
    filters.register(this::prepare, EARLY);
  }

  private void prepare(RoutingContext routing) {
    HttpMethod method = routing.request().method();
    boolean read = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    routing.addHeadersEndHandler(head -> say(routing.response(), read));
    routing.next();
  }

  private void say(HttpServerResponse response, boolean read) {
    int status = response.getStatusCode();
    if (KEPT.contains(status) && (read || status >= FIRST_ERROR)) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, cacheControl);
      response.putHeader(HttpHeaders.VARY, vary);
    }
  }
}
