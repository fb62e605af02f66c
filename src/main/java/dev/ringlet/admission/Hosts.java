package dev.ringlet.admission;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.protocol.ProblemAnswer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses requests for another host than ours. A page in a browser may read and write whatever has
 * its own host; where its name is made to point here (DNS rebinding), nothing but the host that is
 * asked for tells.
 */
@Singleton
final class Hosts {
  /** When a request was let in. */
  private static final int THIRD = 8_000;

  private final Set<String> ours;

  Hosts(RingletConfig config) {
    ours =
        config.http().hosts().orElse(List.of()).stream()
            .map(Hosts::canonical)
            .collect(Collectors.toUnmodifiableSet());
  }

  void register(@Observes Filters filters) {
    if (!ours.isEmpty()) {
      filters.register(this::check, THIRD);
    }
  }

  private void check(RoutingContext routing) {
    HostAndPort asked = routing.request().authority();
    if (asked != null && ours.contains(canonical(asked.host()))) {
      routing.next();
    } else {
      ProblemAnswer.send(
          routing.response(),
          new ApiException(
                  ErrorCode.MISDIRECTED_REQUEST, "The setting ringlet.http.hosts lacks this host.")
              .with("host", asked == null ? "" : asked.host()));
    }
  }

  /** Case means nothing in a name, and neither does the dot of the root at its end. */
  private static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
