package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnsentBytesTest {
  private static final int BYTES = 1 << 20;

  /** A client that takes nothing. */
  private static final class Full extends ChannelOutboundHandlerAdapter {
    @Override
    public void flush(ChannelHandlerContext context) {
      // the socket has no room
    }
  }

  private final EmbeddedChannel channel = new EmbeddedChannel(new Full());
  private final List<Long> counted = new ArrayList<>();

  @Test
  void anAnswerCountsUntilItIsTaken() {
    ChannelFuture answer = channel.write(Unpooled.buffer(BYTES).writeZero(BYTES));
    UnsentBytes.countConnection(channel, counted::add);
    assertEquals(1, counted.size());
    assertTrue(counted.get(0) > BYTES / 2, counted.toString());
    channel.unsafe().flush();
    assertTrue(answer.isSuccess());
    assertEquals(2, counted.size());
    assertEquals(0, counted.get(0) + counted.get(1));
    assertTrue(channel.finishAndReleaseAll());
  }

  @Test
  void ofAConnectionThatIsClosedNothingCounts() {
    channel.close().syncUninterruptibly();
    UnsentBytes.countConnection(channel, counted::add);
    assertEquals(List.of(), counted);
  }
}
