package dev.ringlet.protocol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** Ends a stream of HTTP/2, where by HTTP/1.1 the connection ends. */
public final class StreamEnd {
  private StreamEnd() {}

  /**
   * Ends the stream of a request whose client does not take what is written, unless that is
   * cancelled. Whoever takes a byte now and then, or sends a PING, is never idle; but by HTTP/1.1,
   * too, it has to be taken within the time that a connection may be idle.
   */
  public static Future<?> inTime(HttpServerRequest http) {
    Channel channel = Connections.channel(http);
    int id = http.streamId();
    IdleStateHandler idle = channel.pipeline().get(IdleStateHandler.class);
    if (idle == null) {
      return channel.newSucceededFuture(); // no time was set
    }
    return channel
        .eventLoop()
        .schedule(
            () -> reset(channel, id), idle.getWriterIdleTimeInMillis(), TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a reset that fails is of a closed connection
  private static void reset(Channel channel, int id) {
    ChannelHandlerContext context = channel.pipeline().context(Http2ConnectionHandler.class);
    if (context != null && http2(context).connection().stream(id) != null) { // else it has ended
      http2(context).resetStream(context, id, Http2Error.CANCEL.code(), context.newPromise());
      context.flush();
    }
  }

  private static Http2ConnectionHandler http2(ChannelHandlerContext context) {
    return (Http2ConnectionHandler) context.handler();
  }
}
