package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.arrayOf;
import static dev.ringlet.openapi.Trees.schema;
import static dev.ringlet.openapi.Trees.texts;
import static dev.ringlet.openapi.Trees.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.request.Operator;
import dev.ringlet.value.CqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The schemas of the filters of a document: one for each type and what may be asked of it. */
final class FilterSchemas {
  private record Key(CqlType type, List<Operator> operators) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && type.equals(key.type) && operators.equals(key.operators);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + operators.hashCode();
    }
  }

  private final Names names;
  private final Map<String, ObjectNode> components;
  private final Map<Key, String> filters = new HashMap<>();

  /**
   * @param components the schemas of the document by their names, to which these are added
   */
  FilterSchemas(Names names, Map<String, ObjectNode> components) {
    this.names = names;
    this.components = components;
  }

  /** The filters on a column of a type, which may be several. */
  ObjectNode of(CqlType type, List<Operator> operators) {
    return schema(
        filters.computeIfAbsent(
            new Key(type, operators),
            key -> {
              String name = names.unique(Names.ofType(type) + kind(operators));
              components.put(name, filter(type, operators));
              return name;
            }));
  }

  private static String kind(List<Operator> operators) {
    if (operators.equals(List.of(Operator.EQ))) {
      return "Equal";
    }
    return operators.stream().anyMatch(Operator::isOfConditions) ? "Conditions" : "Filters";
  }

  private static ObjectNode filter(CqlType type, List<Operator> operators) {
    ObjectNode one =
        type("string")
            .put(
                "pattern",
                operators.stream()
                    .map(Operator::symbol)
                    .collect(Collectors.joining("|", "^(?:", ")\\.")));
    ArrayNode examples =
        texts(operators.stream().map(operator -> TypeExamples.filter(type, operator)).toList());
    one.set("examples", examples);
    return arrayOf(one)
        .put("description", "operator.value, where the value is the text of " + type.cql() + ".");
  }
}
