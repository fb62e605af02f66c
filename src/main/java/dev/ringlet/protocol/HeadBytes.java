package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts what a connection of HTTP/1 has sent that nothing has come of yet, before it is read. What
 * reads it gets one head or one body at a time: else nobody would know how much of the next head
 * has come with them.
 */
final class HeadBytes extends ChannelInboundHandlerAdapter {
  private final LongHeads all;
  private final ConnectionHeads heads;
  private final RequestCheck check;
  private final EmptyLine headEnd = new EmptyLine();
  private final Chunks chunks = new Chunks();
  private long text;
  private long unread;

  HeadBytes(LongHeads all, RequestCheck check) {
    this.all = all;
    this.heads = new ConnectionHeads(all);
    this.check = check;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    while (!check.isOver() && !context.isRemoved()) {
      int end = end(bytes);
      if (end < 0 || end == bytes.readableBytes()) {
        read(context, bytes);
        return;
      }
      read(context, bytes.readRetainedSlice(end));
    }
    if (check.isOver()) {
      bytes.release();
    } else {
      context.pipeline().fireChannelRead(bytes); // of HTTP/2 from there on
    }
  }

  /** How far the head goes that is coming, or the body; below zero if it goes on. */
  private int end(ByteBuf bytes) {
    if (!check.isInBody()) {
      int end = headEnd.end(bytes, bytes.readerIndex());
      return end < 0 ? end : end - bytes.readerIndex();
    }
    long left = check.bodyLeft();
    return left > 0 ? (int) Math.min(left, bytes.readableBytes()) : chunks.end(bytes);
  }

  private void read(ChannelHandlerContext context, ByteBuf part) {
    int bytes = part.readableBytes();
    long read = check.read();
    context.fireChannelRead(part);
    text = check.read() == read && !check.isInBody() ? text + bytes : 0;
    if (check.isOver() || context.isRemoved()) {
      keep(context, 0);
    } else if (check.isInBody()) {
      keep(context, chunks.trailers());
    } else {
      keep(context, text + (long) LongHeads.FIELD * headEnd.lines());
    }
  }

  private void keep(ChannelHandlerContext context, long now) {
    if (heads.keep(now - unread)) {
      unread = now;
    } else {
      check.refuse(context);
    }
  }

  /** The connection is closed, or goes on as HTTP/2. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    heads.end();
    FieldBlocks.put(context.channel(), all);
  }
}
