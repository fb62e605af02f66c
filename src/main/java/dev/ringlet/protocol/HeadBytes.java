package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Counts what a connection of HTTP/1 has sent that nothing has come of yet, before it is read. */
final class HeadBytes extends ChannelInboundHandlerAdapter {
  private final LongHeads heads;
  private final RequestCheck check;
  private long unread;
  private long kept;

  HeadBytes(LongHeads heads, RequestCheck check) {
    this.heads = heads;
    this.check = check;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    int bytes = ((ByteBuf) message).readableBytes();
    long read = check.read();
    context.fireChannelRead(message);
    unread = check.read() == read && !check.isOver() ? unread + bytes : 0;
    long more = Math.max(0, unread - LongHeads.EACH) - kept;
    if (more != 0) {
      keep(context, more);
    }
  }

  private void keep(ChannelHandlerContext context, long more) {
    if (heads.keep(more)) {
      kept += more;
    } else {
      check.refuse(context);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    heads.release(kept);
    kept = 0;
  }
}
