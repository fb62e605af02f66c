package dev.ringlet.session;

import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.internal.core.channel.ChannelFactory;
import com.datastax.oss.driver.internal.core.protocol.FrameDecodingException;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops an answer of Cassandra that is too long as it comes, or whose values are too many for the
 * driver's objects, and fails its request alone. Of the length the driver does that by itself up to
 * version 4 of the native protocol; from version 5 on, answers come in segments, and it keeps those
 * of an answer until the last is there, however many. It keeps them for good if the connection ends
 * before (JAVA-3001): they are released here.
 */
final class AnswerLimit extends ChannelInboundHandlerAdapter {
  /** Where these are in the head of an answer. */
  private static final int STREAM_ID = 2;

  private static final int LENGTH = 5;

  private final long most;
  private final List<ByteBuf> passed = new ArrayList<>();
  private long left;
  private boolean dropping;

  private AnswerLimit(long most) {
    this.most = most;
  }

  /**
   * From now on, for a connection that has not been opened yet.
   *
   * @param most bytes of an answer, and as many of objects for its values
   */
  static void limit(Channel connection, long most) {
    connection.pipeline().addFirst(new Opening(most));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    @SuppressWarnings("unchecked")
    Segment<ByteBuf> segment = (Segment<ByteBuf>) message;
    if (segment.isSelfContained) {
      context.fireChannelRead(segment);
    } else {
      part(context, segment);
    }
  }

  /** The parts of an answer come one after the other, and nothing in between. */
  private void part(ChannelHandlerContext context, Segment<ByteBuf> segment) {
    ByteBuf bytes = segment.payload;
    if (left == 0) {
      left = FrameCodec.V3_ENCODED_HEADER_SIZE + (long) bytes.getInt(bytes.readerIndex() + LENGTH);
      AnsweredRows rows = AnsweredRows.of(bytes);
      dropping = left > most || rows.bytes() > most;
      if (dropping) {
        int stream = bytes.getShort(bytes.readerIndex() + STREAM_ID);
        context.fireExceptionCaught(
            new FrameDecodingException(stream, tooLong(context.channel(), rows)));
      }
    }
    left -= bytes.readableBytes();
    if (dropping) {
      bytes.release();
      return;
    }
    if (left > 0) {
      passed.add(bytes);
    } else {
      passed.clear(); // the driver has all of it now, and releases it
    }
    context.fireChannelRead(segment);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    passed.forEach(ByteBuf::release);
    passed.clear();
  }

  private FrameTooLongException tooLong(Channel connection, AnsweredRows rows) {
    String message = "An answer has too much for one: %d bytes".formatted(left);
    return rows.columns() > 1
        ? new RowsTooLongException(connection.remoteAddress(), message)
        : new FrameTooLongException(connection.remoteAddress(), message);
  }

  /** Until the driver knows which version the node speaks. */
  private static final class Opening extends ChannelInboundHandlerAdapter {
    private final long most;

    Opening(long most) {
      this.most = most;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ChannelPipeline pipeline = context.pipeline();
      if (pipeline.get(ChannelFactory.SEGMENT_TO_FRAME_DECODER_NAME) != null) {
        pipeline.addBefore(
            ChannelFactory.SEGMENT_TO_FRAME_DECODER_NAME, null, new AnswerLimit(most));
        context.fireChannelRead(message);
        pipeline.remove(this);
      } else {
        context.fireChannelRead(message);
      }
    }
  }
}
