package dev.ringlet.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Counts the requests of HTTP/1.1 that wait for the answers to those before them. The server has no
 * limit for them, and looks at each for every one that comes; a connection with too many is closed.
 */
final class Pipelining extends ChannelDuplexHandler {
  private static final int MOST = 100;

  /** What hands requests to the server; gone when the connection is closed. */
  private static final String SERVER = "handler";

  /** The one that this is for has come already. */
  private int unanswered = 1;

  /** From its first request on, which is handled before the second is read. */
  static void limit(HttpServerRequest http) {
    if (http.version() != HttpVersion.HTTP_2) {
      ChannelPipeline pipeline = Connections.channel(http).pipeline();
      if (pipeline.get(Pipelining.class) == null && pipeline.get(SERVER) != null) {
        pipeline.addBefore(SERVER, null, new Pipelining());
      }
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unanswered++;
    }
    if (unanswered <= MOST) {
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      context.close();
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      unanswered--;
    }
    context.write(message, promise);
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
