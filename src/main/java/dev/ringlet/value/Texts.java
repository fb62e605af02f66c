package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** ascii and text: the characters' bytes. */
final class Texts {
  private static final byte REPLACEMENT = '?';

  private Texts() {}

  static void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    byte[] bytes = value.array();
    int start = value.arrayOffset() + value.position();
    int length = value.remaining();
    if (isAscii(bytes, start, length) || isUtf8(bytes, start, length)) {
      json.writeUTF8String(bytes, start, length);
    } else {
      json.writeString(text(value));
    }
  }

  /** Of most texts this is all that is asked. */
  private static boolean isAscii(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Cassandra stores more: two bytes for U+0000, halves of surrogate pairs, what is above Unicode.
   */
  private static boolean isUtf8(byte[] bytes, int start, int length) {
    return ByteBufUtil.isText(Unpooled.wrappedBuffer(bytes, start, length), StandardCharsets.UTF_8);
  }

  static String text(ByteBuffer value) {
    return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
  }

  static ByteBuffer parse(String text) {
    return encode(text, StandardCharsets.UTF_8);
  }

  static ByteBuffer parseAscii(String text) {
    return encode(text, StandardCharsets.US_ASCII);
  }

  /**
   * Refuses what the charset cannot hold, a lone surrogate in UTF-8 included, where String.getBytes
   * would put a '?'.
   */
  private static ByteBuffer encode(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    return has(bytes, REPLACEMENT) ? encodeStrictly(text, charset) : ByteBuffer.wrap(bytes);
  }

  private static boolean has(byte[] bytes, byte wanted) {
    for (byte one : bytes) {
      if (one == wanted) {
        return true;
      }
    }
    return false;
  }

  private static ByteBuffer encodeStrictly(String text, Charset charset) {
    try {
      return charset.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
