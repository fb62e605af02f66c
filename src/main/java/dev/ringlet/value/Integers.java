package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The integral types: two's complement, big-endian, of one, two, four, eight or (varint) any number
 * of bytes.
 */
final class Integers {
  /** Digits of the longest long, and its sign. */
  static final int LONGEST = 20;

  /**
   * How many digits a number with a fraction or exponent may have or stand for: 1e1000000000 must
   * not become a gigabyte.
   */
  private static final int MAX_EXPANDED_DIGITS = 1000;

  private static final int LONG_DIGITS = 18;

  private Integers() {}

  /** tinyint, smallint and int: a JSON number. */
  static void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    json.writeNumber((int) toLong(value));
  }

  /** bigint, counter and varint: digits in a string, or a JSON number. */
  static void writeLong(ByteBuffer value, JsonGenerator json, NumberForm numbers)
      throws IOException {
    if (value.remaining() > 8) {
      JsonNumbers.write(toBigInteger(value).toString(), json, numbers);
    } else if (numbers == NumberForm.JSON) {
      json.writeNumber(toLong(value));
    } else {
      byte[] digits = new byte[LONGEST];
      json.writeRawUTF8String(digits, 0, NumberOutput.outputLong(toLong(value), digits, 0));
    }
  }

  static String text(ByteBuffer value) {
    return value.remaining() > 8 ? toBigInteger(value).toString() : Long.toString(toLong(value));
  }

  static ByteBuffer parse8(String text) {
    return ByteBuffer.allocate(1).put((byte) inRange(text, 8)).flip();
  }

  static ByteBuffer parse16(String text) {
    return ByteBuffer.allocate(2).putShort((short) inRange(text, 16)).flip();
  }

  static ByteBuffer parse32(String text) {
    return ByteBuffer.allocate(4).putInt((int) inRange(text, 32)).flip();
  }

  static ByteBuffer parse64(String text) {
    return ByteBuffer.allocate(8).putLong(inRange(text, 64)).flip();
  }

  static ByteBuffer parseVarint(String text) {
    return ByteBuffer.wrap(integer(text).toByteArray());
  }

  static int compare(ByteBuffer one, ByteBuffer other) {
    return one.remaining() > 8 || other.remaining() > 8
        ? toBigInteger(one).compareTo(toBigInteger(other))
        : Long.compare(toLong(one), toLong(other));
  }

  /** An integer in text, as a long. */
  static long inRange(String text, int bits) {
    long value =
        digits(text) && text.length() <= LONG_DIGITS
            ? Long.parseLong(text)
            : integer(text).longValueExact();
    if (value >> (bits - 1) != value >> 63) {
      throw new ArithmeticException(text);
    }
    return value;
  }

  /** The value of at most eight bytes. */
  static long toLong(ByteBuffer value) {
    long result = value.get(value.position()); // carries the sign
    for (int i = value.position() + 1; i < value.limit(); i++) {
      result = result << 8 | (value.get(i) & 0xff);
    }
    return result;
  }

  static BigInteger toBigInteger(ByteBuffer value) {
    return new BigInteger(value.array(), value.arrayOffset() + value.position(), value.remaining());
  }

  private static BigInteger integer(String text) {
    if (digits(text)) {
      return new BigInteger(text);
    }
    if (text.length() > MAX_EXPANDED_DIGITS) {
      throw new ArithmeticException(text);
    }
    BigDecimal number = JsonNumbers.parse(text).stripTrailingZeros();
    if (number.scale() > 0 || (long) number.precision() - number.scale() > MAX_EXPANDED_DIGITS) {
      throw new ArithmeticException(text);
    }
    return number.toBigIntegerExact();
  }

  /**
   * Whether the text is digits after an optional minus: Java's own parsers take more than CQL does.
   */
  private static boolean digits(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > start;
  }
}
