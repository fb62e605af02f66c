package dev.ringlet.site;

import dev.ringlet.config.RingletConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The explorer: a page that uses the API as any client does. Its files are served as they are. */
@Singleton
final class Explorer {
  /** Its page is at {@link Root#PATH}. */
  private static final String PAGE = "index.html";

  private static final String DIRECTORY = "/explorer/";

  private static final List<String> FILES =
      List.of(
          "style.css",
          "ring.svg",
          "app.js",
          "api.js",
          "caller.js",
          "dom.js",
          "query.js",
          "rows.js",
          "row.js",
          "load.js",
          "plot.js",
          "cql.js");

  private final boolean on;

  Explorer(RingletConfig config) {
    this.on = config.explorer();
  }

  /** Whether there is a page at {@link Root#PATH}. */
  boolean isOn() {
    return on;
  }

  void register(@Observes Filters filters) {
    if (on) {
      filters.register(
          new Site(files(), policy("'self'", "'self'"))::answer, Site.BEFORE_AUTHENTICATION);
    }
  }

  /** A page needs its own files and the API, and nothing of anybody else. */
  static String policy(String styles, String images) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src " + styles,
        "img-src " + images,
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");
  }

  private static Map<String, String> files() {
    return Stream.concat(
            Stream.of(Map.entry(Root.PATH, PAGE)),
            FILES.stream().map(file -> Map.entry(DIRECTORY + file, file)))
        .collect(Collectors.toMap(Map.Entry::getKey, file -> "site" + DIRECTORY + file.getValue()));
  }
}
