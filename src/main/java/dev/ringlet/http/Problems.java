package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.config.ApiPath;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Refusals;
import dev.ringlet.protocol.Connections;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where an error becomes a response: a problem document (RFC 9457). */
public class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  private final Catalog catalog;
  private final Refusals refusals;

  Problems(Catalog catalog, Refusals refusals) {
    this.catalog = catalog;
    this.refusals = refusals;
  }

  @ServerExceptionMapper
  public Response api(ApiException e, HttpServerRequest http) {
    LOG.debugf("%s: %s", e.code(), e.detail());
    Call.of(http).failed(e);
    if (e.code() == ErrorCode.FORBIDDEN || e.code() == ErrorCode.RATE_LIMITED) {
      Call.of(http).exchange().denied(e.code().code());
    }
    if (e.code() == ErrorCode.OVERLOADED && e.members().containsKey("limit")) {
      refusals.count(); // by a limit of this instance, not by Cassandra or the request's time
    }
    if (e.code() == ErrorCode.BODY_TOO_LARGE || e.code() == ErrorCode.BODY_TOO_SLOW) {
      Connections.announceEnd(http); // the rest of the body is still to come
    }
    return e.code() == ErrorCode.UNSUPPORTED_MEDIA_TYPE ? notSupported(e, http) : problem(e);
  }

  /**
   * The router calls a path unknown if it knows no such method there; below /v1 the schema knows
   * better.
   */
  @ServerExceptionMapper
  public Response notFound(NotFoundException e, HttpServerRequest http) {
    if (ApiPath.isIn(http.path())) {
      return notAllowed(http);
    }
    return problem(
        new ApiException(ErrorCode.NOT_FOUND, "Paths are " + ApiPath.EXAMPLE + ": this is none.")
            .hint(catalog.pathMeant(http)));
  }

  @ServerExceptionMapper
  public Response notAllowed(NotAllowedException e, HttpServerRequest http) {
    return notAllowed(http);
  }

  @ServerExceptionMapper
  public Response notSupported(NotSupportedException e, HttpServerRequest http) {
    return notSupported(BodyTypes.refusal(http), http);
  }

  /** The router reads the media type, and does not expect one that is none. */
  @ServerExceptionMapper
  public Response unreadable(IllegalArgumentException e, HttpServerRequest http) {
    return isMediaType(http.getHeader(HttpHeaders.CONTENT_TYPE))
        ? unknown(e)
        : notSupported(BodyTypes.refusal(http), http);
  }

  private static boolean isMediaType(String type) {
    try {
      return type == null || MediaType.valueOf(type) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** RFC 9110, section 15.5.16, and RFC 5789, section 2.2. */
  private static Response notSupported(ApiException e, HttpServerRequest http) {
    String method = http.method().name();
    return Response.fromResponse(problem(e))
        .header(BodyTypes.header(method), BodyTypes.of(http, method))
        .build();
  }

  @ServerExceptionMapper
  public Response other(WebApplicationException e) {
    return e.getResponse().getStatus() < 500 ? e.getResponse() : unknown(e);
  }

  /** The client went away in the middle of its body: nobody reads this answer. */
  @ServerExceptionMapper
  public Response aborted(IOException e) {
    LOG.debug("A request was broken off", e);
    return problem(new ApiException(ErrorCode.INVALID_BODY, "The body was broken off."));
  }

  @ServerExceptionMapper
  public Response unknown(Throwable e) {
    return problem(Defect.known(e));
  }

  private Response notAllowed(HttpServerRequest http) {
    try {
      List<String> methods = catalog.methods(http);
      return problem(
          methods.contains(http.method().name())
              ? new ApiException(
                  ErrorCode.INVALID_PATH, "A semicolon in a path must be percent-encoded.")
              : catalog.methodNotAllowed(http));
    } catch (ApiException unresolved) {
      return problem(unresolved);
    }
  }

  private static Response problem(ApiException e) {
    Problem problem = Problem.of(e);
    Response.ResponseBuilder response =
        Response.status(problem.status()).entity(problem.document());
    problem.headers().forEach(response::header);
    return response.build();
  }
}
