package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import dev.ringlet.request.Operator;
import java.util.Arrays;
import java.util.List;

/** The operators that CQL has for columns of a type, as in its SingleColumnRelation. */
final class Operators {
  private Operators() {}

  static List<Operator> of(DataType type) {
    return Arrays.stream(Operator.values()).filter(operator -> apply(operator, type)).toList();
  }

  static boolean apply(Operator operator, DataType type) {
    return switch (operator.operand()) {
      case VALUE, VALUES -> isWhole(type) && !(operator.isRange() && hasDuration(type));
      case ELEMENT ->
          type instanceof ListType || type instanceof SetType || type instanceof MapType;
      case KEY -> type instanceof MapType;
      case ENTRY -> type instanceof MapType map && !map.isFrozen();
      case PATTERN -> isString(type);
    };
  }

  /** Whether its values are compared as a whole. */
  private static boolean isWhole(DataType type) {
    return !hasElements(type) && !(type instanceof UserDefinedType udt && !udt.isFrozen());
  }

  /** Whether it is a collection of which each element has a cell of its own. */
  static boolean hasElements(DataType type) {
    return (type instanceof ListType list && !list.isFrozen())
        || (type instanceof SetType set && !set.isFrozen())
        || (type instanceof MapType map && !map.isFrozen());
  }

  static boolean isString(DataType type) {
    return type.equals(DataTypes.TEXT) || type.equals(DataTypes.ASCII);
  }

  /** Durations have no order, and nothing that is made of them has one; but vectors do. */
  private static boolean hasDuration(DataType type) {
    if (type instanceof UserDefinedType udt) {
      return udt.getFieldTypes().stream().anyMatch(Operators::hasDuration);
    }
    if (type instanceof TupleType tuple) {
      return tuple.getComponentTypes().stream().anyMatch(Operators::hasDuration);
    }
    if (type instanceof ListType list) {
      return hasDuration(list.getElementType());
    }
    if (type instanceof SetType set) {
      return hasDuration(set.getElementType());
    }
    return type instanceof MapType map
        ? hasDuration(map.getKeyType()) || hasDuration(map.getValueType())
        : type.equals(DataTypes.DURATION);
  }
}
