package dev.ringlet.site;

import dev.ringlet.encode.ETags;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.AcceptEncoding;
import dev.ringlet.header.ReadConditions;
import dev.ringlet.protocol.ProblemAnswer;
import dev.ringlet.value.NumberForm;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Files of the class path, each at a path of its own, in memory. */
public final class Site {
  /** When everything that may refuse any request has been asked, before callers are. */
  public static final int BEFORE_AUTHENTICATION = 200;

  private static final List<String> METHODS =
      List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name());

  private final Map<String, StaticFile> files;
  private final String policy;

  /**
   * Reads them.
   *
   * @param resources the paths on the class path, by those at which they are served
   * @param policy what a browser is to let these pages do (Content-Security-Policy)
   */
  public Site(Map<String, String> resources, String policy) {
    this.policy = policy;
    this.files =
        resources.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, file -> StaticFile.read(file.getValue())));
  }

  /** Answers requests for one of the files, and lets others pass. */
  public void answer(RoutingContext routing) {
    StaticFile file = files.get(routing.request().path());
    if (file == null) {
      routing.next();
      return;
    }
    try {
      checkMethod(routing);
      send(routing, file);
    } catch (ApiException e) {
      ProblemAnswer.send(routing.response(), e);
    }
  }

  /**
   * Refuses what does not read.
   *
   * @throws ApiException {@link ErrorCode#METHOD_NOT_ALLOWED}
   */
  static void checkMethod(RoutingContext routing) {
    String method = routing.request().method().name();
    if (!METHODS.contains(method)) {
      throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "This can only be read.")
          .with("method", method)
          .with("allowed", METHODS);
    }
  }

  private void send(RoutingContext routing, StaticFile file) {
    HttpServerResponse response = routing.response();
    boolean gzip =
        AcceptEncoding.gzip(
            routing.request().headers().getAll(HttpHeaders.ACCEPT_ENCODING),
            file.gzipped().length() < file.plain().length());
    List<String> known = ReadConditions.of(routing.request().headers()::getAll).ifNoneMatch();
    response.putHeader(HttpHeaders.ETAG, ETags.form(file.tag(), NumberForm.STRING, gzip));
    response.putHeader("Content-Security-Policy", policy);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Referrer-Policy", "no-referrer");
    if (known.equals(ReadConditions.ANY) || ETags.matches(known, file.tag())) {
      end(response.setStatusCode(HttpResponseStatus.NOT_MODIFIED.code()), Buffer.buffer());
      return;
    }
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    send(routing, file.type(), gzip ? file.gzipped() : file.plain());
  }

  /** HEAD has the length, too. */
  static void send(RoutingContext routing, String type, Buffer body) {
    HttpServerResponse response = routing.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    boolean head = routing.request().method().equals(HttpMethod.HEAD);
    end(response, head ? Buffer.buffer() : body);
  }

  private static void end(HttpServerResponse response, Buffer body) {
    boolean unused = response.end(body).isComplete();
  }
}
