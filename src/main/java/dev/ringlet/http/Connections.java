package dev.ringlet.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;

/**
 * Ends connections whose clients send a byte now and then, so that they are never idle, and never
 * come to an end: nothing is written to them for as long as they might be idle.
 */
@Singleton
final class Connections implements HttpServerOptionsCustomizer {

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setWriteIdleTimeout(options.getIdleTimeout());
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    customizeHttpServer(options);
  }

  static Channel channel(HttpServerRequest http) {
    return ((ConnectionBase) http.connection()).channel();
  }

  /** Keeps a connection on which there is nothing to write yet: to write nothing is enough. */
  @SuppressWarnings("FutureReturnValueIgnored") // one that cannot be written to will be closed
  static void keep(HttpServerRequest http) {
    channel(http).writeAndFlush(Unpooled.EMPTY_BUFFER);
  }
}
