package dev.ringlet.protocol;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests that may be written in several ways are made to be written in one. */
final class RequestLine {
  /** RFC 9112, section 3.2.2. */
  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://([^/?]+)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final String H2C = "h2c";
  private static final String SETTINGS = "HTTP2-Settings";

  /** Of six bytes each (RFC 7540, section 3.2.1), in base64. */
  private static final Pattern ENCODED_SETTINGS = Pattern.compile("([A-Za-z0-9_-]{8})*");

  private RequestLine() {}

  static void normalize(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1); // RFC 9110, section 2.5
    }
    if (!request.uri().startsWith("/")) {
      origin(request);
    }
    HttpHeaders headers = request.headers();
    if (headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE); // among others, perhaps
    }
    if (headers.contains(HttpHeaderNames.UPGRADE) && !isUpgrade(headers)) {
      headers.remove(HttpHeaderNames.UPGRADE); // RFC 9110, section 7.8: it may be ignored
    }
  }

  private static void origin(HttpRequest request) {
    Matcher absolute = ABSOLUTE.matcher(request.uri());
    if (absolute.matches()) {
      String rest = absolute.group(2);
      request.setUri(rest.startsWith("/") ? rest : "/" + rest);
    }
  }

  /**
   * Whether its target is for another host than it says in Host, where one of these is believed.
   */
  static boolean isForTwoHosts(HttpRequest request) {
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (host == null || request.uri().startsWith("/")) {
      return false;
    }
    Matcher absolute = ABSOLUTE.matcher(request.uri());
    return absolute.matches() && !absolute.group(1).equalsIgnoreCase(host);
  }

  private static boolean isUpgrade(HttpHeaders headers) {
    return headers.containsValue(HttpHeaderNames.UPGRADE, H2C, true)
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.CONNECTION, SETTINGS, true)
        && headers.getAll(HttpHeaderNames.CONNECTION).size() == 1
        && headers.getAll(SETTINGS).size() == 1
        && ENCODED_SETTINGS.matcher(headers.get(SETTINGS)).matches();
  }
}
