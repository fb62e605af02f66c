package dev.ringlet.http;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes gzip (RFC 1952) as it arrives, chunk by chunk, and gives what is in it piece by piece: what
 * comes out of a chunk may be a thousand times as long, and is never there at once. Members may
 * follow each other; nothing else may follow the last. Each method fails with {@link
 * ErrorCode#INVALID_BODY} if it is no gzip.
 */
final class Gunzip implements AutoCloseable {
  private static final int PIECE = 1 << 14;

  /** The three bytes that each member begins with: gzip, by deflate. */
  private static final int[] MAGIC = {0x1f, 0x8b, 8};

  private static final int RESERVED_FLAGS = 0xe0;
  private static final int FLAGS = 3;

  /** What a member consists of, in this order; some parts are there if a flag says so. */
  private enum Part {
    HEADER(0, 10),
    EXTRA_LENGTH(4, 2),
    EXTRA(4, 0),
    NAME(8, 0),
    COMMENT(16, 0),
    HEADER_CHECKSUM(2, 2),
    DATA(0, 0),
    TRAILER(0, 8);

    private final int flag;
    private final int length;

    Part(int flag, int length) {
      this.flag = flag;
      this.length = length;
    }

    private boolean isIn(int flags) {
      return flag == 0 || (flags & flag) != 0;
    }
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private byte[] chunk = {};
  private int at;
  private boolean any;

  private Part part = Part.HEADER;

  /** So many bytes of the part were read, and the last eight of them are this number. */
  private int read;

  private long number;
  private int flags;
  private long extra;

  /** The next chunk, when nothing comes out of the one before. */
  void take(byte[] next) {
    chunk = next;
    at = 0;
    any |= next.length > 0;
  }

  /** The next bytes that come out of what was taken; none if it needs more. */
  byte[] piece() {
    while (at < chunk.length || part == Part.DATA) {
      if (part != Part.DATA) {
        read(chunk[at++] & 0xff);
        continue;
      }
      byte[] piece = inflate();
      if (piece.length > 0 || part == Part.DATA) {
        return piece;
      }
    }
    return new byte[0];
  }

  /** Nothing more comes. */
  void end() {
    if (!any || part != Part.HEADER || read > 0) {
      throw invalid("The gzip of the body has no end; the rest was not read.");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private byte[] inflate() {
    byte[] piece = new byte[PIECE];
    try {
      inflater.setInput(chunk, at, chunk.length - at);
      int length = inflater.inflate(piece);
      at = chunk.length - inflater.getRemaining();
      checksum.update(piece, 0, length);
      if (inflater.finished()) {
        begin(Part.TRAILER);
      } else if (inflater.needsDictionary()) {
        throw damaged();
      }
      return length == PIECE ? piece : Arrays.copyOf(piece, length);
    } catch (DataFormatException e) {
      throw damaged();
    }
  }

  private void read(int b) {
    number =
        part == Part.TRAILER || part == Part.EXTRA_LENGTH ? number | ((long) b << (8 * read)) : 0;
    switch (part) {
      case HEADER -> header(b);
      case NAME, COMMENT -> {
        if (b == 0) {
          begin(after(part));
        }
        return;
      }
      default -> {}
    }
    read++;
    if (read >= (part == Part.EXTRA ? extra : part.length)) {
      ended();
    }
  }

  private void header(int b) {
    if (read < MAGIC.length && b != MAGIC[read]) {
      throw invalid("The body is not gzip, as Content-Encoding says.");
    }
    if (read == FLAGS) {
      flags = b;
    }
    if (read == FLAGS && (b & RESERVED_FLAGS) != 0) {
      throw damaged();
    }
  }

  private void ended() {
    if (part == Part.EXTRA_LENGTH) {
      extra = number;
    }
    if (part == Part.TRAILER) {
      requireWhole();
      inflater.reset();
      checksum.reset();
      begin(Part.HEADER);
    } else {
      Part next = after(part);
      begin(next == Part.EXTRA && extra == 0 ? after(next) : next);
    }
  }

  /** The checksum and the length, modulo 2³², of what came out. */
  private void requireWhole() {
    if (number != (checksum.getValue() | (inflater.getBytesWritten() << 32))) {
      throw damaged();
    }
  }

  private Part after(Part before) {
    return Arrays.stream(Part.values())
        .filter(next -> next.compareTo(before) > 0 && next.isIn(flags))
        .findFirst()
        .orElseThrow();
  }

  private void begin(Part next) {
    part = next;
    read = 0;
    number = 0;
  }

  private static ApiException damaged() {
    return invalid("The gzip of the body is damaged; the rest was not read.");
  }

  private static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID_BODY, detail);
  }
}
