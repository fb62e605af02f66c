package dev.ringlet.shape;

import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.value.CqlType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schemas of types for one OpenAPI document, and what they refer to. Patterns and bounds
 * assert; {@code format} is an annotation, as OpenAPI 3.1 has it: it tells what nearly all values
 * are, to clients that have a class for it.
 *
 * <p>Many values have forms of several JSON types, as the string and the number of a bigint. There
 * are schemas with all of these, which say exactly what is taken and given; and schemas with the
 * first of them alone, since generators of clients make a class of each union. All that those allow
 * is taken too; of what is given, NaN and the infinities are left out.
 */
public final class TypeSchemas {
  private static final String COMPONENTS = "#/components/schemas/";

  private final boolean allForms;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();

  private record Definition(CqlType type, SchemaUse use) {}

  private TypeSchemas(boolean allForms) {
    this.allForms = allForms;
  }

  /** With every form of a value. */
  public static TypeSchemas ofAllForms() {
    return new TypeSchemas(true);
  }

  /** With the first JSON type of a value alone. */
  public static TypeSchemas ofOneForm() {
    return new TypeSchemas(false);
  }

  /** Writes the schema of values that are not null. */
  public void write(CqlType type, SchemaUse use, JsonGenerator json) throws IOException {
    json.writeStartObject();
    members(type, use, false, json);
    json.writeEndObject();
  }

  /** Writes the schema of values or null. */
  public void writeNullable(CqlType type, SchemaUse use, JsonGenerator json) throws IOException {
    json.writeStartObject();
    members(type, use, true, json);
    json.writeEndObject();
  }

  /** Writes the members of such a schema into an object that has others as well. */
  public void members(CqlType type, SchemaUse use, boolean nullable, JsonGenerator json)
      throws IOException {
    json.writeStringField("x-cql-type", type.cql());
    new Writer(use, json).members(type, nullable);
  }

  /**
   * Writes the components that all schemas so far refer to, as members of the current object, and
   * those that these refer to.
   */
  public void writeDefinitions(JsonGenerator json) throws IOException {
    Map<String, Definition> written = new LinkedHashMap<>();
    while (written.size() < definitions.size()) {
      for (Map.Entry<String, Definition> next : List.copyOf(definitions.entrySet())) {
        if (written.put(next.getKey(), next.getValue()) == null) {
          json.writeObjectFieldStart(next.getKey());
          new Writer(next.getValue().use(), json).fields(next.getValue().type());
          json.writeEndObject();
        }
      }
    }
  }

  /** Writes what a value of a type may look like, for people. */
  public static void writeExample(CqlType type, JsonGenerator json) throws IOException {
    Examples.write(type, json);
  }

  private final class Writer {
    private final SchemaUse use;
    private final JsonGenerator json;

    private Writer(SchemaUse use, JsonGenerator json) {
      this.use = use;
      this.json = json;
    }

    private void members(CqlType type, boolean nullable) throws IOException {
      switch (type.kind()) {
        case SCALAR -> scalar(ScalarSchema.of(type).forms(use), nullable);
        case LIST, SET -> {
          types(List.of("array"), nullable);
          schema("items", type.element());
        }
        case VECTOR -> vector(type, nullable);
        case TUPLE -> tuple(type, nullable);
        case USER_DEFINED -> reference(type, nullable);
        case MAP -> map(type, nullable);
      }
    }

    private void scalar(List<Form> forms, boolean nullable) throws IOException {
      types(forms.stream().map(Form::type).toList(), nullable);
      for (Form form : forms.subList(0, allForms ? forms.size() : 1)) {
        form.writeKeywords(json);
      }
    }

    private void vector(CqlType type, boolean nullable) throws IOException {
      types(List.of("array"), nullable);
      schema("items", type.element());
      length(((VectorType) type.dataType()).getDimensions());
    }

    private void tuple(CqlType type, boolean nullable) throws IOException {
      types(List.of("array"), nullable);
      json.writeArrayFieldStart("prefixItems");
      for (CqlType component : type.parts()) {
        nullable(component);
      }
      json.writeEndArray();
      if (use == SchemaUse.GIVEN) {
        length(type.parts().size());
      } else {
        json.writeNumberField("maxItems", type.parts().size());
      }
    }

    /**
     * Of keys that are no scalars the names of an object would be JSON, of which nothing is said.
     */
    private void map(CqlType type, boolean nullable) throws IOException {
      boolean object = type.key().kind() == CqlType.Kind.SCALAR;
      if (object) {
        boolean pairs = use == SchemaUse.TAKEN;
        types(pairs ? List.of("object", "array") : List.of("object"), nullable);
        json.writeObjectFieldStart("propertyNames");
        ScalarSchema.of(type.key()).name(use).writeKeywords(json);
        json.writeEndObject();
        schema("additionalProperties", type.element());
        if (pairs && allForms) {
          pairs(type);
        }
      } else {
        types(List.of("array"), nullable);
        pairs(type);
      }
    }

    private void pairs(CqlType type) throws IOException {
      json.writeObjectFieldStart("items");
      types(List.of("array"), false);
      json.writeArrayFieldStart("prefixItems");
      schema(type.key());
      schema(type.element());
      json.writeEndArray();
      length(2);
      json.writeEndObject();
    }

    private void reference(CqlType type, boolean nullable) throws IOException {
      UserDefinedType udt = type.userDefined();
      String name = ComponentName.of(udt, use);
      definitions.putIfAbsent(name, new Definition(type, use));
      if (nullable) {
        json.writeArrayFieldStart("anyOf");
        json.writeStartObject();
      }
      json.writeStringField("$ref", COMPONENTS + name);
      if (nullable) {
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "null");
        json.writeEndObject();
        json.writeEndArray();
      }
    }

    private void fields(CqlType type) throws IOException {
      List<String> names = type.fieldNames();
      json.writeStringField("x-cql-type", type.userDefined().getName().asCql(true));
      types(List.of("object"), false);
      json.writeObjectFieldStart("properties");
      for (int i = 0; i < names.size(); i++) {
        json.writeFieldName(names.get(i));
        nullable(type.parts().get(i));
      }
      json.writeEndObject();
      if (use == SchemaUse.GIVEN) {
        json.writeFieldName("required");
        json.writeArray(names.toArray(String[]::new), 0, names.size());
      }
      json.writeBooleanField("additionalProperties", false);
    }

    private void types(List<String> types, boolean nullable) throws IOException {
      List<String> all = new ArrayList<>(allForms ? types : types.subList(0, 1));
      if (nullable) {
        all.add("null");
      }
      json.writeFieldName("type");
      if (all.size() == 1) {
        json.writeString(all.get(0));
      } else {
        json.writeArray(all.toArray(String[]::new), 0, all.size());
      }
    }

    private void length(int items) throws IOException {
      json.writeNumberField("minItems", items);
      json.writeNumberField("maxItems", items);
    }

    private void schema(String name, CqlType type) throws IOException {
      json.writeFieldName(name);
      schema(type);
    }

    private void schema(CqlType type) throws IOException {
      json.writeStartObject();
      members(type, false);
      json.writeEndObject();
    }

    private void nullable(CqlType type) throws IOException {
      json.writeStartObject();
      members(type, true);
      json.writeEndObject();
    }
  }
}
