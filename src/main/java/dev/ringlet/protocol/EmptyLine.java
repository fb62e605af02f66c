package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Finds the empty line that a head, or the trailers of a body, end with (RFC 9112, section 2.1),
 * wherever what comes is cut.
 */
final class EmptyLine {
  static final int NONE = -1;

  /** Of the line that has begun. */
  private int length;

  private boolean isReturn;

  /** How many lines have ended since the last empty one. */
  private int lines;

  int lines() {
    return lines;
  }

  /** The index behind it, or {@value #NONE}. */
  int end(ByteBuf bytes, int from) {
    int last = bytes.writerIndex();
    int line = from;
    while (line < last) {
      int feed = bytes.forEachByte(line, last - line, ByteProcessor.FIND_LF);
      goesOn(bytes, line, feed < 0 ? last : feed);
      if (feed < 0) {
        return NONE;
      }
      line = feed + 1;
      if (ends()) {
        return line;
      }
    }
    return NONE;
  }

  private void goesOn(ByteBuf bytes, int from, int to) {
    if (to > from) {
      isReturn = length == 0 && to - from == 1 && bytes.getByte(from) == '\r';
      length += to - from;
    }
  }

  /** Whether it was the empty one. */
  private boolean ends() {
    boolean empty = length == 0 || isReturn;
    lines = empty ? 0 : lines + 1;
    length = 0;
    isReturn = false;
    return empty;
  }
}
