package dev.ringlet.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A text as the parts of a request hold it. */
final class Text {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Text() {}

  /** A character a byte of UTF-8. */
  static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** As in a URL, everything encoded that may be. */
  static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0);
      encoded.append(plain ? "" + (char) b : "%%%02X".formatted(b & 0xff));
    }
    return encoded.toString();
  }

  /** As a JSON string. */
  static String json(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a path, a filter or CSV has instead of a value's JSON. */
  static String plain(String json) {
    try {
      return json.startsWith("\"") ? JSON.readValue(json, String.class) : json;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a field of CSV. */
  static String csv(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** The name of a column in a query, in double quotes where it must be. */
  static String name(String column) {
    return percent(column.matches("[a-z0-9]+") ? column : quoted(column));
  }

  /** In double quotes, as in lists. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
