package dev.ringlet.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ringlet.request.Operator;
import dev.ringlet.shape.TypeSchemas;
import dev.ringlet.value.CqlType;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** Values of every type, and filters by them. */
final class TypeExamples {
  private TypeExamples() {}

  static JsonNode value(CqlType type) {
    return Trees.written(json -> TypeSchemas.writeExample(type, json));
  }

  /** As a path has it, before it is percent-encoded. */
  static JsonNode inPath(CqlType type) {
    JsonNode example = value(type);
    return example.isContainerNode() ? TextNode.valueOf(example.toString()) : example;
  }

  /** As a query has it, before it is percent-encoded. */
  static String filter(CqlType type, Operator operator) {
    JsonNode example = value(type);
    String operand =
        switch (operator.operand()) {
          case VALUE -> text(example);
          case VALUES -> list(List.of(example));
          case ELEMENT -> text(element(type, example));
          case KEY -> key(example);
          case ENTRY ->
              "(" + quoted(key(example)) + "," + quoted(text(element(type, example))) + ")";
          case PATTERN -> text(example) + "%";
          case PRESENCE -> "not_null";
        };
    return operator.symbol() + "." + operand;
  }

  private static String list(List<JsonNode> values) {
    return values.stream()
        .map(value -> quoted(text(value)))
        .collect(Collectors.joining(",", "(", ")"));
  }

  /** An item of a list; commas inside of brackets do not separate. */
  private static String quoted(String item) {
    return item.matches("[^,\"()\\[\\]{}\\\\]+")
        ? item
        : '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  /** Of a map whose entries are pairs, the value of one. */
  private static JsonNode element(CqlType type, JsonNode example) {
    JsonNode first = example.elements().next();
    return type.kind() == CqlType.Kind.MAP && example.isArray() ? first.get(1) : first;
  }

  private static String key(JsonNode map) {
    Iterator<String> names = map.fieldNames();
    return names.hasNext() ? names.next() : text(map.get(0).get(0));
  }
}
