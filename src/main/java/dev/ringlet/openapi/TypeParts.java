package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.schema;
import static dev.ringlet.openapi.Trees.texts;
import static dev.ringlet.openapi.Trees.type;
import static dev.ringlet.openapi.Trees.written;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.row.Assignment;
import dev.ringlet.row.MadeTypes;
import dev.ringlet.shape.SchemaUse;
import dev.ringlet.shape.TypeSchemas;
import dev.ringlet.value.CqlType;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What documents say of types: the schemas of their values, of changes to them, of filters. */
final class TypeParts {
  private record ValueKey(CqlType type, SchemaUse use, boolean nullable) {
    String suffix() {
      return (use == SchemaUse.TAKEN ? "Input" : "Value") + (nullable ? "OrNull" : "");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ValueKey key
          && use == key.use
          && nullable == key.nullable
          && type.equals(key.type);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + use.hashCode();
    }
  }

  /** Characters of a schema that a reference would not make shorter. */
  private static final int SHORT = 100;

  private static final double LARGE = 1e300;

  private final boolean allForms;
  private final TypeSchemas types;
  private final Names names = new Names();
  private final Map<ValueKey, ObjectNode> values = new HashMap<>();
  private final Map<CqlType, String> changes = new LinkedHashMap<>();
  private final Map<String, ObjectNode> components = new LinkedHashMap<>();
  private final FilterSchemas filters = new FilterSchemas(names, components);

  TypeParts(boolean allForms) {
    this.allForms = allForms;
    this.types = allForms ? TypeSchemas.ofAllForms() : TypeSchemas.ofOneForm();
  }

  /** The filters on columns. */
  FilterSchemas filters() {
    return filters;
  }

  /** The values of a type, or null. */
  ObjectNode nullable(CqlType type, SchemaUse use) {
    return shared(new ValueKey(type, use, true));
  }

  /** The values of a type. */
  ObjectNode value(CqlType type, SchemaUse use) {
    return shared(new ValueKey(type, use, false));
  }

  /** What takes long to say is said once, and referred to. */
  private ObjectNode shared(ValueKey key) {
    return values.computeIfAbsent(key, this::found);
  }

  private ObjectNode found(ValueKey key) {
    ObjectNode schema = schemaOf(key);
    if (key.use() == SchemaUse.TAKEN) {
      MadeTypes.member(key.type().dataType())
          .ifPresent(
              member ->
                  schema.put(
                      "description",
                      "As the whole value of a column, {\"" + member + "\": true} is taken too."));
    }
    if (key.type().kind() != CqlType.Kind.SCALAR || schema.toString().length() <= SHORT) {
      return schema;
    }
    String name = names.unique(Names.ofType(key.type()) + key.suffix());
    components.put(name, schema);
    return schema(name);
  }

  private ObjectNode schemaOf(ValueKey key) {
    return (ObjectNode)
        finite(
            written(
                json -> {
                  if (key.nullable()) {
                    types.writeNullable(key.type(), key.use(), json);
                  } else {
                    types.write(key.type(), key.use(), json);
                  }
                }));
  }

  /**
   * The text of a value in a path: what is no text, number or boolean is JSON there. Of bytes it is
   * the text alone, for openapi-generator has no path of those.
   */
  ObjectNode text(CqlType type) {
    if (type.kind() != CqlType.Kind.SCALAR) {
      return type("string").put("x-cql-type", type.cql());
    }
    ObjectNode schema = schemaOf(new ValueKey(type, SchemaUse.TAKEN, false));
    boolean bytes = schema.path("format").asText().equals("byte");
    return bytes ? schema.without("format") : value(type, SchemaUse.TAKEN);
  }

  /** What becomes of a column by a PATCH: a value, null, or operators. */
  ObjectNode change(CqlType type) {
    Map<String, CqlType> operators = Assignment.operators(type);
    if (operators.isEmpty()) {
      return nullable(type, SchemaUse.TAKEN);
    }
    return isArray(type)
        ? elements(type, operators)
        : schema(changes.computeIfAbsent(type, its -> named(its, operators)));
  }

  private static boolean isArray(CqlType type) {
    return type.kind() == CqlType.Kind.MAP
        ? type.key().kind() != CqlType.Kind.SCALAR
        : !type.isCounter();
  }

  /**
   * An array, or operators: clients that have one type for it take the first. Those that
   * openapi-generator makes cannot be compiled if elements are other than plain.
   */
  private ObjectNode elements(CqlType type, Map<String, CqlType> operators) {
    ObjectNode change = schemaOf(new ValueKey(type, SchemaUse.TAKEN, true));
    JsonNode items = change.get("items");
    if (!allForms && !isPlain(items)) {
      return change.put(
          "description",
          "Or an object of operators: "
              + String.join(", ", operators.keySet())
              + ", each with an array.");
    }
    change.set("type", texts(List.of("array", "object", "null")));
    change.set("properties", operands(operators));
    return change.put("additionalProperties", false);
  }

  private static boolean isPlain(JsonNode type) {
    return !type.has("$ref")
        && !type.has("format")
        && !type.get("type").asText().matches("array|object");
  }

  private String named(CqlType type, Map<String, CqlType> operators) {
    ObjectNode change;
    if (type.isCounter()) {
      change = type("object").put("description", "What is added to a counter.");
      change.set("properties", operands(operators));
      change.set("required", texts(operators.keySet()));
      change.put("additionalProperties", false);
    } else {
      change = schemaOf(new ValueKey(type, SchemaUse.TAKEN, true));
      change.remove("propertyNames"); // operators are none of its keys
      change.put(
          "description",
          "The whole map; or what becomes of some entries, if a member begins with $.");
      change.set("properties", operands(operators));
    }
    String name = names.unique(Names.ofType(type) + "Changes");
    components.put(name, change);
    return name;
  }

  private ObjectNode operands(Map<String, CqlType> operators) {
    ObjectNode properties = object();
    operators.forEach((symbol, operand) -> properties.set(symbol, value(operand, SchemaUse.TAKEN)));
    return properties;
  }

  /** Writes what all the others refer to. */
  void writeTo(References references, JsonGenerator json) throws IOException {
    components.values().forEach(references::note);
    references.write("schemas", components, json);
    references.write(definitions(), json);
  }

  private Map<String, JsonNode> definitions() {
    Map<String, JsonNode> definitions = new LinkedHashMap<>();
    finite(
            written(
                json -> {
                  json.writeStartObject();
                  types.writeDefinitions(json);
                  json.writeEndObject();
                }))
        .properties()
        .forEach(definition -> definitions.put(definition.getKey(), definition.getValue()));
    return definitions;
  }

  /**
   * Without bounds as far apart that openapi-generator cannot tell how far; the format has them.
   */
  private static JsonNode finite(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("maximum").asDouble() > LARGE) {
      object.remove(List.of("minimum", "maximum"));
    }
    for (JsonNode part : schema) {
      JsonNode unused = finite(part);
    }
    return schema;
  }
}
