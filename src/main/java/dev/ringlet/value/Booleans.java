package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** boolean: a byte, 0 for false. As text in any case, as in CQL. */
final class Booleans {
  private Booleans() {}

  static void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    json.writeBoolean(bool(value));
  }

  static String text(ByteBuffer value) {
    return Boolean.toString(bool(value));
  }

  static ByteBuffer parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> ByteBuffer.wrap(new byte[] {1});
      case "false" -> ByteBuffer.wrap(new byte[] {0});
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static boolean bool(ByteBuffer value) {
    return value.get(value.position()) != 0;
  }
}
