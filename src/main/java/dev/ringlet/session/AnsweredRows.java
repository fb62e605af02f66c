package dev.ringlet.session;

import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import io.netty.buffer.ByteBuf;

/** The rows that an answer of Cassandra says it has, before they are read. */
record AnsweredRows(int rows, int columns) {
  private static final AnsweredRows NONE = new AnsweredRows(0, 0);

  /** The other bit says that it is an answer. */
  private static final int VERSION = 0x7f;

  /** Where this is in the head of an answer. */
  private static final int FLAGS = 1;

  private static final int OPCODE = 4;
  private static final int BODY = 9;

  /**
   * Those of an answer; none of what has none.
   *
   * @param start of the answer: what it says is in the first 128 KiB, but for paging states and
   *     names longer than that, of which nobody knows
   */
  static AnsweredRows of(ByteBuf start) {
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
        return NONE;
      }
      int columns = RowsMetadata.decode(answer, codec, false, version).columnCount;
      return new AnsweredRows(answer.readInt(), columns);
    } catch (IndexOutOfBoundsException | IllegalArgumentException longer) {
      return NONE;
    }
  }

  /** What may come before the message itself. */
  private static void skipOthers(ByteBuf answer, byte flags, PrimitiveCodec<ByteBuf> codec) {
    if ((flags & ProtocolConstants.FrameFlag.TRACING) != 0) {
      codec.readUuid(answer);
    }
    if ((flags & ProtocolConstants.FrameFlag.WARNING) != 0) {
      codec.readStringList(answer);
    }
    if ((flags & ProtocolConstants.FrameFlag.CUSTOM_PAYLOAD) != 0) {
      codec.readBytesMap(answer);
    }
  }

  /** What they take as objects. */
  long bytes() {
    return RowObjects.bytes(rows, columns);
  }
}
