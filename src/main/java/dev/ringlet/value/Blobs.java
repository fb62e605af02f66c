package dev.ringlet.value;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** blob: base64 (RFC 4648) out, its URL-safe alphabet and missing padding accepted in. */
final class Blobs {
  private Blobs() {}

  static void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    json.writeBinary(
        Base64Variants.MIME_NO_LINEFEEDS,
        value.array(),
        value.arrayOffset() + value.position(),
        value.remaining());
  }

  static String text(ByteBuffer value) {
    return StandardCharsets.ISO_8859_1
        .decode(Base64.getEncoder().encode(value.duplicate()))
        .toString();
  }

  static ByteBuffer parse(String text) {
    boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    return ByteBuffer.wrap((urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
  }
}
