package dev.ringlet.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of one JSON type. Forms of several types can stand in one schema, since each keyword is
 * about one type alone.
 *
 * @param keywords those that say more: texts and numbers
 */
record Form(String type, Map<String, Object> keywords) {

  /** How long a number in text may be, and one in JSON by default. */
  private static final int LONGEST_NUMBER = 1000;

  Form(String type) {
    this(type, Map.of());
  }

  /** Strings of which all matches the pattern. */
  static Form string(String pattern) {
    return new Form("string").with("pattern", "^(?:" + pattern + ")$");
  }

  /** The same of numbers. */
  static Form digits(String pattern) {
    return string(pattern).with("maxLength", BigDecimal.valueOf(LONGEST_NUMBER));
  }

  Form with(String keyword, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(keywords);
    all.put(keyword, value);
    return new Form(type, Collections.unmodifiableMap(all));
  }

  Form between(long least, long most) {
    return between(BigDecimal.valueOf(least), BigDecimal.valueOf(most));
  }

  Form between(BigDecimal least, BigDecimal most) {
    return with("minimum", least).with("maximum", most);
  }

  void writeKeywords(JsonGenerator json) throws IOException {
    for (Map.Entry<String, Object> keyword : keywords.entrySet()) {
      json.writeFieldName(keyword.getKey());
      if (keyword.getValue() instanceof BigDecimal number) {
        json.writeNumber(number);
      } else {
        json.writeString(keyword.getValue().toString());
      }
    }
  }
}
