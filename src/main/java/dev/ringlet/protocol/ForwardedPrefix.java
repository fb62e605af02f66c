package dev.ringlet.protocol;

import io.vertx.core.http.HttpServerRequest;

/** What a proxy has cut off the path, where the server is told to believe proxies. */
public final class ForwardedPrefix {
  private ForwardedPrefix() {}

  /** What the address has before the path that came here; as a rule, nothing. */
  public static String of(HttpServerRequest http) {
    String own = http.query() == null ? http.path() : http.path() + "?" + http.query();
    String uri = http.uri();
    return uri.length() > own.length() && uri.endsWith(own)
        ? uri.substring(0, uri.length() - own.length())
        : "";
  }
}
