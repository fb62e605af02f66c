package dev.ringlet.protocol;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * A client that waits to be asked for its body may send it or not once it is answered: what comes
 * next may be either, and so nothing does, unless it is asked (RFC 9110, section 10.1.1).
 */
public final class Expectation {
  private Expectation() {}

  /** The answer is the last one of the connection, for as long as the body is not asked for. */
  public static void await(HttpServerRequest http) {
    if (waits(http)) {
      Connections.announceEnd(http);
    }
  }

  /** Asks for the body, if its client waits for that. */
  public static void ask(HttpServerRequest http) {
    if (waits(http)) {
      http.response().headers().remove(HttpHeaders.CONNECTION);
      http.response().writeContinue();
    }
  }

  private static boolean waits(HttpServerRequest http) {
    return http.version() != HttpVersion.HTTP_1_0 // whose clients know no such answer
        && "100-continue".equalsIgnoreCase(http.getHeader(HttpHeaders.EXPECT));
  }
}
