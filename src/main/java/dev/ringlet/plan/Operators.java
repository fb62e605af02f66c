package dev.ringlet.plan;

import static java.util.function.Predicate.not;

import dev.ringlet.request.Operator;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The operators that CQL has for columns of a type, as in its SingleColumnRelation. */
final class Operators {

  /**
   * An operator of CQL.
   *
   * @param takes which columns
   * @param operands of which types they are, by the column's
   */
  private record Row(
      Operator operator, Predicate<CqlType> takes, List<UnaryOperator<CqlType>> operands) {}

  private static final Predicate<CqlType> WHOLE = not(CqlType::isMultiCell);
  private static final Predicate<CqlType> ORDERED = WHOLE.and(CqlType::isOrdered);
  private static final Predicate<CqlType> MAP = type -> type.kind() == CqlType.Kind.MAP;
  private static final List<UnaryOperator<CqlType>> SAME = List.of(UnaryOperator.identity());

  private static final List<Row> TABLE =
      List.of(
          new Row(Operator.EQ, WHOLE, SAME),
          new Row(Operator.IN, WHOLE, List.of(CqlType::listOf)),
          new Row(Operator.LT, ORDERED, SAME),
          new Row(Operator.LTE, ORDERED, SAME),
          new Row(Operator.GT, ORDERED, SAME),
          new Row(Operator.GTE, ORDERED, SAME),
          new Row(Operator.CONTAINS, CqlType::isCollection, List.of(CqlType::element)),
          new Row(Operator.CONTAINS_KEY, MAP, List.of(CqlType::key)),
          new Row(
              Operator.ENTRY,
              MAP.and(CqlType::isMultiCell),
              List.of(CqlType::key, CqlType::element)),
          new Row(Operator.LIKE, CqlType::isText, SAME));

  private Operators() {}

  /** All that a column of the type takes. */
  static List<Operator> of(CqlType column) {
    return TABLE.stream().filter(row -> row.takes().test(column)).map(Row::operator).toList();
  }

  static boolean takes(CqlType column, Operator operator) {
    return row(operator).takes().test(column);
  }

  /** The types of what is bound: of ENTRY a key and a value, of the others one. */
  static List<CqlType> operands(CqlType column, Operator operator) {
    return row(operator).operands().stream().map(operand -> operand.apply(column)).toList();
  }

  private static Row row(Operator operator) {
    return TABLE.stream().filter(row -> row.operator() == operator).findFirst().orElseThrow();
  }
}
