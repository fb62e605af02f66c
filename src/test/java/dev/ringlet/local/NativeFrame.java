package dev.ringlet.local;

import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A frame of version 4 of the native protocol, not compressed, as it is on the wire. */
public final class NativeFrame {
  private static final int VERSION = 4;
  private static final int HEADER = 9;
  private static final int LENGTH = 5;
  private static final int STREAM = 2;

  /** Where the text of a PREPARE begins, after its length. */
  private static final int TEXT = 4;

  private static final int OPCODE = 4;
  private static final FrameCodec<ByteBuf> CODEC =
      FrameCodec.defaultServer(
          new ByteBufPrimitiveCodec(ByteBufAllocator.DEFAULT), Compressor.none());

  private final byte[] bytes;

  private NativeFrame(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws java.io.EOFException when the other side has closed
   */
  static NativeFrame read(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw new java.io.EOFException();
    }
    byte[] bytes = Arrays.copyOf(header, HEADER + ByteBuffer.wrap(header).getInt(LENGTH));
    in.readFully(bytes, HEADER, bytes.length - HEADER);
    return new NativeFrame(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isStatement() {
    return bytes[OPCODE] == Opcode.EXECUTE || bytes[OPCODE] == Opcode.BATCH;
  }

  boolean isPrepare() {
    return bytes[OPCODE] == Opcode.PREPARE;
  }

  boolean isQuery() {
    return bytes[OPCODE] == Opcode.QUERY;
  }

  /** Whether this is in it, as a statement or a value. */
  boolean has(String text) {
    return new String(bytes, StandardCharsets.UTF_8).contains(text);
  }

  /** A PREPARE without the comment that makes the text another one each time. */
  NativeFrame withoutComment() {
    String text =
        new String(bytes, HEADER + TEXT, bytes.length - HEADER - TEXT, StandardCharsets.UTF_8);
    byte[] plain = text.replaceFirst(" /\\*.*\\*/$", "").getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(HEADER + TEXT + plain.length);
    frame.put(bytes, 0, LENGTH).putInt(TEXT + plain.length).putInt(plain.length).put(plain);
    return new NativeFrame(frame.array());
  }

  /** What it says, if it comes from the driver. */
  public Message message() {
    return CODEC.decode(Unpooled.wrappedBuffer(bytes)).message;
  }

  /** The frame that answers this one with a message. */
  public byte[] answered(Message message) {
    int stream = ByteBuffer.wrap(bytes).getShort(STREAM);
    Frame frame = Frame.forResponse(VERSION, stream, null, Frame.NO_PAYLOAD, List.of(), message);
    return ByteBufUtil.getBytes(CODEC.encode(frame));
  }
}
