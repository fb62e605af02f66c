package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of any length, in the text that JSON has for them. */
final class JsonNumbers {
  /**
   * A JSON number (RFC 8259): Java's own parsers take hexadecimal, suffixes and other scripts'
   * digits as well.
   */
  private static final Pattern NUMBER =
      Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(?:[eE]([+-]?[0-9]+))?");

  private JsonNumbers() {}

  static void write(String digits, JsonGenerator json, NumberForm numbers) throws IOException {
    if (numbers == NumberForm.JSON) {
      json.writeNumber(digits);
    } else {
      json.writeString(digits);
    }
  }

  /** The text, if it is a number. */
  static String require(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return text;
  }

  /** Also the text of a decimal with the least scale, which BigDecimal writes and does not read. */
  static BigDecimal parse(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw new NumberFormatException(text);
    }
    BigDecimal digits = new BigDecimal(number.group(1));
    if (number.group(2) == null) {
      return digits;
    }
    long exponent = Long.parseLong(number.group(2));
    int scale = Math.toIntExact(Math.subtractExact(digits.scale(), exponent));
    return new BigDecimal(digits.unscaledValue(), scale);
  }
}
