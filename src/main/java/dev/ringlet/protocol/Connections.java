package dev.ringlet.protocol;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;

/**
 * Ends connections whose clients send a byte now and then, so that they are never idle, and never
 * come to an end: nothing is written to them for as long as they might be idle.
 */
@Singleton
public final class Connections implements HttpServerOptionsCustomizer {
  public static final String CLOSE = "close";

  /** What hands requests to the server; gone when the connection is closed. */
  public static final String SERVER = "handler";

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setWriteIdleTimeout(options.getIdleTimeout());
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    customizeHttpServer(options);
  }

  public static Channel channel(HttpServerRequest http) {
    return ((ConnectionBase) http.connection()).channel();
  }

  /** Says in the answer that it is the last one of its connection; not by HTTP/2, which goes on. */
  public static void announceEnd(HttpServerRequest http) {
    if (http.version() != HttpVersion.HTTP_2) {
      http.response().putHeader(HttpHeaders.CONNECTION, CLOSE);
    }
  }

  /** Ends the connection if the answer that was written says so. */
  public static void endIfAnnounced(HttpServerRequest http) {
    if (CLOSE.equals(http.response().headers().get(HttpHeaders.CONNECTION))) {
      end(http);
    }
  }

  /**
   * Ends a connection of HTTP/1.1 with what was written. Only the direction of answers is closed: a
   * client that still sends would else never read the last one (RFC 9112, section 9.6).
   */
  @SuppressWarnings("FutureReturnValueIgnored") // one that cannot be written to is closed
  static void end(HttpServerRequest http) {
    if (http.version() != HttpVersion.HTTP_2) {
      DuplexChannel channel = (DuplexChannel) channel(http);
      drop(channel.pipeline());
      channel.config().setAutoRead(true);
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> channel.shutdownOutput());
    }
  }

  /** Lets no more of what comes through to the server, what was read already included. */
  static void drop(ChannelPipeline pipeline) {
    RequestCheck check = pipeline.get(RequestCheck.class);
    if (check != null) {
      check.drop();
      return;
    }
    ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
    if (decoder != null && pipeline.get(Dropping.class) == null) { // else it is closed, or dropped
      pipeline.addAfter(decoder.name(), null, new Dropping());
    }
  }

  private static final class Dropping extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }
  }

  /** Keeps a connection on which there is nothing to write yet: to write nothing is enough. */
  @SuppressWarnings("FutureReturnValueIgnored") // one that cannot be written to will be closed
  public static void keep(HttpServerRequest http) {
    channel(http).writeAndFlush(Unpooled.EMPTY_BUFFER);
  }
}
