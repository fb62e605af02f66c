package dev.ringlet.local;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection of HTTP/2 by prior knowledge, frame by frame (RFC 9113, section 6). */
public final class RawHttp2 {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GO_AWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;
  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;
  private static final int PRIORITY = 32;
  private static final int PRIORITY_LENGTH = 5;
  private static final int HEAD_LENGTH = 9;

  private final RawHttp connection;
  private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private int stream = -1;
  private boolean dismissed;

  /**
   * @param connection that nothing was sent on yet
   */
  public RawHttp2(RawHttp connection) throws IOException {
    this(connection, new byte[0]);
  }

  /**
   * The same with settings of the client's (section 6.5).
   *
   * @param settings six bytes each
   */
  public RawHttp2(RawHttp connection, byte[] settings) throws IOException {
    this.connection = connection;
    connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    send(SETTINGS, 0, 0, settings);
  }

  public void send(int type, int flags, int stream, byte[] payload) throws IOException {
    connection.send(frame(type, flags, stream, payload));
  }

  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEAD_LENGTH + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Frame(int type, int flags, int stream, byte[] payload) {}

  /** The next one; of type -1 when there are no more. */
  public Frame next() throws IOException {
    byte[] bytes = connection.bytes(HEAD_LENGTH);
    if (bytes.length == 0) {
      return new Frame(-1, 0, 0, bytes);
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    int length = head.get() << 16 | Short.toUnsignedInt(head.getShort());
    Frame frame = new Frame(head.get(), head.get(), head.getInt(), connection.bytes(length));
    dismissed |= frame.type() == GO_AWAY;
    return frame;
  }

  /** What HEADERS say. Those of a connection are to be read one after the other. */
  public Http2Headers fields(Frame headers) throws IOException {
    int skipped = (headers.flags() & PRIORITY) == 0 ? 0 : PRIORITY_LENGTH;
    try {
      return decoder.decodeHeaders(
          headers.stream(), Unpooled.wrappedBuffer(headers.payload()).skipBytes(skipped));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** The status of the answer to a GET; 0 if it is not 200. */
  public int get(String path) throws IOException {
    stream += 2;
    send(HEADERS, END_STREAM | END_HEADERS, stream, head(path));
    int status = -1;
    while (true) {
      Frame frame = next();
      if (frame.type() == -1) {
        throw new IOException("The connection ended before an answer to " + stream);
      }
      if (frame.stream() == stream && frame.type() != WINDOW_UPDATE) {
        if (frame.type() == HEADERS) {
          status = fields(frame).status().toString().equals("200") ? 200 : 0;
        }
        if ((frame.flags() & END_STREAM) != 0 || frame.type() > HEADERS) {
          return status;
        }
      }
    }
  }

  /** Whether it was told to begin no further request. */
  public boolean isDismissed() {
    return dismissed;
  }

  /** Until the other side closes it; a reset is an exception. */
  public void awaitEnd() throws IOException {
    Frame frame;
    do {
      frame = next();
    } while (frame.type() != -1);
  }

  /** The scheme http, the path and the host, without Huffman's code. */
  private static byte[] head(String path) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, 0x04, (byte) path.length()});
    head.writeBytes(path.getBytes(StandardCharsets.US_ASCII));
    head.writeBytes(new byte[] {0x01, 1, 'x'});
    return head.toByteArray();
  }
}
