package dev.ringlet.guard;

import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A relation of a WHERE clause, or one of an IF.
 *
 * @param columns one; several where CQL compares tuples of consecutive clustering columns
 */
public record Restriction(List<Column> columns, Operator operator, Fragment fragment) {
  public Restriction {
    columns = List.copyOf(columns);
  }

  static Restriction of(Column column, Operator operator, Fragment fragment) {
    return new Restriction(List.of(column), operator, fragment);
  }

  /** A column by one value, as key values of a path do. */
  static Restriction equal(Column column, Value value) {
    return of(column, Operator.EQ, Fragment.equal(column, value));
  }

  /** A column by any of some values. */
  static Restriction among(Column column, List<Value> values) {
    if (values.size() == 1) {
      return equal(column, values.get(0));
    }
    CqlType list = Operators.operands(column.type(), Operator.IN).get(0);
    Value all =
        Value.of(column.name(), list, Codecs.list(values.stream().map(Value::bytes).toList()));
    return of(
        column, Operator.IN, new Fragment(Operator.IN.relation(column.cqlName()), List.of(all)));
  }

  /** The first of its columns. */
  public Column column() {
    return columns.get(0);
  }

  boolean isOn(Column column) {
    return columns.contains(column);
  }

  boolean isTuple() {
    return columns.size() > 1;
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

  /**
   * Of a condition, whether it holds of no row that is not there: what has no value is null, and
   * null is other than any value. A collection that is not frozen is null while it is empty.
   */
  public boolean impliesRow() {
    return !column().isStatic() && (operator == Operator.NE) == comparesNull();
  }

  private boolean comparesNull() {
    Value compared = values().get(values().size() - 1);
    CqlType type = column().type();
    if (type.hasElementCells() && compared.type().equals(type.listOf())) {
      return hasEmpty(compared.bytes().duplicate());
    }
    return compared.isNull()
        || (type.hasElementCells() && compared.type().equals(type) && isEmpty(compared.bytes()));
  }

  private static boolean isEmpty(ByteBuffer collection) {
    return collection.getInt(collection.position()) == 0;
  }

  /**
   * @param collections a list of them, as the native protocol has it
   */
  private static boolean hasEmpty(ByteBuffer collections) {
    for (int left = collections.getInt(); left > 0; left--) {
      int length = collections.getInt();
      if (isEmpty(collections)) {
        return true;
      }
      collections.position(collections.position() + length);
    }
    return false;
  }
}
