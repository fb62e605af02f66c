package dev.ringlet.protocol;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be wrong with the head of a request. */
final class HeadFault {
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";
  private static final String HOST = "Host";
  private static final String CHUNKED = "chunked";

  /** As Apache's httpd takes by default: each takes far more in memory than its text. */
  private static final int MOST_FIELDS = 100;

  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

  /** Of what may stand anywhere in a URL as it is. */
  private static final BitSet PLAIN = new BitSet();

  static {
    PLAIN.set('0', '9' + 1);
    PLAIN.set('A', 'Z' + 1);
    PLAIN.set('a', 'z' + 1);
    "-._~/?=&,:".chars().forEach(PLAIN::set);
  }

  /** What the decoder makes of a request line that is none. */
  private static final String NO_TARGET = "/bad-request";

  private HeadFault() {}

  /** What is wrong with the head of a request of HTTP/1, if anything is. */
  static Optional<ApiException> of(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(unreadable(request));
    }
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      if (!VERSION.matcher(version.text()).matches()) {
        return Optional.of(malformed("The request line ends with HTTP/1.1."));
      }
      if (version.majorVersion() != 1) {
        return Optional.of(
            new ApiException(
                ErrorCode.HTTP_VERSION_NOT_SUPPORTED,
                "A request line is of HTTP/1.1; HTTP/2 begins otherwise (RFC 9113, section 3)."));
      }
    }
    Optional<ApiException> tooMany = number(count(request.headers()));
    if (tooMany.isPresent()) {
      return tooMany;
    }
    return RequestLine.isForTwoHosts(request)
        ? Optional.of(header(HOST, "The target and Host name the same host."))
        : target(request.uri()).or(() -> fields(request.headers()));
  }

  private static ApiException unreadable(HttpRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      return lineTooLong();
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return tooLong(ErrorCode.HEADERS_TOO_LARGE, "The headers are too large.", "max-header-size");
    }
    return malformed(
        request.uri().equals(NO_TARGET)
            ? "The request line cannot be read: it is a method, a path and HTTP/1.1, with one space"
                + " between each."
            : "A header cannot be read, or Content-Length and Transfer-Encoding say no length.");
  }

  /** How many fields there are; their size is how many names. */
  static int count(HttpHeaders headers) {
    int fields = 0;
    for (Iterator<?> each = headers.iteratorCharSequence(); each.hasNext(); each.next()) {
      fields++;
    }
    return fields;
  }

  /** Whether there are too many fields. */
  static Optional<ApiException> number(int fields) {
    return fields > MOST_FIELDS
        ? Optional.of(
            new ApiException(
                ErrorCode.HEADERS_TOO_LARGE,
                "A request has %d header fields at most.".formatted(MOST_FIELDS)))
        : Optional.empty();
  }

  private static ApiException lineTooLong() {
    return tooLong(
        ErrorCode.URI_TOO_LONG, "The request line is too long.", "max-initial-line-length");
  }

  private static ApiException tooLong(ErrorCode code, String detail, String limit) {
    return new ApiException(code, detail).with("limit", "quarkus.http.limits." + limit);
  }

  private static ApiException malformed(String detail) {
    return new ApiException(ErrorCode.MALFORMED_REQUEST, detail);
  }

  /** A fragment is no part of it (RFC 9112, section 3.2). */
  static Optional<ApiException> target(String target) {
    if (TargetLength.isTooLong(target)) {
      return Optional.of(lineTooLong());
    }
    if (target.indexOf('#') >= 0) {
      return Optional.of(
          new ApiException(ErrorCode.INVALID_PATH, "A # in a path or a query is written %23."));
    }
    return isUrl(target)
        ? Optional.empty()
        : Optional.of(
            new ApiException(
                ErrorCode.INVALID_PATH,
                "The path or the query has what no URL has: it must be percent-encoded."));
  }

  /** As the server has it, which answers to what it takes for none without a word. */
  private static boolean isUrl(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (!PLAIN.get(target.charAt(i))) {
        return isUri(target);
      }
    }
    return !target.startsWith("//") || isUri(target);
  }

  private static boolean isUri(String target) {
    try {
      return new URI(target) != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Sections 3.2, 6.1 and 6.3. */
  private static Optional<ApiException> fields(HttpHeaders headers) {
    if (headers.contains(TRANSFER_ENCODING)) {
      List<String> codings = headers.getAll(TRANSFER_ENCODING);
      if (codings.size() > 1 || !CHUNKED.equalsIgnoreCase(codings.get(0))) {
        return Optional.of(
            header(TRANSFER_ENCODING, "The only transfer coding that is understood is chunked."));
      }
    }
    return headers.getAll(HOST).size() > 1
        ? Optional.of(header(HOST, "A request is for one host."))
        : Optional.empty();
  }

  static ApiException header(String header, String detail) {
    return new ApiException(ErrorCode.INVALID_HEADER, detail).with("header", header);
  }
}
