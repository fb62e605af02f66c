package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.internal.core.channel.ChannelFactory;
import com.datastax.oss.driver.internal.core.protocol.FrameDecodingException;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants.Version;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.Execute;
import com.datastax.oss.protocol.internal.request.Options;
import com.datastax.oss.protocol.internal.request.query.QueryOptions;
import com.datastax.oss.protocol.internal.response.result.Void;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnansweredLimitTest {
  private static final int LARGE = 100_000;

  /** Of two values: what they take besides is counted. */
  private static final int SMALL = 4096 - 56 - 2 * 80;

  private long millis;
  private final UnansweredLimit limit =
      new UnansweredLimit(250_000, () -> TimeUnit.MILLISECONDS.toNanos(millis));
  private final EmbeddedChannel hanging = new EmbeddedChannel(false, false);
  private final EmbeddedChannel other = new EmbeddedChannel(false, false);
  private int streams;

  @BeforeEach
  void open() throws Exception {
    open(hanging);
    open(other);
  }

  private void open(EmbeddedChannel connection) throws Exception {
    connection
        .pipeline()
        .addLast(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel opened) {
                opened
                    .pipeline()
                    .addLast(new Encoder())
                    .addLast(
                        ChannelFactory.INFLIGHT_HANDLER_NAME, new ChannelInboundHandlerAdapter());
              }
            });
    limit.limit(connection);
    connection.register();
  }

  private static final class Encoder extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ChannelFuture unused = context.write(Unpooled.wrappedBuffer(new byte[LARGE]), promise);
    }
  }

  private ChannelFuture write(EmbeddedChannel connection, Message message) {
    return connection.write(Frame.forRequest(Version.V5, streams++, false, Map.of(), message));
  }

  private ChannelFuture write(EmbeddedChannel connection, int bytes) {
    List<ByteBuffer> values = Arrays.asList(ByteBuffer.allocate(bytes), null);
    return write(
        connection,
        new Execute(
            new byte[0],
            new byte[0],
            new QueryOptions(
                1,
                values,
                Map.of(),
                true,
                1,
                null,
                1,
                QueryOptions.NO_DEFAULT_TIMESTAMP,
                null,
                0)));
  }

  private static void answer(EmbeddedChannel connection, int stream) {
    assertTrue(
        connection.writeInbound(
            Frame.forResponse(
                Version.V5, stream, null, Frame.NO_PAYLOAD, List.of(), Void.INSTANCE)));
  }

  private static void assertRefused(ChannelFuture written) {
    assertInstanceOf(BusyConnectionException.class, written.cause());
  }

  @Test
  void whatIsSentAtOnceHasNoLimit() {
    for (int i = 0; i < 10; i++) {
      assertNull(write(hanging, LARGE).cause());
    }
  }

  @Test
  void noneIsTooLargeForANodeThatAnswers() {
    for (int i = 0; i < 10; i++) {
      assertNull(write(hanging, 3 * LARGE).cause());
      millis += 1000;
      answer(hanging, i);
    }
  }

  /** As of a process that was stopped, whose socket goes on for a while. */
  @Test
  void whatItsSocketHasTakenCountsUntilItIsAnswered() {
    for (int i = 0; i < 2; i++) {
      assertNull(write(hanging, LARGE).cause());
      hanging.flush();
    }
    millis += 251;
    assertRefused(write(hanging, LARGE));
  }

  /** The streams of answers are used again. */
  @Test
  void theOldestCounts() {
    assertNull(write(hanging, LARGE).cause());
    answer(hanging, 0);
    streams = 0;
    millis += 200;
    assertNull(write(hanging, LARGE).cause());
    assertNull(write(hanging, LARGE).cause());
    millis += 250;
    assertNull(write(hanging, LARGE).cause());
    millis++;
    assertRefused(write(hanging, LARGE));
  }

  @Test
  void moreIsRefusedUntilItAnswersOrEnds() {
    assertFalse(write(hanging, LARGE).isDone());
    assertFalse(write(hanging, LARGE).isDone());
    millis += 250;
    assertFalse(write(hanging, LARGE).isDone()); // it may just take its time
    millis++;
    assertRefused(write(hanging, LARGE));
    assertRefused(write(hanging, batch()));
    assertFalse(write(hanging, SMALL).isDone());
    assertRefused(write(hanging, SMALL + 1));
    assertFalse(write(hanging, Options.INSTANCE).isDone());
    answer(hanging, 0);
    assertRefused(write(hanging, LARGE));
    hanging.pipeline().fireExceptionCaught(new FrameDecodingException(1, new Exception("long")));
    assertFalse(write(hanging, LARGE).isDone());
    millis += 250;
    assertRefused(write(hanging, LARGE));
  }

  private static Message batch() {
    return new Batch(
        (byte) 0,
        List.of("INSERT"),
        List.of(List.of(ByteBuffer.allocate(LARGE))),
        0,
        0,
        0,
        null,
        0);
  }

  @Test
  void allConnectionsCountAndThoseThatAnswerNothingAreRefused() {
    assertFalse(write(hanging, LARGE).isDone());
    assertFalse(write(hanging, LARGE).isDone());
    millis += 1000;
    assertFalse(write(other, LARGE).isDone());
    assertFalse(write(other, LARGE).isDone());
    assertRefused(write(hanging, LARGE));
    millis += 1000;
    assertRefused(write(other, LARGE));
    assertTrue(hanging.close().isSuccess());
    answer(other, 2);
    assertFalse(write(other, LARGE).isDone());
  }
}
