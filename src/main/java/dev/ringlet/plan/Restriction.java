package dev.ringlet.plan;

import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import java.util.List;

/** A relation of a WHERE clause. */
record Restriction(Column column, Operator operator, Fragment fragment) {

  /** A column by one value, as key values of a path do. */
  static Restriction equal(Column column, Value value) {
    return new Restriction(column, Operator.EQ, Fragment.equal(column, value));
  }

  List<Value> values() {
    return fragment.values();
  }

  /** Whether it picks single values, as the columns of a key need. */
  boolean picks() {
    return operator.picks();
  }
}
