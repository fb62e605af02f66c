package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * float and double (IEEE 754). A decimal fraction becomes the nearest number there is, as in CQL;
 * one beyond the range, or so small that nothing would be left of it, is refused.
 */
final class Floats {
  private static final Pattern ZERO = Pattern.compile("-?[0.]+([eE].*)?");

  private Floats() {}

  static void writeFloat(ByteBuffer value, JsonGenerator json, NumberForm numbers)
      throws IOException {
    json.writeNumber(value.getFloat(value.position())); // quotes NaN and the infinities
  }

  static void writeDouble(ByteBuffer value, JsonGenerator json, NumberForm numbers)
      throws IOException {
    json.writeNumber(value.getDouble(value.position()));
  }

  static String floatText(ByteBuffer value) {
    return NumberOutput.toString(value.getFloat(value.position()), true);
  }

  static String doubleText(ByteBuffer value) {
    return NumberOutput.toString(value.getDouble(value.position()), true);
  }

  static ByteBuffer parseFloat(String text) {
    float value =
        switch (text) {
          case "NaN" -> Float.NaN;
          case "Infinity" -> Float.POSITIVE_INFINITY;
          case "-Infinity" -> Float.NEGATIVE_INFINITY;
          default -> (float) inRange(JsonNumbers.require(text), Float.parseFloat(text));
        };
    return ByteBuffer.allocate(4).putFloat(value).flip();
  }

  static ByteBuffer parseDouble(String text) {
    double value =
        switch (text) {
          case "NaN" -> Double.NaN;
          case "Infinity" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          default -> inRange(JsonNumbers.require(text), Double.parseDouble(text));
        };
    return ByteBuffer.allocate(8).putDouble(value).flip();
  }

  static int compareFloats(ByteBuffer one, ByteBuffer other) {
    return Float.compare(one.getFloat(one.position()), other.getFloat(other.position()));
  }

  static int compareDoubles(ByteBuffer one, ByteBuffer other) {
    return Double.compare(one.getDouble(one.position()), other.getDouble(other.position()));
  }

  private static double inRange(String text, double nearest) {
    if (Double.isInfinite(nearest) || (nearest == 0 && !ZERO.matcher(text).matches())) {
      throw new ArithmeticException(text);
    }
    return nearest;
  }
}
