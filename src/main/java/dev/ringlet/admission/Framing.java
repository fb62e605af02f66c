package dev.ringlet.admission;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses requests of which it is not certain where they end or for whom they are: what is a body
 * for a proxy could be a request of its own here (RFC 9112, section 11.2). The HTTP server refuses
 * lengths that are none, or that disagree, but takes an unknown coding for none.
 */
public final class Framing {
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";
  private static final String CHUNKED = "chunked";

  private Framing() {}

  /**
   * What is wrong, if anything is (sections 3.2, 6.1 and 6.3).
   *
   * @param fields gives the values of a header by its name
   */
  static Optional<ApiException> fault(Function<String, List<String>> fields) {
    List<String> codings = fields.apply(TRANSFER_ENCODING);
    if (!codings.isEmpty() && !(codings.size() == 1 && CHUNKED.equalsIgnoreCase(codings.get(0)))) {
      return Optional.of(
          fault(TRANSFER_ENCODING, "The only transfer coding that is understood is chunked."));
    }
    if (fields.apply(HttpHeaders.HOST).size() > 1) {
      return Optional.of(fault(HttpHeaders.HOST, "A request is for one host."));
    }
    return Optional.empty();
  }

  private static ApiException fault(String header, String detail) {
    return new ApiException(ErrorCode.INVALID_HEADER, detail).with("header", header);
  }

  /** Whether it was refused. Then nothing that comes behind it on its connection is a request. */
  public static boolean refused(RoutingContext routing) {
    HttpServerRequest http = routing.request();
    Optional<ApiException> fault = fault(http.headers()::getAll);
    fault.ifPresent(
        e -> {
          Connections.announceEnd(http);
          ProblemAnswer.send(http.response(), e);
          Connections.end(http);
        });
    return fault.isPresent();
  }
}
