package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.util.ReferenceCountUtil;
import java.util.Set;

/**
 * Counts what a connection of HTTP/2 has sent of a head whose last frame has not come (RFC 9113,
 * section 4.3), as nothing comes of it until then. It is there from the first byte on.
 */
final class FieldBlocks extends ChannelInboundHandlerAdapter {
  /** What a client begins with (section 3.4). */
  private static final int PREFACE = 24;

  /** Of each frame (section 4.1): its length, type, flags, and stream. */
  private static final int FRAME_HEAD = 9;

  private static final int STREAM = 4;

  /** The types of frames that have parts of heads. A promise is refused only with its last one. */
  private static final Set<Integer> BLOCKS =
      Set.of(
          (int) Http2FrameTypes.HEADERS,
          (int) Http2FrameTypes.PUSH_PROMISE,
          (int) Http2FrameTypes.CONTINUATION);

  private final ConnectionHeads heads;
  private int left = PREFACE;
  private int missing = FRAME_HEAD;
  private long head;
  private long kept;
  private boolean ends;
  private boolean over;

  private FieldBlocks(LongHeads all) {
    this.heads = new ConnectionHeads(all);
  }

  /** Into a connection, if it is of HTTP/2; nothing may have been read of it yet. */
  static void put(Channel connection, LongHeads all) {
    ChannelHandlerContext reader = connection.pipeline().context(Http2ConnectionHandler.class);
    if (reader != null) {
      connection.pipeline().addBefore(reader.name(), null, new FieldBlocks(all));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && !over && !follow(bytes)) {
      over = true;
      context.fireExceptionCaught(
          Http2Exception.connectionError(
              Http2Error.ENHANCE_YOUR_CALM, "There is no room for the head that is coming."));
    }
    if (over) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Whether there is room for it. */
  private boolean follow(ByteBuf bytes) {
    int at = bytes.readerIndex();
    boolean room = true;
    while (room && at < bytes.writerIndex()) {
      if (left > 0) {
        int part = Math.min(left, bytes.writerIndex() - at);
        at += part;
        payload(part);
      } else {
        room = head(bytes.getUnsignedByte(at));
        at++;
      }
    }
    return room;
  }

  private boolean head(short next) {
    missing--;
    head = missing < STREAM ? head : head << Byte.SIZE | next;
    return missing > 0 || begins();
  }

  private boolean begins() {
    int flags = (int) head & 0xff;
    int type = (int) (head >> Byte.SIZE) & 0xff;
    left = (int) (head >> Short.SIZE);
    head = 0;
    missing = FRAME_HEAD;
    boolean part = BLOCKS.contains(type);
    ends = part && (flags & Http2Flags.END_HEADERS) != 0;
    boolean whole = ends && kept == 0;
    boolean room = !part || whole || keep(left);
    payload(0);
    return room;
  }

  private boolean keep(long bytes) {
    boolean room = heads.keep(bytes);
    kept += room ? bytes : 0;
    return room;
  }

  private void payload(int part) {
    left -= part;
    if (left == 0 && ends) {
      ends = false;
      boolean unused = keep(-kept); // there is room for less
    }
  }

  /** The connection is closed. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    heads.end();
  }
}
