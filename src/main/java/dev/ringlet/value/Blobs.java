package dev.ringlet.value;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** blob: base64 (RFC 4648) out, its URL-safe alphabet and missing padding accepted in. */
final class Blobs {
  /** A blob as CQL writes it. */
  private static final Pattern CQL = Pattern.compile("0[xX][0-9a-fA-F]*");

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

  /**
   * Refuses what base64 would change: bits of the last character that no byte has (RFC 4648, 3.5),
   * and CQL's form where it can be told from base64 that lacks its padding.
   */
  static ByteBuffer parse(String text) {
    boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    byte[] bytes = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    int last = bytes.length % 3;
    Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
    byte[] end = encoder.encode(Arrays.copyOfRange(bytes, bytes.length - last, bytes.length));
    if (!padded(text).endsWith(new String(end, StandardCharsets.ISO_8859_1))
        || (text.length() % 4 != 0 && CQL.matcher(text).matches())) {
      throw new IllegalArgumentException("not canonical");
    }
    return ByteBuffer.wrap(bytes);
  }

  private static String padded(String text) {
    return text + "=".repeat((4 - text.length() % 4) % 4);
  }
}
