package dev.ringlet.admission;

import dev.ringlet.protocol.Connections;
import dev.ringlet.protocol.ProblemAnswer;
import dev.ringlet.protocol.Refused;
import dev.ringlet.protocol.RequestCheck;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;

/**
 * What the requests of a connection of HTTP/1.1 go through before they reach the server, from its
 * second one on.
 *
 * <p>It counts those that wait for the answers to others before them: the server has no limit for
 * them, and looks at each for every one that comes. A connection with too many is closed. And it
 * refuses in the server's place what would be refused there, which takes a quarter more time.
 */
public final class EarlyRefusal extends ChannelDuplexHandler {
  private final Capacity capacity;
  private final int mostUnanswered;

  /** The one that this is for has come already. */
  private int unanswered = 1;

  private boolean refusing;

  /** At the turnstile: it is not read meanwhile. */
  private boolean waiting;

  /** Has its place there, which may outlast the waiting: each connection has one at most. */
  private boolean queued;

  EarlyRefusal(Capacity capacity, int mostUnanswered) {
    this.capacity = capacity;
    this.mostUnanswered = mostUnanswered;
  }

  /** With its first request, which is handled before the second is read. */
  static void put(HttpServerRequest http, Capacity capacity, int mostUnanswered) {
    if (http.version() != io.vertx.core.http.HttpVersion.HTTP_2) {
      Connections.channel(http)
          .pipeline()
          .addBefore(Connections.SERVER, null, new EarlyRefusal(capacity, mostUnanswered));
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      refusing =
          unanswered == 0
              && capacity.isFull()
              && context.channel().isWritable() // else its client does not read refusals
              && isPlain(request);
      if (refusing) {
        capacity.refusedEarly(request.method().name());
        context.writeAndFlush(ProblemAnswer.to(request, Capacity.REFUSAL));
        await(context.channel());
      } else {
        unanswered++;
        readOn(context.channel());
      }
    }
    if (refusing) {
      ReferenceCountUtil.release(message);
    } else if (unanswered <= mostUnanswered) {
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      context.close();
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !RequestCheck.isInterim(message)) {
      unanswered--;
    }
    context.write(message, promise);
  }

  private void await(Channel channel) {
    if (channel.config().isAutoRead()) {
      waiting = true;
      channel.config().setAutoRead(false);
      queue(channel);
    }
  }

  private void queue(Channel channel) {
    if (!queued) {
      queued = true;
      RefusedConnections.await(
          channel.eventLoop(),
          () -> {
            queued = false;
            readOn(channel);
          });
    }
  }

  /** From here on the server says when to read. */
  private void readOn(Channel channel) {
    if (waiting) {
      waiting = false;
      channel.config().setAutoRead(true);
    }
  }

  /** Whether nothing of its head changes what an answer looks like, or what follows it. */
  private static boolean isPlain(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && !(request.decoderResult() instanceof Refused)
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && HttpUtil.isKeepAlive(request)
        && !request.method().equals(HttpMethod.HEAD)
        && !request.headers().contains(HttpHeaderNames.EXPECT);
  }
}
