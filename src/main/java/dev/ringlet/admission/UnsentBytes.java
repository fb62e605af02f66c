package dev.ringlet.admission;

import dev.ringlet.protocol.Connections;
import dev.ringlet.protocol.StreamEnd;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.function.LongConsumer;

/** Answers that are complete, but for their clients to take them: they are still in memory. */
final class UnsentBytes {
  /** What Netty says of a connection that is closed, in the direction of answers at least. */
  private static final long NOTHING_WRITABLE = Long.MAX_VALUE;

  private UnsentBytes() {}

  /**
   * Counts the bytes of an answer that are in memory until it is taken, or its client is gone.
   *
   * @param bytes takes how many they are, and the same below zero when they are no more
   */
  static void count(HttpServerRequest http, LongConsumer bytes) {
    Channel channel = Connections.channel(http);
    if (http.version() == HttpVersion.HTTP_2) {
      ChannelHandlerContext http2 = channel.pipeline().context(Http2ConnectionHandler.class);
      if (http2 != null) { // else the connection is closed
        countStream(http, http2, bytes);
      }
    } else {
      countConnection(channel, bytes);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the listener has it
  static void countConnection(Channel channel, LongConsumer bytes) {
    long left = channel.bytesBeforeWritable();
    if (left > 0 && left != NOTHING_WRITABLE) {
      bytes.accept(left);
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(taken -> bytes.accept(-left));
    }
  }

  /**
   * A stream waits for its client's window (RFC 9113, section 5.2) out of the connection's sight:
   * all of its answer counts until it is closed. What has no length is written as it is taken.
   */
  private static void countStream(
      HttpServerRequest http, ChannelHandlerContext context, LongConsumer bytes) {
    Http2ConnectionHandler http2 = (Http2ConnectionHandler) context.handler();
    Http2Stream answered = http2.connection().stream(http.streamId());
    String length = http.response().headers().get(HttpHeaders.CONTENT_LENGTH);
    if (answered == null
        || length == null
        || !http2.encoder().flowController().hasFlowControlled(answered)) {
      return;
    }
    long whole = Long.parseLong(length);
    bytes.accept(whole);
    Future<?> end = StreamEnd.inTime(http);
    http2
        .connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamClosed(Http2Stream closed) {
                if (closed == answered) {
                  // the listener after this one is skipped, but it is of another stream
                  http2.connection().removeListener(this);
                  end.cancel(false);
                  bytes.accept(-whole);
                }
              }
            });
  }
}
