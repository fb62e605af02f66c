package dev.ringlet.row;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.ringlet.value.CqlType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Between the text forms of values and dsbulk's, by the defaults of its codecs. They differ in
 * booleans, in timestamps without an offset, which are UTC, and in maps whose keys are no scalars:
 * their keys are JSON in a string.
 */
public enum DsbulkText {
  /** To what dsbulk writes. */
  WRITTEN {
    @Override
    String scalar(CqlType type, String text) {
      return type.isBoolean() ? text.equals("true") ? "1" : "0" : text;
    }

    @Override
    boolean differs(CqlType type) {
      return (type.kind() == CqlType.Kind.MAP
              && (type.key().isBoolean() || type.key().kind() != CqlType.Kind.SCALAR))
          || type.parts().stream().anyMatch(this::differs);
    }

    @Override
    void element(CqlType type, JsonParser json, JsonGenerator out) throws IOException {
      out.copyCurrentEventExact(json);
    }

    @Override
    void pairs(CqlType map, JsonParser json, JsonGenerator out) throws IOException {
      out.writeStartObject();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        json.nextToken();
        StringWriter key = new StringWriter();
        try (JsonGenerator keys = JSON.createGenerator(key)) {
          copy(map.key(), json, keys);
        }
        out.writeFieldName(key.toString());
        json.nextToken();
        copy(map.element(), json, out);
        json.nextToken();
      }
      out.writeEndObject();
    }
  },

  /** From what dsbulk writes and reads. */
  READ {
    @Override
    String scalar(CqlType type, String text) {
      if (type.isBoolean()) {
        return switch (text.toLowerCase(Locale.ROOT)) {
          case "1", "y", "t", "yes" -> "true";
          case "0", "n", "f", "no" -> "false";
          default -> text;
        };
      } else if (type.dataType().equals(DataTypes.TIMESTAMP)) {
        return DAY.matcher(text).matches()
            ? text + "T00:00Z"
            : MINUTE.matcher(text).matches() ? text + "Z" : text;
      }
      return text;
    }

    @Override
    boolean differs(CqlType type) {
      return type.isBoolean()
          || type.dataType().equals(DataTypes.TIMESTAMP)
          || type.parts().stream().anyMatch(this::differs);
    }

    @Override
    void element(CqlType type, JsonParser json, JsonGenerator out) throws IOException {
      String text = scalar(type, json.getText());
      if (type.isBoolean() && (text.equals("true") || text.equals("false"))) {
        out.writeBoolean(text.equals("true"));
      } else if (text.equals(json.getText())) {
        out.copyCurrentEventExact(json);
      } else {
        out.writeString(text);
      }
    }

    @Override
    void pairs(CqlType map, JsonParser json, JsonGenerator out) throws IOException {
      out.copyCurrentStructureExact(json);
    }
  };

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MINUTE =
      Pattern.compile(DAY + "[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?");

  /** Of fields, which have their limit; names are keys of maps, and none is kept. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** The other form of a text; one that is no value stays as it is. */
  public String of(CqlType type, String text) {
    if (type.kind() == CqlType.Kind.SCALAR) {
      return scalar(type, text);
    }
    return differs(type) ? json(type, text) : text;
  }

  abstract String scalar(CqlType type, String text);

  /** Whether a container has something inside of which the forms differ. */
  abstract boolean differs(CqlType type);

  /** A scalar inside of a container. */
  abstract void element(CqlType type, JsonParser json, JsonGenerator out) throws IOException;

  /** A map that is an array of keys and values. */
  abstract void pairs(CqlType map, JsonParser json, JsonGenerator out) throws IOException;

  private String json(CqlType type, String text) {
    StringWriter out = new StringWriter();
    try (JsonParser json = JSON.createParser(text);
        JsonGenerator generator = JSON.createGenerator(out)) {
      if (json.nextToken() == null) {
        return text;
      }
      copy(type, json, generator);
      while (json.nextToken() != null) {
        generator.copyCurrentEventExact(json); // it is refused with what else is there
      }
    } catch (IOException e) {
      return text;
    }
    return out.toString();
  }

  void copy(CqlType type, JsonParser json, JsonGenerator out) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> members(type, json, out);
      case START_ARRAY -> elements(type, json, out);
      case VALUE_NULL -> out.writeNull();
      default -> element(type, json, out);
    }
  }

  private void members(CqlType type, JsonParser json, JsonGenerator out) throws IOException {
    boolean map = type.kind() == CqlType.Kind.MAP;
    if (!map && type.kind() != CqlType.Kind.USER_DEFINED) {
      out.copyCurrentStructureExact(json);
      return;
    }
    out.writeStartObject();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      out.writeFieldName(map ? of(type.key(), name) : name);
      json.nextToken();
      int field = map ? 1 : type.fieldNames().indexOf(name);
      part(type, field, json, out);
    }
    out.writeEndObject();
  }

  private void elements(CqlType type, JsonParser json, JsonGenerator out) throws IOException {
    if (type.kind() == CqlType.Kind.MAP) {
      pairs(type, json, out);
      return;
    }
    boolean tuple = type.kind() == CqlType.Kind.TUPLE;
    out.writeStartArray();
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      part(type, tuple ? i : 0, json, out);
    }
    out.writeEndArray();
  }

  /** What the type does not have is refused with the value. */
  private void part(CqlType type, int part, JsonParser json, JsonGenerator out) throws IOException {
    if (part >= 0 && part < type.parts().size()) {
      copy(type.parts().get(part), json, out);
    } else {
      out.copyCurrentStructureExact(json);
    }
  }
}
