package dev.ringlet.guard;

import dev.ringlet.request.Operator;
import dev.ringlet.value.CqlType;
import java.util.Arrays;
import java.util.List;

/** The operators that CQL has for columns of a type, as in its SingleColumnRelation. */
public final class Operators {
  private Operators() {}

  /** All that a column of the type takes in WHERE. */
  public static List<Operator> of(CqlType column) {
    return Arrays.stream(Operator.values()).filter(operator -> takes(column, operator)).toList();
  }

  /** All that a column of the type takes in IF. */
  public static List<Operator> ofConditions(CqlType column) {
    return comparing(column, true);
  }

  /** The symbols of all that what is compared takes in IF. */
  static List<String> of(Part compared) {
    return comparing(compared.type(), compared.isColumn()).stream().map(Operator::symbol).toList();
  }

  private static List<Operator> comparing(CqlType type, boolean column) {
    return Arrays.stream(Operator.values())
        .filter(operator -> compares(type, column, operator))
        .toList();
  }

  /** In IF, as in CQL's ColumnCondition. */
  static boolean compares(Part compared, Operator operator) {
    return compares(compared.type(), compared.isColumn(), operator);
  }

  /**
   * @param column whether it is one, and no part of one
   */
  private static boolean compares(CqlType type, boolean column, Operator operator) {
    return switch (operator.operand()) {
      case VALUE, VALUES -> type.isOrdered() || !operator.isRange();
      case ELEMENT -> type.isCollection() && column;
      case KEY, ENTRY -> type.kind() == CqlType.Kind.MAP && column;
      case PATTERN -> false;
      case PRESENCE -> true;
    };
  }

  /** In WHERE. */
  static boolean takes(CqlType column, Operator operator) {
    return switch (operator.operand()) {
      case VALUE, VALUES ->
          !operator.isOfConditions()
              && !column.isMultiCell()
              && (column.isOrdered() || !operator.isRange());
      case ELEMENT -> column.isCollection();
      case KEY -> column.kind() == CqlType.Kind.MAP;
      case ENTRY -> column.kind() == CqlType.Kind.MAP && column.isMultiCell();
      case PATTERN -> column.isText();
      case PRESENCE -> false;
    };
  }

  /** The types of what is bound: of ENTRY a key and a value, of the others one. */
  static List<CqlType> operands(CqlType column, Operator operator) {
    return switch (operator.operand()) {
      case VALUE, PATTERN, PRESENCE -> List.of(column);
      case VALUES -> List.of(column.listOf());
      case ELEMENT -> List.of(column.element());
      case KEY -> List.of(column.key());
      case ENTRY -> List.of(column.key(), column.element());
    };
  }
}
