package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.internal.core.channel.ChannelFactory;
import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.driver.internal.core.protocol.FrameDecodingException;
import com.datastax.oss.driver.internal.core.protocol.SegmentToFrameDecoder;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.ProtocolConstants.ErrorCode;
import com.datastax.oss.protocol.internal.Segment;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.result.DefaultRows;
import com.datastax.oss.protocol.internal.response.result.Rows;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    answer(new Error(ErrorCode.INVALID, "x".repeat(length)), List.of());
  }

  /** With a custom payload if there are warnings. */
  private void answer(Message message, List<String> warnings) {
    FrameCodec<ByteBuf> server =
        FrameCodec.defaultServer(new ByteBufPrimitiveCodec(ALLOCATOR), Compressor.none());
    ByteBuf whole =
        server.encode(
            Frame.forResponse(
                ProtocolConstants.Version.V5,
                7,
                null,
                warnings.isEmpty() ? Frame.NO_PAYLOAD : Map.of("a", ByteBuffer.allocate(3)),
                warnings,
                message));
    first.writeBytes(whole, whole.readableBytes() - 1);
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

  /** Of one row, whose values are empty: 4 bytes each. */
  private static Rows rows(int columns) {
    List<ByteBuffer> row = Collections.nCopies(columns, ByteBuffer.allocate(0));
    return new DefaultRows(
        new RowsMetadata(columns, ByteBuffer.allocate(20), null, null),
        new ArrayDeque<>(List.of(row)));
  }

  @ParameterizedTest
  @CsvSource({"11, 0", "12, 0", "11, 3", "12, 3"})
  void valuesAreAsManyAsTheyTakeAsObjects(int columns, int warnings) {
    answer(rows(columns), Collections.nCopies(warnings, "A warning."));
    assertEquals(56 + 80 * columns, AnsweredRows.of(first).bytes());
    assertEquals(0, AnsweredRows.of(first.slice(0, 20)).bytes(), "of a start that does not say it");
    List<FrameDecodingException> failures = failures();
    assertFalse(receive(first));
    assertEquals(columns < 12, receive(second));
    assertEquals(
        columns < 12 ? List.of() : List.of(7),
        failures.stream().map(failure -> failure.streamId).toList());
  }

  private List<FrameDecodingException> failures() {
    List<FrameDecodingException> failures = new ArrayList<>();
    connection
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                failures.add((FrameDecodingException) cause);
              }
            });
    return failures;
  }

  private Throwable whyRefused() {
    List<FrameDecodingException> failures = failures();
    assertFalse(receive(first));
    return failures.get(0).getCause();
  }

  /** Of an LWT, they are what is there instead: it was not applied. */
  @Test
  void rowsOfSeveralColumnsAreTold() {
    answer(rows(12), List.of());
    assertEquals(RowsTooLongException.class, whyRefused().getClass());
  }

  @Test
  void oneColumnMayBeThatAnLwtWasApplied() {
    answer(rows(1), List.of("x".repeat(1000)));
    assertEquals(FrameTooLongException.class, whyRefused().getClass());
  }

  @Test
  void anErrorHasNoRows() {
    answer(1000);
    assertEquals(FrameTooLongException.class, whyRefused().getClass());
  }
}
