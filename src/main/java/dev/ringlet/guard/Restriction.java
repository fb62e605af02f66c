package dev.ringlet.guard;

import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.util.List;

/** A relation of a WHERE clause. */
public record Restriction(Column column, Operator operator, Fragment fragment) {

  /** A column by one value, as key values of a path do. */
  static Restriction equal(Column column, Value value) {
    return new Restriction(column, Operator.EQ, Fragment.equal(column, value));
  }

  /** A column by any of some values. */
  static Restriction among(Column column, List<Value> values) {
    if (values.size() == 1) {
      return equal(column, values.get(0));
    }
    CqlType list = Operators.operands(column.type(), Operator.IN).get(0);
    Value all =
        Value.of(column.name(), list, Codecs.list(values.stream().map(Value::bytes).toList()));
    return new Restriction(
        column, Operator.IN, new Fragment(Operator.IN.relation(column.cqlName()), List.of(all)));
  }

  public List<Value> values() {
    return fragment.values();
  }

  /** Among how many values the column may be one. */
  int picked() {
    return operator == Operator.IN ? values().get(0).bytes().getInt(0) : 1;
  }

  /** Whether it picks single values, as the columns of a key need. */
  boolean picks() {
    return operator.picks();
  }
}
