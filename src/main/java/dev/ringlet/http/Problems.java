package dev.ringlet.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
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
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where an error becomes a response: a problem document (RFC 9457). */
public class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);
  static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPE = "https://ringlet.dev/errors#";

  private static final String ROOT = "/v1";
  private static final String CONNECTION = "Connection";
  static final String RETRY_AFTER_SECONDS = "1";
  private static final int BAD_REQUEST = 400;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final Resolver resolver;

  Problems(Resolver resolver) {
    this.resolver = resolver;
  }

  @ServerExceptionMapper
  public Response api(ApiException e, HttpServerRequest http) {
    LOG.debugf("%s: %s", e.code(), e.detail());
    Admission.failed(Exchange.of(http), e);
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
    return problem(new ApiException(ErrorCode.NOT_FOUND, "Tables are below " + ROOT + "."));
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
          case "PATCH" -> List.of(MediaType.APPLICATION_JSON, RowResource.MERGE_PATCH);
          case "POST" -> List.of(MediaType.APPLICATION_JSON, ReadResource.NDJSON, ReadResource.CSV);
          default -> List.of(MediaType.APPLICATION_JSON);
        };
    return problem(
        new ApiException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "The body must be %s: send the header Content-Type."
                    .formatted(String.join(" or ", accepted)))
            .with("accepted", accepted));
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
    return problem(known(e));
  }

  /** What a caller is told of any failure. One that is a defect of ours is logged under an id. */
  static ApiException known(Throwable e) {
    if (e instanceof ApiException known) {
      return known;
    }
    String id = UUID.randomUUID().toString();
    LOG.errorf(e, "Internal error %s", id);
    return new ApiException(
            ErrorCode.INTERNAL, "Something went wrong; the log has it under this id.")
        .with("id", id);
  }

  private Response notAllowed(HttpServerRequest http) {
    try {
      List<String> methods = resolver.methods(http);
      return problem(
          methods.contains(http.method().name())
              ? new ApiException(
                  ErrorCode.INVALID_PATH, "A semicolon in a path must be percent-encoded.")
              : Target.methodNotAllowed(methods, http.method().name()));
    } catch (ApiException unresolved) {
      return problem(unresolved);
    }
  }

  private static Response problem(ApiException e) {
    ErrorCode code = e.code();
    byte[] document = document(e);
    Response.ResponseBuilder response =
        Response.status(code.status())
            .type(MEDIA_TYPE)
            .header(HttpHeaders.CONTENT_LENGTH, document.length)
            .entity(document);
    if (code.status() == SERVICE_UNAVAILABLE) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (e.members().get("etag") instanceof String tag) {
      response.header(HttpHeaders.ETAG, tag); // of the current row
    }
    if (code == ErrorCode.BODY_TOO_LARGE || code == ErrorCode.BODY_TOO_SLOW) {
      response.header(CONNECTION, "close"); // the rest of it is still to come
    }
    if (code == ErrorCode.UNSUPPORTED_CONTENT_CODING) {
      response.header(HttpHeaders.ACCEPT_ENCODING, "gzip");
    }
    if (code == ErrorCode.METHOD_NOT_ALLOWED) {
      response.header(HttpHeaders.ALLOW, String.join(", ", allowed(e)));
    }
    return response.build();
  }

  /** Where no resource was chosen yet. */
  static void answer(HttpServerResponse response, ApiException e) {
    response
        .setStatusCode(e.code().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
        .end(Buffer.buffer(document(e)));
  }

  static byte[] document(ApiException e) {
    return JsonBytes.write(json -> write(e, json));
  }

  static void write(ApiException e, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", TYPE + e.code().code());
    json.writeStringField("title", e.code().title());
    json.writeNumberField("status", e.code().status());
    json.writeStringField("detail", e.detail());
    json.writeStringField("code", e.code().code());
    for (Map.Entry<String, Object> member : e.members().entrySet()) {
      json.writeFieldName(member.getKey());
      value(member.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void value(Object value, JsonGenerator json) throws IOException {
    if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(element, json);
      }
      json.writeEndArray();
    } else if (value instanceof SerializableString document) {
      json.writeRawValue(document);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else {
      json.writeString(value.toString());
    }
  }

  private static List<String> allowed(ApiException e) {
    return e.members().get("allowed") instanceof List<?> methods
        ? methods.stream().map(String::valueOf).toList()
        : List.of();
  }
}
