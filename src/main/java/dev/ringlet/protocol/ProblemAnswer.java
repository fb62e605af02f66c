package dev.ringlet.protocol;

import dev.ringlet.config.Headers;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import dev.ringlet.observe.DateHeader;
import dev.ringlet.observe.RequestId;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Answers requests with problems before a resource is chosen. */
public final class ProblemAnswer {
  private ProblemAnswer() {}

  public static void send(HttpServerResponse response, ApiException e) {
    send(response, Problem.of(e));
  }

  public static void send(HttpServerResponse response, Problem problem) {
    problem.headers().forEach(response::putHeader);
    response.putHeader(HttpHeaders.DATE, DateHeader.now());
    response.setStatusCode(problem.status()).end(Buffer.buffer(problem.document()));
  }

  /** For a request that does not reach the server, which else gives it its id. */
  public static FullHttpResponse to(HttpRequest request, Problem problem) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(problem.status()),
            Unpooled.wrappedBuffer(problem.document()));
    problem.headers().forEach(response.headers()::set);
    response.headers().set(HttpHeaders.DATE, DateHeader.now());
    response
        .headers()
        .set(Headers.REQUEST_ID, RequestId.of(request.headers().get(Headers.REQUEST_ID)));
    return response;
  }
}
