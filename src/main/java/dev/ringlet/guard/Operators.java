package dev.ringlet.guard;

import dev.ringlet.request.Operator;
import dev.ringlet.value.CqlType;
import java.util.Arrays;
import java.util.List;

/** The operators that CQL has for columns of a type, as in its SingleColumnRelation. */
final class Operators {
  private Operators() {}

  /** All that a column of the type takes. */
  static List<Operator> of(CqlType column) {
    return Arrays.stream(Operator.values()).filter(operator -> takes(column, operator)).toList();
  }

  static boolean takes(CqlType column, Operator operator) {
    return switch (operator.operand()) {
      case VALUE, VALUES -> !column.isMultiCell() && (column.isOrdered() || !operator.isRange());
      case ELEMENT -> column.isCollection();
      case KEY -> column.kind() == CqlType.Kind.MAP;
      case ENTRY -> column.kind() == CqlType.Kind.MAP && column.isMultiCell();
      case PATTERN -> column.isText();
    };
  }

  /** The types of what is bound: of ENTRY a key and a value, of the others one. */
  static List<CqlType> operands(CqlType column, Operator operator) {
    return switch (operator.operand()) {
      case VALUE, PATTERN -> List.of(column);
      case VALUES -> List.of(column.listOf());
      case ELEMENT -> List.of(column.element());
      case KEY -> List.of(column.key());
      case ENTRY -> List.of(column.key(), column.element());
    };
  }
}
