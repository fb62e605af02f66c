package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;

/** Counts what a connection of HTTP/1 has sent that nothing has come of yet, before it is read. */
final class HeadBytes extends ChannelInboundHandlerAdapter {
  private final ConnectionHeads heads;
  private final RequestCheck check;
  private long unread;

  HeadBytes(LongHeads all, RequestCheck check) {
    this.heads = new ConnectionHeads(all);
    this.check = check;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    long bytes = size((ByteBuf) message);
    long read = check.read();
    context.fireChannelRead(message);
    long now = check.read() == read && !check.isOver() ? unread + bytes : 0;
    if (!heads.keep(now - unread)) {
      check.refuse(context);
    }
    unread = now;
  }

  /** With what it takes in memory, if it is of a head. */
  private long size(ByteBuf part) {
    return part.readableBytes() + (check.isInBody() ? 0 : (long) LongHeads.FIELD * lines(part));
  }

  private static int lines(ByteBuf part) {
    int lines = 0;
    int at = part.readerIndex();
    do {
      at = part.forEachByte(at, part.writerIndex() - at, ByteProcessor.FIND_LF) + 1;
      lines += at > 0 ? 1 : 0;
    } while (at > 0);
    return lines;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    heads.end();
  }
}
