package dev.ringlet.protocol;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;

/**
 * Puts what looks at requests before the server does into each new connection. The server has no
 * place for that: what listens is found among the channels of its event loop, and what a connection
 * is made of is known with its first bytes.
 */
@Singleton
public final class NewConnections {
  private static final String LISTENER = "ringlet.new-connections";

  /** The same before and after a live reload. */
  private static final String CHECK = "ringlet.request-check";

  /**
   * Netty's own, but for the most that is read at once, which is four times as much there: of a
   * request that has begun all of the buffer is in memory, however little of it has come.
   */
  private static final int LEAST_READ = 64;

  private static final int FIRST_READ = 2048;
  private static final int READS_AT_ONCE = 16;

  private final Vertx vertx;
  private final HttpServer server;
  private final LongHeads heads = new LongHeads();

  NewConnections(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  void listen(@ObservesAsync HttpServerStart started) {
    watch(server.getPort());
  }

  void listenSecurely(@ObservesAsync HttpsServerStart started) {
    watch(server.getSecurePort());
  }

  private void watch(int port) {
    for (EventExecutor executor : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
      SingleThreadEventLoop loop = (SingleThreadEventLoop) executor;
      loop.execute(
          () ->
              loop.registeredChannelsIterator()
                  .forEachRemaining(
                      channel -> {
                        if (channel instanceof ServerChannel
                            && channel.localAddress() instanceof InetSocketAddress address
                            && address.getPort() == port) {
                          watch(channel);
                        }
                      }));
    }
  }

  /**
   * Whether requests are looked at: not on a connection that was there before this was watching.
   */
  public static boolean isWatched(HttpServerRequest http) {
    return http.version() == HttpVersion.HTTP_2
        || Connections.channel(http).pipeline().get(CHECK) != null;
  }

  /** Those that a channel that listens accepts from now on. */
  public void watch(Channel listening) {
    ChannelPipeline pipeline = listening.pipeline();
    ChannelHandler watching = pipeline.get(LISTENER);
    if (watching == null) {
      pipeline.addFirst(LISTENER, new Listener());
    } else if (!(watching instanceof Listener)) { // of the code before a live reload
      pipeline.replace(LISTENER, LISTENER, new Listener());
    }
  }

  /** Looks at the requests of a connection, if it is of HTTP/2, from now on. */
  public void check(Channel connection) {
    Http2Check.put(connection, heads);
  }

  /** Sees the connections that are accepted. */
  private final class Listener extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      ((Channel) accepted).pipeline().addLast(new Registration());
      context.fireChannelRead(accepted);
    }
  }

  /** When a connection is registered, the server has put into it what finds out what it is. */
  private final class Registration extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRegistered(ChannelHandlerContext context) {
      context
          .channel()
          .config()
          .setRecvByteBufAllocator(
              new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, LongHeads.EACH)
                  .maxMessagesPerRead(READS_AT_ONCE));
      context.pipeline().addLast(new FirstBytes());
      context.pipeline().remove(this);
      context.fireChannelRegistered();
    }
  }

  /** Behind what found that out, with the first bytes. */
  private final class FirstBytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ChannelPipeline pipeline = context.pipeline();
      ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
      if (encoder == null) {
        FieldBlocks.put(context.channel(), heads);
        check(context.channel());
      } else {
        RequestCheck check = new RequestCheck(heads);
        pipeline.addAfter(encoder.name(), CHECK, check);
        pipeline.addAfter(context.name(), null, new HeadBytes(heads, check));
      }
      pipeline.remove(this);
      context.fireChannelRead(bytes);
    }
  }
}
