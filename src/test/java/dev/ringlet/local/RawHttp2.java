package dev.ringlet.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection of HTTP/2 by prior knowledge, one request after the other. */
public final class RawHttp2 {
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PRIORITY = 32;
  private static final int PRIORITY_LENGTH = 5;
  private static final int HEAD_LENGTH = 9;

  /** In HPACK's static table (RFC 7541, appendix A); an answer's first field is its status. */
  private static final int STATUS_200 = 0x88;

  private final RawHttp connection;
  private int stream = -1;
  private boolean dismissed;

  /**
   * @param connection that nothing was sent on yet
   */
  public RawHttp2(RawHttp connection) throws IOException {
    this.connection = connection;
    connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    connection.send(frame(SETTINGS, 0, 0, new byte[0]));
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
  private record Frame(int type, int flags, int stream, byte[] payload) {}

  /** The next one; of type -1 when there are no more. */
  private Frame next() throws IOException {
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

  /** The status of the answer to a GET; 0 if it is not 200. */
  public int get(String path) throws IOException {
    stream += 2;
    connection.send(frame(HEADERS, END_STREAM | END_HEADERS, stream, head(path)));
    int status = -1;
    while (true) {
      Frame frame = next();
      if (frame.type() == -1) {
        throw new IOException("The connection ended before an answer to " + stream);
      }
      if (frame.stream() == stream && frame.type() != WINDOW_UPDATE) {
        if (frame.type() == HEADERS) {
          int fields = (frame.flags() & PRIORITY) == 0 ? 0 : PRIORITY_LENGTH;
          status = (frame.payload()[fields] & 0xff) == STATUS_200 ? 200 : 0;
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
