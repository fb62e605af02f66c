package dev.ringlet.session;

import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.internal.core.channel.ChannelFactory;
import com.datastax.oss.driver.internal.core.protocol.FrameDecodingException;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.Execute;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Refuses large requests to a node whose socket has been full for a while, while too many bytes of
 * such are not answered. The driver would queue whatever it is given until it gives up the
 * connection, and keeps what its callers have given up long before. What is refused was not sent:
 * the driver tries another node.
 */
final class UnansweredLimit {
  /** A request with fewer bytes is not counted: of those the driver keeps so many only. */
  private static final long SMALL = 4096;

  /** Nanoseconds. What is sent at once may be more than a socket takes at once. */
  private static final long A_WHILE = TimeUnit.MILLISECONDS.toNanos(250);

  private final AtomicLong unanswered = new AtomicLong();
  private final long most;
  private final LongSupplier nanoTime;

  /**
   * @param most bytes of values, of all connections together
   */
  UnansweredLimit(long most) {
    this(most, System::nanoTime);
  }

  UnansweredLimit(long most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /** From now on, for a connection that the driver is about to open. */
  void limit(Channel connection) {
    connection
        .pipeline()
        .addLast(
            new ChannelInitializer<>() { // after the driver's own
              @Override
              protected void initChannel(Channel opened) {
                opened
                    .pipeline()
                    .addBefore(ChannelFactory.INFLIGHT_HANDLER_NAME, null, new Requests());
              }
            });
  }

  private static long bytes(Message request) {
    long bytes = 0;
    if (request instanceof Execute execute) {
      bytes = bytes(execute.options.positionalValues);
    } else if (request instanceof Batch batch) {
      for (List<ByteBuffer> values : batch.values) {
        bytes += bytes(values);
      }
    }
    return bytes;
  }

  private static long bytes(List<ByteBuffer> values) {
    long bytes = 0;
    for (ByteBuffer value : values) {
      bytes += value == null ? 0 : value.remaining();
    }
    return bytes;
  }

  /** Those of one connection. */
  private final class Requests extends ChannelDuplexHandler {
    private final Map<Integer, Long> ofStreams = new HashMap<>();
    private long stuckSince;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      Frame frame = (Frame) message;
      long bytes = bytes(frame.message);
      if (bytes > SMALL) {
        if (isStuck(context.channel()) && unanswered.get() + bytes > most) {
          promise.setFailure(new BusyConnectionException("The node takes nothing any more."));
          return;
        }
        answered(ofStreams.put(frame.streamId, bytes));
        unanswered.addAndGet(bytes);
      }
      ChannelFuture unused = context.write(message, promise);
    }

    private boolean isStuck(Channel connection) {
      return !connection.isWritable() && nanoTime.getAsLong() - stuckSince > A_WHILE;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      stuckSince = nanoTime.getAsLong();
      context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!ofStreams.isEmpty()) {
        answered(ofStreams.remove(((Frame) message).streamId));
      }
      context.fireChannelRead(message);
    }

    /** An answer that cannot be read, of which the driver tells the request alone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof FrameDecodingException unreadable) {
        answered(ofStreams.remove(unreadable.streamId));
      }
      context.fireExceptionCaught(cause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      ofStreams.values().forEach(this::answered);
      ofStreams.clear();
    }

    private void answered(Long bytes) {
      if (bytes != null) {
        unanswered.addAndGet(-bytes);
      }
    }
  }
}
