package dev.ringlet.bytes;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/**
 * What is made of values, of which there may be no more than three times as many bytes. That is
 * more than most types take; a control character is six bytes in JSON, and the name of a field that
 * is null as long as it likes.
 */
public final class Output extends OutputStream {
  private static final long LEAST = 16 << 20;
  private static final long TIMES = 3;

  /** What there is room for without asking, and what is asked for at a time. */
  private static final int PIECE = 1 << 16;

  private final OutputStream out;
  private final long most;
  private final LongConsumer room;
  private long left;
  private long free = PIECE;

  /**
   * @param bytes of the values
   */
  public Output(OutputStream out, long bytes) {
    this(out, bytes, more -> {});
  }

  /**
   * @param room is asked for so many bytes more before there are more than 64 KiB, and again and
   *     again; it throws if there is none
   */
  public Output(OutputStream out, long bytes, LongConsumer room) {
    this.out = out;
    this.most = most(bytes);
    this.room = room;
    this.left = most;
  }

  @Override
  public void write(int b) throws IOException {
    take(1);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    take(length);
    out.write(bytes, start, length);
  }

  private void take(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw tooMuch(most);
    }
    for (free -= bytes; free < 0; free += PIECE) {
      room.accept(PIECE);
    }
  }

  static long most(long bytes) {
    return Math.max(LEAST, TIMES * bytes);
  }

  static ApiException tooMuch(long most) {
    return new ApiException(
        ErrorCode.LIMIT_EXCEEDED, "The answer would have more than %d bytes.".formatted(most));
  }
}
