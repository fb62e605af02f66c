package dev.ringlet.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import dev.ringlet.schema.Table;
import java.nio.ByteBuffer;

/**
 * A term in the SET of an UPDATE.
 *
 * @param cql with one bind marker
 * @param idempotent whether doing it twice is the same as doing it once
 */
public record Assignment(String cql, Value value, boolean idempotent) {

  /** What PATCH can do to a column, by the name it has there. */
  enum Operation {
    ADD("$add", "%s = %1$s + ?"),
    REMOVE("$remove", "%s = %1$s - ?"),
    PREPEND("$prepend", "%s = ? + %1$s"),
    INCREMENT("$inc", "%s = %1$s + ?");

    private final String symbol;
    private final String cql;

    Operation(String symbol, String cql) {
      this.symbol = symbol;
      this.cql = cql;
    }

    String symbol() {
      return symbol;
    }

    /** The type of its operand. */
    DataType operand(DataType column) {
      return this == REMOVE && column instanceof MapType map
          ? DataTypes.setOf(map.getKeyType())
          : column;
    }

    Assignment of(ColumnMetadata column, ByteBuffer operand) {
      boolean list = column.getType() instanceof ListType;
      boolean idempotent = this == REMOVE || (this == ADD && !list);
      return new Assignment(
          cql.formatted(Table.cql(column.getName())),
          Value.of(column.getName(), operand(column.getType()), operand),
          idempotent);
    }
  }

  /** A column takes the value, is deleted by null, or stays as it is. */
  public static Assignment set(Value value) {
    return new Assignment(Table.cql(value.name()) + " = ?", value, value.isIdempotent());
  }

  /** The column stays as it is, a counter too. */
  public static Assignment none(ColumnMetadata column) {
    Value unset = Value.unset(column);
    String name = Table.cql(column.getName());
    return column.getType().equals(DataTypes.COUNTER)
        ? new Assignment("%s = %s + ?".formatted(name, name), unset, true)
        : set(unset);
  }

  /** Whether the column takes the value, as an INSERT could write it too. */
  public boolean isSet() {
    return cql.equals(set(value).cql());
  }

  /** Whether its operand comes to what is stored. */
  public boolean writes() {
    return !cql.endsWith(" - ?");
  }

  /** One field of a user-defined type that is not frozen takes a value. */
  static Assignment field(ColumnMetadata column, CqlIdentifier field, Value value) {
    return new Assignment(
        Table.cql(column.getName()) + "." + Table.cql(field) + " = ?", value, true);
  }
}
