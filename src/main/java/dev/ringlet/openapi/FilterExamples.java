package dev.ringlet.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringlet.request.Operator;
import dev.ringlet.value.CqlType;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** A filter of each operator on columns of any type, as it is before it is percent-encoded. */
final class FilterExamples {
  private FilterExamples() {}

  static String of(CqlType type, Operator operator) {
    JsonNode example = TypeParts.example(type);
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
