package dev.ringlet.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import dev.ringlet.schema.Column;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A term in the SET of an UPDATE.
 *
 * @param place the column or field, as CQL writes it
 * @param idempotent whether doing it twice is the same as doing it once
 */
public record Assignment(Operation operation, String place, Value value, boolean idempotent) {

  /**
   * What PATCH can do to a column; most by a name in the body. Of several, Cassandra does what
   * comes first here before the others.
   */
  enum Operation {
    SET(""),
    SET_FIELD(""),
    ADD("$add"),
    PREPEND("$prepend"),
    REMOVE("$remove"),
    INCREMENT("$inc");

    private final String symbol;

    Operation(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }

    /** Those that a body names, of a column of this type. */
    static List<Operation> of(CqlType type) {
      if (type.isCounter()) {
        return List.of(INCREMENT);
      } else if (!type.hasElementCells()) {
        return List.of();
      }
      return type.kind() == CqlType.Kind.LIST
          ? List.of(ADD, REMOVE, PREPEND)
          : List.of(ADD, REMOVE);
    }

    /** The type of its operand. */
    CqlType operand(CqlType column) {
      return this == REMOVE && column.kind() == CqlType.Kind.MAP ? column.key().setOf() : column;
    }

    private String cql(String place) {
      return switch (this) {
        case SET, SET_FIELD -> place + " = ?";
        case ADD, INCREMENT -> place + " = " + place + " + ?";
        case REMOVE -> place + " = " + place + " - ?";
        case PREPEND -> place + " = ? + " + place;
      };
    }

    private boolean isIdempotent(CqlType column) {
      return this == REMOVE || (this == ADD && column.isIdempotent());
    }
  }

  /** What PATCH takes for a column of this type besides a value: operators, with their operands. */
  public static Map<String, CqlType> operators(CqlType column) {
    Map<String, CqlType> operators = new LinkedHashMap<>();
    Operation.of(column)
        .forEach(operation -> operators.put(operation.symbol(), operation.operand(column)));
    return operators;
  }

  /** A column takes the value, is deleted by null, or stays as it is. */
  public static Assignment set(Column column, Value value) {
    return new Assignment(Operation.SET, column.cqlName(), value, value.isIdempotent());
  }

  /** The column stays as it is, a counter too. */
  public static Assignment none(Column column) {
    Value unset = Value.unset(column);
    return column.type().isCounter()
        ? new Assignment(Operation.INCREMENT, column.cqlName(), unset, true)
        : set(column, unset);
  }

  /** One field of a user-defined type that is not frozen takes a value. */
  static Assignment field(Column column, CqlIdentifier field, Value value) {
    String place = column.cqlName() + "." + Column.cql(field);
    return new Assignment(Operation.SET_FIELD, place, value, true);
  }

  /** What an operator in the body does. */
  static Assignment of(Column column, Operation operation, ByteBuffer operand) {
    Value value = Value.of(column.name(), operation.operand(column.type()), operand);
    return new Assignment(
        operation, column.cqlName(), value, operation.isIdempotent(column.type()));
  }

  /** With one bind marker. */
  public Fragment fragment() {
    return Fragment.of(operation.cql(place), value);
  }

  /** Whether the column takes the value, as an INSERT could write it too. */
  public boolean isSet() {
    return operation == Operation.SET;
  }

  /** Whether it writes one field of a column, beside which others may be written. */
  public boolean isField() {
    return operation == Operation.SET_FIELD;
  }

  /** Whether it and another of its kind come to the same in either order. */
  public boolean commutes() {
    return operation == Operation.INCREMENT
        || operation == Operation.REMOVE
        || (operation == Operation.ADD && value.type().kind() == CqlType.Kind.SET);
  }

  /** Whether Cassandra looks for what it changes: elements of a list by their value. */
  public boolean reads() {
    return operation == Operation.REMOVE && value.type().kind() == CqlType.Kind.LIST;
  }

  /** Whether its operand comes to what is stored. */
  public boolean writes() {
    return operation != Operation.REMOVE;
  }
}
