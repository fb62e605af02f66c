package dev.ringlet.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.value.Codec;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of one JSON type. Forms of several types can stand in one schema, since each keyword is
 * about one type alone.
 *
 * @param keywords those that say more: texts, numbers and schemas
 */
record Form(String type, Map<String, Object> keywords) {

  Form(String type) {
    this(type, Map.of());
  }

  /** Strings that are all as the pattern says. */
  static Form string(String pattern) {
    return matching("^(?:" + pattern + ")$");
  }

  /** The same of numbers. */
  static Form digits(String pattern) {
    return string(pattern).with("maxLength", BigDecimal.valueOf(Codec.LONGEST_NUMBER));
  }

  /** Strings in which the pattern is found. */
  static Form matching(String pattern) {
    return new Form("string").with("pattern", pattern);
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

  /** Without those that this is about. */
  Form not(Form refused) {
    return with("not", refused);
  }

  void writeKeywords(JsonGenerator json) throws IOException {
    for (Map.Entry<String, Object> keyword : keywords.entrySet()) {
      json.writeFieldName(keyword.getKey());
      if (keyword.getValue() instanceof BigDecimal number) {
        json.writeNumber(number);
      } else if (keyword.getValue() instanceof Form form) {
        json.writeStartObject();
        json.writeStringField("type", form.type());
        form.writeKeywords(json);
        json.writeEndObject();
      } else {
        json.writeString(keyword.getValue().toString());
      }
    }
  }
}
