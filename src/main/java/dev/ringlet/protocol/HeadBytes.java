package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;

/**
 * Counts what a connection of HTTP/1 has sent that nothing has come of yet, before it is read. What
 * reads it gets one head or one body at a time: else nobody would know how much of the next head
 * has come with them.
 */
final class HeadBytes extends ChannelInboundHandlerAdapter {
  private static final int UNKNOWN = -1;
  private static final short CRLF = '\r' << 8 | '\n';

  private final LongHeads all;
  private final ConnectionHeads heads;
  private final RequestCheck check;
  private long unread;

  HeadBytes(LongHeads all, RequestCheck check) {
    this.all = all;
    this.heads = new ConnectionHeads(all);
    this.check = check;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int end = end(bytes);
    while (end > 0 && end < bytes.readableBytes()) {
      readToEnd(context, bytes.readRetainedSlice(end));
      end = end(bytes);
      if (context.isRemoved()) {
        context.pipeline().fireChannelRead(bytes); // of HTTP/2 from there on
        return;
      }
    }
    if (end > 0) {
      readToEnd(context, bytes);
    } else {
      read(context, bytes);
    }
  }

  /** How far the head goes that is coming, or the body; {@value #UNKNOWN} if nobody knows. */
  private int end(ByteBuf bytes) {
    if (!check.isInBody()) {
      return endOfHead(bytes);
    }
    long left = check.bodyLeft();
    return left > 0 ? (int) Math.min(left, bytes.readableBytes()) : UNKNOWN;
  }

  /** Behind the first line that is empty; a line feed alone ends none. */
  private static int endOfHead(ByteBuf bytes) {
    int last = bytes.writerIndex();
    int line = bytes.readerIndex();
    do {
      line = bytes.forEachByte(line, last - line, ByteProcessor.FIND_LF) + 1;
      if (line > 0 && last - line > 1 && bytes.getShort(line) == CRLF) {
        return line + 2 - bytes.readerIndex();
      }
    } while (line > 0);
    return UNKNOWN;
  }

  private void readToEnd(ChannelHandlerContext context, ByteBuf part) {
    long bytes = size(part);
    long read = check.read();
    context.fireChannelRead(part);
    keep(context, check.read() == read ? unread + bytes : 0);
  }

  /** What a request ends with in chunks, or began with before, may be in it. */
  private void read(ChannelHandlerContext context, ByteBuf part) {
    long bytes = size(part);
    long read = check.read();
    ByteBuf same = part.retainedDuplicate();
    context.fireChannelRead(part);
    if (check.read() == read) {
      keep(context, unread + bytes);
    } else {
      keep(context, check.isInBody() ? 0 : size(behindLastHead(same)));
    }
    same.release();
  }

  /** Behind the last line that is empty; all of it, if there is none. */
  private static ByteBuf behindLastHead(ByteBuf bytes) {
    for (int end = endOfHead(bytes); end > 0; end = endOfHead(bytes)) {
      bytes.skipBytes(end);
    }
    return bytes;
  }

  private void keep(ChannelHandlerContext context, long now) {
    long kept = check.isOver() || context.isRemoved() ? 0 : now;
    if (!heads.keep(kept - unread)) {
      check.refuse(context);
    }
    unread = kept;
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

  /** The connection is closed, or goes on as HTTP/2. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    heads.end();
    FieldBlocks.put(context.channel(), all);
  }
}
