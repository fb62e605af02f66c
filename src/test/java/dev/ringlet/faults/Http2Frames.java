package dev.ringlet.faults;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What clients send by HTTP/2 (RFC 9113), byte by byte. */
final class Http2Frames {
  static final int CANCEL = 8;
  static final byte[] NONE = {};

  /** SETTINGS_INITIAL_WINDOW_SIZE; with none at all, nothing is begun. */
  static final byte[] WINDOW_OF_ONE_BYTE = {0, 4, 0, 0, 0, 1};

  private Http2Frames() {}

  /** Prior knowledge. */
  @CanIgnoreReturnValue
  static RawHttp begin(RawHttp connection, byte[] settings) throws IOException {
    connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    connection.send(RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, settings));
    return connection;
  }

  /** The scheme http, the path and the host, without Huffman's code (HPACK, RFC 7541). */
  static byte[] head(int method, String path) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(method);
    head.write(0x86);
    head.write(0x04);
    head.write(path.length());
    head.writeBytes(path.getBytes(StandardCharsets.US_ASCII));
    head.write(0x01);
    head.write(1);
    head.write('x');
    return head.toByteArray();
  }

  static byte[] get(String path) {
    return head(0x82, path);
  }

  /** The same for rows of that media type. */
  static byte[] get(String path, String accept) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(get(path));
    head.write(0);
    head.write("accept".length());
    head.writeBytes("accept".getBytes(StandardCharsets.US_ASCII));
    head.write(accept.length());
    head.writeBytes(accept.getBytes(StandardCharsets.US_ASCII));
    return head.toByteArray();
  }
}
