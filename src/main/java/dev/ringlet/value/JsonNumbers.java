package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers of any length, in the text that JSON has for them. */
final class JsonNumbers {
  /**
   * A JSON number (RFC 8259): Java's own parsers take hexadecimal, suffixes and other scripts'
   * digits as well.
   */
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,10})?");

  private JsonNumbers() {}

  static void write(String digits, JsonGenerator json, NumberForm numbers) throws IOException {
    if (numbers == NumberForm.JSON) {
      json.writeNumber(digits);
    } else {
      json.writeString(digits);
    }
  }

  static BigDecimal parse(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return new BigDecimal(text);
  }
}
