package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** uuid and timeuuid: sixteen bytes; 36 characters (RFC 9562). */
final class Uuids {
  private static final int LENGTH = 36;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Uuids() {}

  static void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    json.writeRawUTF8String(characters(value), 0, LENGTH);
  }

  static String text(ByteBuffer value) {
    return new String(characters(value), StandardCharsets.US_ASCII);
  }

  static ByteBuffer parse(String text) {
    return bytes(uuid(text));
  }

  static ByteBuffer parseTimeUuid(String text) {
    UUID uuid = uuid(text);
    if (uuid.version() != 1) {
      throw new IllegalArgumentException(text);
    }
    return bytes(uuid);
  }

  /**
   * {@code UUID.fromString} takes short and overlong groups too: what it understood must be what
   * was written.
   */
  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException(text);
    }
    return uuid;
  }

  private static ByteBuffer bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .flip();
  }

  private static byte[] characters(ByteBuffer value) {
    byte[] out = new byte[LENGTH];
    int at = 0;
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        out[at++] = '-';
      }
      byte b = value.get(value.position() + i);
      out[at++] = HEX[(b >> 4) & 0xf];
      out[at++] = HEX[b & 0xf];
    }
    return out;
  }
}
