package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.encode.Problem;
import dev.ringlet.encode.RowFormat;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.Target;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotAcceptableException;
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
  private static final String ROOT = "/v1";
  private static final int BAD_REQUEST = 400;

  private final Resolver resolver;

  Problems(Resolver resolver) {
    this.resolver = resolver;
  }

  @ServerExceptionMapper
  public Response api(ApiException e, HttpServerRequest http) {
    LOG.debugf("%s: %s", e.code(), e.detail());
    Call.of(http).failed(e);
    return problem(e);
  }

  /**
   * The router calls a path unknown if it knows no such method there; below /v1 the schema knows
   * better.
   */
  @ServerExceptionMapper
  public Response notFound(NotFoundException e, HttpServerRequest http) {
    if (http.path().equals(ROOT) || http.path().startsWith(ROOT + "/")) {
      return notAllowed(http);
    }
    return problem(
        new ApiException(
                ErrorCode.NOT_FOUND, "Paths are /v1/{keyspace}/{table}/{key…}: this is none.")
            .hint(resolver.pathMeant(http)));
  }

  @ServerExceptionMapper
  public Response notAllowed(NotAllowedException e, HttpServerRequest http) {
    return notAllowed(http);
  }

  @ServerExceptionMapper
  public Response notAcceptable(NotAcceptableException e) {
    return problem(
        new ApiException(ErrorCode.NOT_ACCEPTABLE, "This resource is application/json.")
            .with("available", List.of(MediaType.APPLICATION_JSON)));
  }

  @ServerExceptionMapper
  public Response notSupported(NotSupportedException e, HttpServerRequest http) {
    return notSupported(http);
  }

  /** The router reads the media type, and does not expect one that is none. */
  @ServerExceptionMapper
  public Response unreadable(IllegalArgumentException e, HttpServerRequest http) {
    return isMediaType(http.getHeader(HttpHeaders.CONTENT_TYPE)) ? unknown(e) : notSupported(http);
  }

  private static boolean isMediaType(String type) {
    try {
      return type == null || MediaType.valueOf(type) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Response notSupported(HttpServerRequest http) {
    List<String> accepted =
        switch (http.method().name()) {
          case "PATCH" -> List.of(MediaType.APPLICATION_JSON, RowFormat.MERGE_PATCH);
          case "POST" -> List.of(MediaType.APPLICATION_JSON, RowFormat.NDJSON, RowFormat.CSV);
          default -> List.of(MediaType.APPLICATION_JSON);
        };
    return problem(
        new ApiException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "The body must be %s: send the header Content-Type."
                    .formatted(String.join(" or ", accepted)))
            .with("accepted", accepted)
            .hint(MediaTypeHints.of(http.getHeader(HttpHeaders.CONTENT_TYPE), accepted)));
  }

  /** What the router finds bad is the header Accept, the only one it reads and says nothing of. */
  @ServerExceptionMapper
  public Response other(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status == BAD_REQUEST) {
      return problem(
          new ApiException(ErrorCode.INVALID_HEADER, "The header Accept has what is no media type.")
              .with("header", HttpHeaders.ACCEPT));
    }
    return status < 500 ? e.getResponse() : unknown(e);
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
      List<String> methods = resolver.methods(http);
      return problem(
          methods.contains(http.method().name())
              ? new ApiException(
                  ErrorCode.INVALID_PATH, "A semicolon in a path must be percent-encoded.")
              : resolver.methodNotAllowed(http));
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
