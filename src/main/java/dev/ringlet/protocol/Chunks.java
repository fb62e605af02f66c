package dev.ringlet.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Follows a body that comes in chunks (RFC 9112, section 7.1). What reads it has the fields behind
 * the last chunk in memory, and shows nothing of them before their end.
 */
final class Chunks {
  private static final int HEXADECIMAL = 16;

  private enum Part {
    SIZE,
    EXTENSIONS,
    DATA,
    END_OF_DATA,
    TRAILERS
  }

  private final EmptyLine trailersEnd = new EmptyLine();
  private Part part = Part.SIZE;
  private long left;
  private long trailers;

  /** How many bytes of this end the body; {@value EmptyLine#NONE} if it goes on. */
  int end(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int last = bytes.writerIndex();
    while (at < last) {
      switch (part) {
        case DATA -> {
          int some = (int) Math.min(left, last - at);
          at += some;
          left -= some;
          part = left == 0 ? Part.END_OF_DATA : Part.DATA;
        }
        case TRAILERS -> {
          int end = trailersEnd.end(bytes, at);
          if (end > 0) {
            part = Part.SIZE;
            trailers = 0;
            return end - bytes.readerIndex();
          }
          trailers += last - at;
          at = last;
        }
        default -> {
          line(bytes.getByte(at));
          at++;
        }
      }
    }
    return EmptyLine.NONE;
  }

  private void line(byte next) {
    if (next == '\n') {
      boolean data = part != Part.END_OF_DATA && left > 0;
      part = part == Part.END_OF_DATA ? Part.SIZE : data ? Part.DATA : Part.TRAILERS;
    } else if (part == Part.SIZE) {
      int digit = Character.digit(next, HEXADECIMAL);
      part = digit < 0 ? Part.EXTENSIONS : Part.SIZE;
      left = digit < 0 ? left : Math.min(left * HEXADECIMAL + digit, Integer.MAX_VALUE);
    }
  }

  /** What the trailers that have come take in memory. */
  long trailers() {
    return trailers + (long) LongHeads.FIELD * trailersEnd.lines();
  }
}
