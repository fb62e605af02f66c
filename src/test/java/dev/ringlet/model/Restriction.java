package dev.ringlet.model;

import java.util.List;

/**
 * What a path, a filter or a rule says of a column.
 *
 * @param operator eq, in, lt, lte, gt or gte
 */
record Restriction(String column, String operator, List<String> values) {
  static Restriction eq(String column, String value) {
    return new Restriction(column, "eq", List.of(value));
  }

  static Restriction in(String column, List<String> values) {
    return new Restriction(column, "in", values);
  }

  boolean isRange() {
    return !operator.equals("eq") && !operator.equals("in");
  }

  boolean holds(Shape shape, String value) {
    if (!isRange()) {
      return values.contains(value);
    }
    int order =
        shape.isInt(column)
            ? Integer.compare(Integer.parseInt(value), Integer.parseInt(values.get(0)))
            : value.compareTo(values.get(0));
    return switch (operator) {
      case "lt" -> order < 0;
      case "lte" -> order <= 0;
      case "gt" -> order > 0;
      default -> order >= 0;
    };
  }
}
