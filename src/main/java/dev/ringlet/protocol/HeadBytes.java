package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

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
    int bytes = ((ByteBuf) message).readableBytes();
    long read = check.read();
    context.fireChannelRead(message);
    long now = check.read() == read && !check.isOver() ? unread + bytes : 0;
    if (!heads.keep(now - unread)) {
      check.refuse(context);
    }
    unread = now;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    heads.end();
  }
}
