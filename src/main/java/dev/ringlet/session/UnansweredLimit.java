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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Refuses large requests to a node that has left one unanswered for a while, while too many bytes
 * of such are not answered. The driver would send or queue whatever it is given until it gives up
 * the connection, and keeps what its callers have given up long before, also what a socket has
 * taken: that of a process that hangs takes megabytes. What is refused was not sent: the driver
 * tries another node.
 */
final class UnansweredLimit {
  /** A request with fewer bytes is not counted: of those the driver keeps so many only. */
  private static final long SMALL = 4096;

  /** Nanoseconds. What is sent at once may be more than there is room for. */
  private static final long A_WHILE = TimeUnit.MILLISECONDS.toNanos(250);

  private final AtomicLong unanswered = new AtomicLong();
  private final long most;
  private final LongSupplier nanoTime;

  /**
   * @param most bytes of memory of values, of all connections together
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

  /** With the driver's objects: of small values they are many times as large. */
  private static long bytes(List<ByteBuffer> values) {
    long bytes = RowObjects.bytes(1, values.size());
    for (ByteBuffer value : values) {
      bytes += value == null ? 0 : value.remaining();
    }
    return bytes;
  }

  private record Sent(long bytes, long at) {}

  /** Those of one connection. */
  private final class Requests extends ChannelDuplexHandler {
    private final Map<Integer, Sent> ofStreams = new LinkedHashMap<>(); // the oldest first

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      Frame frame = (Frame) message;
      long bytes = bytes(frame.message);
      if (bytes > SMALL) {
        long now = nanoTime.getAsLong();
        if (unanswered.get() + bytes > most && isSilent(now)) {
          promise.setFailure(new BusyConnectionException("The node answers nothing any more."));
          return;
        }
        answered(ofStreams.remove(frame.streamId)); // of one that could not be sent
        ofStreams.put(frame.streamId, new Sent(bytes, now));
        unanswered.addAndGet(bytes);
      }
      ChannelFuture unused = context.write(message, promise);
    }

    private boolean isSilent(long now) {
      return !ofStreams.isEmpty() && now - ofStreams.values().iterator().next().at() > A_WHILE;
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

    private void answered(Sent sent) {
      if (sent != null) {
        unanswered.addAndGet(-sent.bytes());
      }
    }
  }
}
