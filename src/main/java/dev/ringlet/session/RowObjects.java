package dev.ringlet.session;

import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import io.netty.buffer.ByteBuf;

/**
 * What rows that are read or written take in memory besides their bytes: the driver has an object
 * for each, and for each of their values. Of small values these are many times as much as what is
 * sent.
 */
public final class RowObjects {
  private static final int ROW = 56;
  private static final int VALUE = 80;

  /** The other bit says that it is an answer. */
  private static final int VERSION = 0x7f;

  /** Where this is in the head of an answer. */
  private static final int FLAGS = 1;

  private static final int OPCODE = 4;
  private static final int BODY = 9;

  private RowObjects() {}

  /** In bytes, about. */
  public static long bytes(long rows, long columns) {
    return rows * (ROW + VALUE * columns);
  }

  /**
   * The same of the rows that an answer says it has; 0 of what has none.
   *
   * @param start of the answer: what it says is in the first 128 KiB, but for paging states and
   *     names longer than that, of which nobody knows
   */
  static long bytes(ByteBuf start) {
    ByteBuf answer = start.duplicate();
    int version = answer.getByte(answer.readerIndex()) & VERSION;
    byte flags = answer.getByte(answer.readerIndex() + FLAGS);
    byte opcode = answer.getByte(answer.readerIndex() + OPCODE);
    PrimitiveCodec<ByteBuf> codec = new ByteBufPrimitiveCodec(answer.alloc());
    try {
      answer.skipBytes(BODY);
      skipOthers(answer, flags, codec);
      if (opcode != ProtocolConstants.Opcode.RESULT
          || answer.readInt() != ProtocolConstants.ResultKind.ROWS) {
        return 0;
      }
      int columns = RowsMetadata.decode(answer, codec, false, version).columnCount;
      return bytes(answer.readInt(), columns);
    } catch (IndexOutOfBoundsException | IllegalArgumentException longer) {
      return 0;
    }
  }

  /** What may come before the message itself. */
  private static void skipOthers(ByteBuf answer, byte flags, PrimitiveCodec<ByteBuf> codec) {
    if ((flags & ProtocolConstants.FrameFlag.TRACING) != 0) {
      codec.readUuid(answer);
    }
    if ((flags & ProtocolConstants.FrameFlag.CUSTOM_PAYLOAD) != 0) {
      codec.readBytesMap(answer);
    }
    if ((flags & ProtocolConstants.FrameFlag.WARNING) != 0) {
      codec.readStringList(answer);
    }
  }
}
