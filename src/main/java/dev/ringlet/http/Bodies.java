package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import dev.ringlet.header.HeaderElement;
import dev.ringlet.protocol.Connections;
import dev.ringlet.protocol.Expectation;
import dev.ringlet.protocol.Framing;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Reads bodies as they arrive, and no faster than they are used. A body in JSON is kept whole, up
 * to a limit that is checked before there is memory for it; NDJSON and CSV may be of any length.
 */
@Singleton
final class Bodies {
  private final int limit;

  Bodies(RingletConfig config) {
    limit = Math.toIntExact(config.body().maxSize().asLongValue());
  }

  /** The most bytes of a whole body, or of a row of a stream. */
  int limit() {
    return limit;
  }

  /**
   * All of it. Fails with {@link ErrorCode#BODY_TOO_LARGE}, with {@link ErrorCode#OVERLOADED} if
   * the bodies of others leave no room for it, with {@link ErrorCode#BODY_TOO_SLOW} if it has not
   * come when the time is over, and with an {@code IOException} if the client breaks off.
   */
  Uni<byte[]> whole(HttpServerRequest http, Deadline deadline) {
    BodyTypes.require(http);
    boolean gzip = isGzip(http);
    String length = gzip ? null : http.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > limit) {
      throw tooLarge();
    }
    Call call = Call.of(http);
    Uni<byte[]> body =
        length == null ? collected(rows(http), call) : known(http, call, Integer.parseInt(length));
    return inTime(body, http, deadline).invoke(call.exchange()::received);
  }

  /**
   * None, though by HTTP/2 there may be one of which the head says nothing. Fails with {@link
   * ErrorCode#UNEXPECTED_BODY} at its first byte, and as {@link #whole} if no end comes.
   */
  Uni<Void> none(HttpServerRequest http, Deadline deadline) {
    return Framing.hasEnded(http)
        ? Uni.createFrom().voidItem()
        : inTime(
            chunks(http)
                .filter(chunk -> chunk.length > 0)
                .invoke(
                    chunk -> {
                      throw BodyTypes.unexpected();
                    })
                .collect()
                .last()
                .replaceWithVoid(),
            http,
            deadline);
  }

  private static <T> Uni<T> inTime(Uni<T> body, HttpServerRequest http, Deadline deadline) {
    return body.ifNoItem()
        .after(deadline.toWait(System.nanoTime()))
        .on(Connections.channel(http).eventLoop()) // where it costs least: most bodies are there
        .failWith(() -> tooSlow("The time was over before the body had come; nothing was done."));
  }

  /** When nobody waits for it any more, nothing more of it is kept. */
  private static Uni<byte[]> known(HttpServerRequest http, Call call, int length) {
    call.inFlight().keep(length);
    Expectation.ask(http);
    byte[] body = new byte[length]; // as many as come: who checks the framing knows the length, too
    AtomicInteger come = new AtomicInteger();
    return MultiHelper.toMulti(http)
        .invoke(chunk -> chunk.getBytes(body, come.getAndAdd(chunk.length())))
        .collect()
        .last()
        .replaceWith(body)
        .onFailure()
        .transform(Bodies::brokenOff);
  }

  private Uni<byte[]> collected(Multi<byte[]> chunks, Call call) {
    return chunks
        .invoke(chunk -> call.inFlight().keep(chunk.length))
        .collect()
        .in(ByteArrayOutputStream::new, this::add)
        .map(ByteArrayOutputStream::toByteArray);
  }

  /**
   * Chunk by chunk, as they are without gzip. Fails with an {@code IOException} if the client
   * breaks off, and with {@link ErrorCode#INVALID_BODY} if what is said to be gzip is none.
   */
  Multi<byte[]> rows(HttpServerRequest http) {
    BodyTypes.require(http);
    return isGzip(http) ? gunzipped(http) : chunks(http);
  }

  private static Multi<byte[]> gunzipped(HttpServerRequest http) {
    Gunzip gunzip = new Gunzip();
    EventLoop loop = Connections.channel(http).eventLoop();
    return chunks(http)
        .onItem()
        .transformToMultiAndConcatenate(chunk -> pieces(gunzip, chunk, loop))
        .onCompletion()
        .invoke(gunzip::end)
        .onTermination()
        .invoke(gunzip::close);
  }

  /** In turns with what else there is to do: a chunk may have a thousand times as much in it. */
  private static Multi<byte[]> pieces(Gunzip gunzip, byte[] chunk, EventLoop loop) {
    gunzip.take(chunk);
    return Multi.createBy()
        .repeating()
        .uni(() -> Uni.createFrom().item(gunzip::piece).emitOn(loop))
        .whilst(piece -> piece.length > 0);
  }

  /** The codings of the body (RFC 9110, section 8.4), of which one is understood. */
  private static boolean isGzip(HttpServerRequest http) {
    List<String> headers = http.headers().getAll(HttpHeaders.CONTENT_ENCODING);
    if (headers.isEmpty()) {
      return false; // nearly all requests
    }
    List<String> codings =
        elements(headers)
            .map(coding -> coding.toLowerCase(Locale.ROOT))
            .filter(coding -> !coding.equals("identity"))
            .toList();
    if (!codings.isEmpty()
        && !List.of("gzip").equals(codings)
        && !List.of("x-gzip").equals(codings)) {
      throw new ApiException(
              ErrorCode.UNSUPPORTED_CONTENT_CODING,
              "The body may be gzip, or be sent as it is: its Content-Encoding is %s."
                  .formatted(String.join(", ", codings)))
          .with("accepted", List.of("gzip"));
    }
    return !codings.isEmpty();
  }

  private static Stream<String> elements(List<String> headers) {
    try {
      return HeaderElement.list(headers).stream().map(HeaderElement::value);
    } catch (IllegalArgumentException e) {
      return headers.stream(); // which is no coding
    }
  }

  private static Multi<byte[]> chunks(HttpServerRequest http) {
    Expectation.ask(http);
    return MultiHelper.toMulti(http)
        .map(Buffer::getBytes)
        .onFailure()
        .transform(Bodies::brokenOff)
        .onCompletion()
        .invoke(() -> Framing.requireWhole(http));
  }

  private static IOException brokenOff(Throwable failure) {
    return new IOException("The body was broken off", failure);
  }

  private void add(ByteArrayOutputStream body, byte[] chunk) {
    if (chunk.length > limit - body.size()) {
      throw tooLarge();
    }
    body.writeBytes(chunk);
  }

  static ApiException tooSlow(String detail) {
    return new ApiException(ErrorCode.BODY_TOO_SLOW, detail);
  }

  private ApiException tooLarge() {
    return tooLarge("A body in JSON may have %d bytes at most.", limit);
  }

  static ApiException tooLarge(String detail, long bytes) {
    return new ApiException(ErrorCode.BODY_TOO_LARGE, detail.formatted(bytes))
        .with("limit", "ringlet.body.max-size");
  }
}
