package dev.ringlet.admission;

import dev.ringlet.config.Headers;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses requests of pages of other origins where Quarkus' filter, which does that, fails: it
 * compares the origin with the host that is asked for, and there may be none, or one that is none
 * in a URI, as is {@code my_host}.
 */
@Singleton
final class Origins {
  /** When it is known that the host is ours, before Quarkus looks at the origin. */
  private static final int FOURTH = 7_000;

  private static final String ANY = "*";

  private final boolean enabled;
  private final List<String> allowed;
  private final List<Pattern> patterns;

  Origins(
      @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean enabled,
      @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
    this.enabled = enabled;
    this.allowed = origins.orElse(List.of());
    this.patterns = CORSFilter.parseAllowedOriginsRegex(origins);
  }

  void register(@Observes Filters filters) {
    if (enabled) {
      filters.register(this::check, FOURTH);
    }
  }

  private void check(RoutingContext routing) {
    String origin = routing.request().getHeader(Headers.ORIGIN);
    if (origin == null || isAllowed(origin) || isComparable(routing.request(), origin)) {
      routing.next();
    } else {
      routing.response().setStatusCode(HttpResponseStatus.FORBIDDEN.code()).end();
    }
  }

  private boolean isAllowed(String origin) {
    return allowed.contains(origin)
        || allowed.contains(ANY)
        || CORSFilter.isOriginAllowedByRegex(patterns, origin);
  }

  private static boolean isComparable(HttpServerRequest http, String origin) {
    HostAndPort asked = http.authority();
    return asked != null && (origin.equals(http.scheme() + "://" + asked) || isHost(asked));
  }

  private static boolean isHost(HostAndPort asked) {
    try {
      return new URI("http://" + asked).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
