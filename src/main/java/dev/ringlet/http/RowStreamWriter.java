package dev.ringlet.http;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.protocol.StreamEnd;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes a {@link RowStream}: a chunk is asked for when the one before is in the socket. A client
 * that goes away cancels the stream. A stream that fails is broken off, not ended as if it were
 * whole.
 */
@Provider
public class RowStreamWriter implements ServerMessageBodyWriter<RowStream> {
  private static final Logger LOG = Logger.getLogger(RowStreamWriter.class);

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == RowStream.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == RowStream.class;
  }

  @Override
  public void writeResponse(RowStream stream, Type genericType, ServerRequestContext context) {
    ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
    if (request.unwrap(HttpServerRequest.class).method().equals(HttpMethod.HEAD)) {
      context.serverResponse().end();
      return;
    }
    request.suspend();
    stream.chunks().subscribe().withSubscriber(new Pump(request));
  }

  @Override
  public void writeTo(
      RowStream stream,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out) {
    throw new UnsupportedOperationException("rows are streamed by the server alone");
  }

  private static final class Pump implements Flow.Subscriber<byte[]> {
    private final ResteasyReactiveRequestContext request;
    private final HttpServerRequest http;
    private final ServerHttpResponse response;

    private volatile boolean begun;
    private volatile boolean ended;
    private Flow.Subscription rows;

    Pump(ResteasyReactiveRequestContext request) {
      this.request = request;
      this.http = request.unwrap(HttpServerRequest.class);
      this.response = request.serverResponse();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      rows = subscription;
      response.addCloseHandler(this::clientGone);
      rows.request(1);
    }

    @Override
    public void onNext(byte[] chunk) {
      if (!begun) {
        begun = true;
        response.setChunked(true);
      }
      CompletableFuture<Void> writing = response.write(chunk).toCompletableFuture();
      endInTime(writing);
      boolean unused =
          writing
              .whenComplete(
                  (written, failure) -> {
                    if (failure == null) {
                      rows.request(1);
                    } else {
                      clientGone();
                    }
                  })
              .isDone();
    }

    /** By HTTP/1.1 the connection is idle meanwhile, and ends. */
    private void endInTime(CompletableFuture<Void> writing) {
      if (http.version() == HttpVersion.HTTP_2 && !writing.isDone()) {
        Future<?> end = StreamEnd.inTime(http);
        boolean unused = writing.whenComplete((written, failure) -> end.cancel(false)).isDone();
      }
    }

    @Override
    public void onComplete() {
      ended = true;
      response.end();
      request.close();
    }

    @Override
    public void onError(Throwable failure) {
      ended = true;
      if (begun) {
        ApiException known = Defect.known(failure);
        LOG.warnf("A stream of rows was broken off: %s %s", known.detail(), known.members());
        breakOff();
        request.close();
      } else {
        request.resume(failure); // there still can be a proper answer
      }
    }

    /**
     * A reset is quiet on HTTP/1.1: nobody would hear that the request is over. Without an error it
     * would say that the answer is whole (RFC 9113, section 8.1).
     */
    private void breakOff() {
      if (http.version() == HttpVersion.HTTP_2) {
        http.response().reset(Http2Error.INTERNAL_ERROR.code());
      } else {
        http.connection().close();
      }
    }

    private void clientGone() {
      if (!ended) {
        ended = true;
        rows.cancel();
        request.close();
      }
    }
  }
}
