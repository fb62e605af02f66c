package dev.ringlet.admission;

import dev.ringlet.config.Shutdown;
import dev.ringlet.protocol.Connections;
import dev.ringlet.protocol.RequestCheck;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The end of one connection, once the process was asked to end. One that is merely idle is not
 * closed before it has been so for a second: what its client sends until then is answered, and the
 * answer says that it is the last. And what is closed is only the direction of answers, until the
 * client closes the other: what it had sent already would else reset the connection, and with it
 * answers that it has not read.
 */
final class ClosingConnection extends ChannelDuplexHandler {
  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long its client may take to close it, once all that was written has been sent. */
  static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Shutdown shutdown;
  private final boolean endsAtOnce;

  /** An answer said that it is the last. */
  private boolean announced;

  /** By HTTP/1.1, an answer has begun and not ended: if it is closed now, that is broken off. */
  private boolean answering;

  /** When there was an answer, of those after which the connection stays. */
  private long answered;

  /** By HTTP/1.1; the one that this is for has come already. */
  private int unanswered = 1;

  private boolean awaited;
  private boolean parting;

  /**
   * @param endsAtOnce whether its client gives up what is under way when it hears GOAWAY
   */
  ClosingConnection(Shutdown shutdown, boolean endsAtOnce) {
    this.shutdown = shutdown;
    this.endsAtOnce = endsAtOnce;
    this.answered = System.nanoTime();
  }

  /** Whether GOAWAY, which it has not had yet, breaks nothing off. */
  boolean mayBeDismissed(ChannelPipeline pipeline) {
    return !(endsAtOnce && isBusy(pipeline))
        && !pipeline.get(Http2ConnectionHandler.class).connection().goAwaySent();
  }

  /** Whether a request is under way. */
  private boolean isBusy(ChannelPipeline pipeline) {
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    return http2 == null ? unanswered > 0 : http2.connection().numActiveStreams() > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (parting) {
      ReferenceCountUtil.release(message);
    } else {
      unanswered += message instanceof HttpRequest ? 1 : 0;
      context.fireChannelRead(message);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!RequestCheck.isInterim(message)) {
      answering |= message instanceof HttpResponse;
      if (shutdown.begun() && message instanceof HttpResponse response) {
        response.headers().set(HttpHeaderNames.CONNECTION, Connections.CLOSE);
        announced = true;
      }
      if (message instanceof LastHttpContent) {
        answering = false;
        unanswered--;
        answered = System.nanoTime();
      }
    }
    context.write(message, promise);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (shutdown.remaining() == 0) {
      context.close(promise);
      return;
    }
    context.channel().closeFuture().addListener(closed -> promise.trySuccess());
    if (announced || answering) {
      part(context);
    } else if (!awaited) {
      awaited = true;
      await(context, QUIET_NANOS - Math.min(shutdown.elapsed(), System.nanoTime() - answered));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void await(ChannelHandlerContext context, long nanos) {
    context.executor().schedule(() -> partIfQuiet(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void partIfQuiet(ChannelHandlerContext context) {
    if (isBusy(context.pipeline())) {
      await(context, QUIET_NANOS);
    } else {
      part(context);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // one that cannot be written to is closed
  private void part(ChannelHandlerContext context) {
    if (!parting) {
      parting = true;
      DuplexChannel channel = (DuplexChannel) context.channel();
      channel.config().setAutoRead(true);
      context
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(
              written -> {
                channel.shutdownOutput();
                context
                    .executor()
                    .schedule(() -> context.close(), LINGER_NANOS, TimeUnit.NANOSECONDS);
              });
    }
  }
}
