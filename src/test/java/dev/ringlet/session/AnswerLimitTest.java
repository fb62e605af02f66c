package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.internal.core.channel.ChannelFactory;
import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.driver.internal.core.protocol.SegmentToFrameDecoder;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.ProtocolConstants.ErrorCode;
import com.datastax.oss.protocol.internal.Segment;
import com.datastax.oss.protocol.internal.response.Error;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the driver's own decoder behind it. */
class AnswerLimitTest {
  private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

  private final EmbeddedChannel connection = new EmbeddedChannel();
  private final ByteBuf first = ALLOCATOR.buffer();
  private final ByteBuf second = ALLOCATOR.buffer();

  @BeforeEach
  void open() {
    AnswerLimit.limit(connection, 1000);
    FrameCodec<ByteBuf> client =
        FrameCodec.defaultClient(new ByteBufPrimitiveCodec(ALLOCATOR), Compressor.none());
    connection
        .pipeline()
        .addLast(
            ChannelFactory.SEGMENT_TO_FRAME_DECODER_NAME, new SegmentToFrameDecoder(client, "s0"));
  }

  /**
   * In two segments.
   *
   * @param length of the text in it
   */
  private void answer(int length) {
    FrameCodec<ByteBuf> server =
        FrameCodec.defaultServer(new ByteBufPrimitiveCodec(ALLOCATOR), Compressor.none());
    Error error = new Error(ErrorCode.INVALID, "x".repeat(length));
    ByteBuf whole =
        server.encode(
            Frame.forResponse(
                ProtocolConstants.Version.V5, 7, null, Frame.NO_PAYLOAD, List.of(), error));
    first.writeBytes(whole, whole.readableBytes() / 2);
    second.writeBytes(whole);
    whole.release();
  }

  private boolean receive(ByteBuf segment) {
    return connection.writeInbound(new Segment<>(segment, false));
  }

  @Test
  void whatIsWholeIsTheDrivers() {
    answer(200);
    assertFalse(receive(first));
    assertTrue(receive(second));
    Frame frame = connection.readInbound();
    assertEquals(7, frame.streamId);
    assertTrue(connection.close().isSuccess());
    assertEquals(0, first.refCnt());
    assertEquals(0, second.refCnt());
  }

  @Test
  void whatHadComeOfAnAnswerGoesWithItsConnection() {
    answer(200);
    assertFalse(receive(first));
    assertEquals(1, first.refCnt());
    assertTrue(connection.close().isSuccess());
    assertEquals(0, first.refCnt());
  }
}
