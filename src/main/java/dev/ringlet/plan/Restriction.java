package dev.ringlet.plan;

import dev.ringlet.request.Operator;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import java.util.List;

/**
 * A relation of a WHERE clause.
 *
 * @param cql with bind markers, one a value
 */
record Restriction(Column column, Operator operator, String cql, List<Value> values) {
  Restriction {
    values = List.copyOf(values);
  }

  /** A column by one value, as key values of a path do. */
  static Restriction equal(Column column, Value value) {
    return new Restriction(column, Operator.EQ, column.cqlName() + " = ?", List.of(value));
  }

  /** Whether it picks single values, as the columns of a key need. */
  boolean picks() {
    return operator == Operator.EQ || operator == Operator.IN;
  }
}
