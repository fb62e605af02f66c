package dev.ringlet.shape;

import com.datastax.oss.driver.api.core.type.VectorType;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.value.CqlType;
import java.io.IOException;

/** Values of every type, for people to look at. */
final class Examples {
  private Examples() {}

  static void write(CqlType type, JsonGenerator json) throws IOException {
    switch (type.kind()) {
      case SCALAR -> ScalarSchema.of(type).writeExample(json);
      case LIST, SET -> repeat(type.element(), 1, json);
      case VECTOR -> repeat(type.element(), ((VectorType) type.dataType()).getDimensions(), json);
      case TUPLE -> {
        json.writeStartArray();
        for (CqlType component : type.parts()) {
          write(component, json);
        }
        json.writeEndArray();
      }
      case USER_DEFINED -> {
        json.writeStartObject();
        for (int i = 0; i < type.parts().size(); i++) {
          json.writeFieldName(type.fieldNames().get(i));
          write(type.parts().get(i), json);
        }
        json.writeEndObject();
      }
      case MAP -> map(type, json);
    }
  }

  private static void map(CqlType type, JsonGenerator json) throws IOException {
    if (type.key().kind() == CqlType.Kind.SCALAR) {
      json.writeStartObject();
      json.writeFieldName(ScalarSchema.of(type.key()).example());
      write(type.element(), json);
      json.writeEndObject();
    } else {
      json.writeStartArray();
      json.writeStartArray();
      write(type.key(), json);
      write(type.element(), json);
      json.writeEndArray();
      json.writeEndArray();
    }
  }

  private static void repeat(CqlType element, int times, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < times; i++) {
      write(element, json);
    }
    json.writeEndArray();
  }
}
