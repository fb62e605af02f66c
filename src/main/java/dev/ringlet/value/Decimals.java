package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** decimal: an [int] scale and the unscaled varint. 1.0 and 1.00 differ, and stay different. */
final class Decimals {
  /** Below this exponent BigDecimal, and so we, write in scientific notation. */
  private static final int SMALLEST_PLAIN_EXPONENT = -6;

  /**
   * Of what is taken, in either direction: with the scale -1000000000 a decimal takes five bytes,
   * and Cassandra writes a gigabyte of zeros for it, in {@code CAST(… AS text)} and in its log, or
   * reckons with so many digits in {@code sum}. IEEE 754 has exponents to 6144.
   */
  private static final int MAX_SCALE = 10_000;

  private static final double LOG_2 = Math.log(2);

  private static final double BITS_OF_DIGIT = Math.log(10) / LOG_2;

  /** Those of ten that decimals of {@link Codec#LONGEST_NUMBER} differ by: 200 kB, once needed. */
  private static final AtomicReferenceArray<BigInteger> POWERS =
      new AtomicReferenceArray<>(Codec.LONGEST_NUMBER + 1);

  private Decimals() {}

  static void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    int scale = scale(value);
    if (value.remaining() <= 12 && scale >= 0) {
      byte[] digits = new byte[Integers.LONGEST];
      long unscaled = Integers.toLong(unscaled(value));
      int length = NumberOutput.outputLong(unscaled, digits, 0);
      int sign = unscaled < 0 ? 1 : 0;
      if (length - sign - 1 - scale >= SMALLEST_PLAIN_EXPONENT) {
        writePlain(pointed(digits, length, sign, scale), json, numbers);
        return;
      }
    }
    JsonNumbers.write(text(value), json, numbers);
  }

  /** Cassandra stores a scale without any as well. */
  static boolean hasDigits(ByteBuffer value) {
    return value.remaining() > 4;
  }

  /** As {@link BigDecimal#toString}, which keeps the scale. */
  static String text(ByteBuffer value) {
    return decimal(value).toString();
  }

  static ByteBuffer parse(String text) {
    BigDecimal number = JsonNumbers.parse(text);
    if (number.scale() > MAX_SCALE || number.scale() < -MAX_SCALE) {
      throw new ArithmeticException(text);
    }
    byte[] unscaled = number.unscaledValue().toByteArray();
    return ByteBuffer.allocate(4 + unscaled.length).putInt(number.scale()).put(unscaled).flip();
  }

  /**
   * Of different scales by what they come to nearly, where that differs, and otherwise by making
   * them of one scale. BigDecimal would look for the number of digits of each, which of long ones
   * takes ten times as long.
   */
  static int compare(ByteBuffer one, ByteBuffer other) {
    if (scale(one) == scale(other)) {
      return Integers.compare(unscaled(one), unscaled(other));
    }
    double left = leading(one);
    double right = leading(other);
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return decimal(one).compareTo(decimal(other));
    } else if (left == 0 || right == 0 || left < 0 != right < 0) {
      return Double.compare(left, right);
    }
    double more = bits(left, one) - bits(right, other);
    double error = 1e-9 + 1e-14 * (Math.abs((double) scale(one)) + Math.abs((double) scale(other)));
    if (Math.abs(more) > error) {
      return more > 0 == left > 0 ? 1 : -1;
    }
    return compareAtOneScale(one, other);
  }

  /** Of those that come to nearly the same, so that their scales differ by their digits. */
  private static int compareAtOneScale(ByteBuffer one, ByteBuffer other) {
    BigInteger left = Integers.toBigInteger(unscaled(one));
    BigInteger right = Integers.toBigInteger(unscaled(other));
    int power = scale(other) - scale(one);
    return power > 0
        ? left.multiply(tenToThe(power)).compareTo(right)
        : left.compareTo(right.multiply(tenToThe(-power)));
  }

  /** The first eight bytes of the digits; NaN if some of these say nothing. */
  private static double leading(ByteBuffer value) {
    int start = value.position() + 4;
    if (value.limit() - start <= Long.BYTES) {
      return Integers.toLong(unscaled(value));
    }
    long leading = value.getLong(start);
    return leading >> 54 == leading >> 63 ? Double.NaN : leading;
  }

  /** The binary logarithm of what it comes to. */
  private static double bits(double leading, ByteBuffer value) {
    int more = Math.max(0, value.remaining() - 4 - Long.BYTES);
    return Math.log(Math.abs(leading)) / LOG_2
        + (double) Byte.SIZE * more
        - scale(value) * BITS_OF_DIGIT;
  }

  private static BigInteger tenToThe(int power) {
    if (power >= POWERS.length()) {
      return BigInteger.TEN.pow(power);
    }
    BigInteger known = POWERS.get(power);
    if (known == null) {
      known = BigInteger.TEN.pow(power);
      POWERS.set(power, known);
    }
    return known;
  }

  private static BigDecimal decimal(ByteBuffer value) {
    return new BigDecimal(Integers.toBigInteger(unscaled(value)), scale(value));
  }

  private static int scale(ByteBuffer value) {
    return value.getInt(value.position());
  }

  private static ByteBuffer unscaled(ByteBuffer value) {
    return value.duplicate().position(value.position() + 4);
  }

  private static void writePlain(byte[] digits, JsonGenerator json, NumberForm numbers)
      throws IOException {
    if (numbers == NumberForm.JSON) {
      json.writeNumber(new String(digits, java.nio.charset.StandardCharsets.US_ASCII));
    } else {
      json.writeRawUTF8String(digits, 0, digits.length);
    }
  }

  /**
   * The digits with a point before the last {@code scale} of them, and zeros where there are too
   * few.
   */
  private static byte[] pointed(byte[] digits, int length, int sign, int scale) {
    if (scale == 0) {
      return java.util.Arrays.copyOf(digits, length);
    }
    int whole = Math.max(length - sign - scale, 0);
    int zeros = Math.max(scale - (length - sign), 0);
    byte[] out = new byte[sign + Math.max(whole, 1) + 1 + scale];
    java.util.Arrays.fill(out, (byte) '0');
    System.arraycopy(digits, 0, out, 0, sign + whole);
    int point = sign + Math.max(whole, 1);
    out[point] = '.';
    System.arraycopy(digits, sign + whole, out, point + 1 + zeros, length - sign - whole);
    return out;
  }
}
