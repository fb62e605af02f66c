package dev.ringlet.admission;

import dev.ringlet.config.Shutdown;
import dev.ringlet.protocol.Connections;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Lets clients go when the process ends: each hears that its connection ends before it does, and
 * the server is not closed before the connections that have had a request are.
 */
@Singleton
final class ConnectionShutdown {
  /** What the JDK's client says it is: some take GOAWAY for the end of what is under way. */
  private static final String JDK = "Java-http-client/";

  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final Shutdown shutdown;

  ConnectionShutdown(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  boolean begun() {
    return shutdown.begun();
  }

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    connections.forEach(channel -> channel.eventLoop().execute(() -> dismiss(channel.pipeline())));
  }

  /**
   * To be told of each request.
   *
   * @return whether it is the first of its connection
   */
  boolean take(HttpServerRequest http) {
    Channel channel = Connections.channel(http);
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(ClosingConnection.class) != null || pipeline.get(Connections.SERVER) == null) {
      return false;
    }
    pipeline.addBefore(Connections.SERVER, null, new ClosingConnection(shutdown, endsAtOnce(http)));
    connections.add(channel);
    ChannelPipeline listening = channel.parent().pipeline();
    if (listening.get(Last.class) == null) {
      listening.addLast(new Last());
    }
    if (begun()) {
      dismiss(pipeline);
    }
    return true;
  }

  private static boolean endsAtOnce(HttpServerRequest http) {
    String client = http.getHeader(HttpHeaders.USER_AGENT);
    return client != null && client.startsWith(JDK);
  }

  /** By HTTP/2. No stream is refused yet: some may be on their way (RFC 9113, section 6.8). */
  @SuppressWarnings("FutureReturnValueIgnored") // to one that cannot be told it does not matter
  private static void dismiss(ChannelPipeline pipeline) {
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    ClosingConnection closing = pipeline.get(ClosingConnection.class); // none, if it has closed
    if (http2 != null && closing != null && closing.mayBeDismissed(pipeline)) {
      ChannelHandlerContext context = pipeline.context(http2);
      http2.goAway(
          context,
          Integer.MAX_VALUE,
          Http2Error.NO_ERROR.code(),
          Unpooled.EMPTY_BUFFER,
          context.newPromise());
      context.flush();
    }
  }

  /** Of what listens: it takes no more connections, but is not closed before they are. */
  private final class Last extends ChannelOutboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      if (begun()) {
        context.close();
        connections.newCloseFuture().addListener(all -> promise.trySuccess());
        long most =
            Math.min(
                shutdown.remaining(),
                ClosingConnection.QUIET_NANOS + ClosingConnection.LINGER_NANOS);
        context.executor().schedule(() -> promise.trySuccess(), most, TimeUnit.NANOSECONDS);
      } else {
        context.close(promise);
      }
    }
  }
}
