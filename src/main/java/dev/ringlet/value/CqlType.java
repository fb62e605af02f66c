package dev.ringlet.value;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A CQL type, and what statements have to know of it. It is found out once, so that nobody else
 * asks which of the driver's classes a type is.
 *
 * @param dataType the type as the driver knows it
 * @param isMultiCell Cassandra's word for a value that is stored in parts, each of which can be
 *     written alone: a collection or user-defined type that is not frozen
 * @param parts the types of elements; of keys and values; of components; of fields in their order
 */
public record CqlType(DataType dataType, Kind kind, boolean isMultiCell, List<CqlType> parts) {

  /** What a type is made of. */
  public enum Kind {
    SCALAR,
    LIST,
    SET,
    MAP,
    VECTOR,
    TUPLE,
    USER_DEFINED
  }

  public static final CqlType INT = of(DataTypes.INT);
  public static final CqlType BIGINT = of(DataTypes.BIGINT);
  public static final CqlType FLOAT = of(DataTypes.FLOAT);

  public static CqlType of(DataType type) {
    if (type instanceof ListType list) {
      return of(list, Kind.LIST, !list.isFrozen(), List.of(list.getElementType()));
    } else if (type instanceof SetType set) {
      return of(set, Kind.SET, !set.isFrozen(), List.of(set.getElementType()));
    } else if (type instanceof MapType map) {
      return of(map, Kind.MAP, !map.isFrozen(), List.of(map.getKeyType(), map.getValueType()));
    } else if (type instanceof VectorType vector) {
      return of(vector, Kind.VECTOR, false, List.of(vector.getElementType()));
    } else if (type instanceof TupleType tuple) {
      return of(tuple, Kind.TUPLE, false, tuple.getComponentTypes());
    } else if (type instanceof UserDefinedType udt) {
      return of(udt, Kind.USER_DEFINED, !udt.isFrozen(), udt.getFieldTypes());
    }
    return new CqlType(type, Kind.SCALAR, false, List.of());
  }

  private static CqlType of(DataType type, Kind kind, boolean isMultiCell, List<DataType> parts) {
    return new CqlType(type, kind, isMultiCell, parts.stream().map(CqlType::of).toList());
  }

  /** The kind follows from the driver's type, which does not tell the frozen from the others. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CqlType type
            && isMultiCell == type.isMultiCell
            && dataType.equals(type.dataType)
            && parts.equals(type.parts));
  }

  @Override
  public int hashCode() {
    return dataType.hashCode();
  }

  /** The list of such values. */
  public CqlType listOf() {
    return of(DataTypes.listOf(dataType));
  }

  /** The tuple of values of these types. */
  public static CqlType tupleOf(List<CqlType> types) {
    return of(DataTypes.tupleOf(types.stream().map(CqlType::dataType).toArray(DataType[]::new)));
  }

  /** The set of such values. */
  public CqlType setOf() {
    return of(DataTypes.setOf(dataType));
  }

  /** As CQL writes it. */
  public String cql() {
    return dataType.asCql(true, true);
  }

  public boolean isCounter() {
    return dataType.equals(DataTypes.COUNTER);
  }

  public boolean isBoolean() {
    return dataType.equals(DataTypes.BOOLEAN);
  }

  /** Whether its values are texts. */
  public boolean isText() {
    return dataType.equals(DataTypes.TEXT) || dataType.equals(DataTypes.ASCII);
  }

  public boolean isCollection() {
    return kind == Kind.LIST || kind == Kind.SET || kind == Kind.MAP;
  }

  /** Whether it is a collection of which each element has a cell of its own. */
  public boolean hasElementCells() {
    return isMultiCell && isCollection();
  }

  /** Whether it is a user-defined type of which each field has a cell of its own. */
  public boolean hasFieldCells() {
    return isMultiCell && kind == Kind.USER_DEFINED;
  }

  /** The type of a collection's or vector's elements, which are the values of a map. */
  public CqlType element() {
    return parts.get(parts.size() - 1);
  }

  /** The type of a map's keys. */
  public CqlType key() {
    return parts.get(0);
  }

  /** What the driver knows of a user-defined type besides. */
  public UserDefinedType userDefined() {
    return (UserDefinedType) dataType;
  }

  /** The names of a user-defined type's fields, in their order. */
  public List<CqlIdentifier> fields() {
    return userDefined().getFieldNames();
  }

  /** The same as texts. */
  public List<String> fieldNames() {
    return fields().stream().map(CqlIdentifier::asInternal).toList();
  }

  /**
   * Whether values are before or after one another. Durations are not, nor what has them inside.
   */
  public boolean isOrdered() {
    return kind == Kind.VECTOR
        || (!dataType.equals(DataTypes.DURATION) && parts.stream().allMatch(CqlType::isOrdered));
  }

  /**
   * Whether writing a value twice is the same as writing it once: two writes of a list that is not
   * frozen may leave the elements of both, for each element has a place of its own in time.
   */
  public boolean isIdempotent() {
    return !(kind == Kind.LIST && isMultiCell);
  }

  /**
   * What bytes mean to the type, as a text: two types have the same one only if they take the same
   * bytes for the same values. User-defined types are spelt out, since they keep their names when
   * their fields are renamed. Whether it is frozen is left out: no message of the protocol tells it
   * of a bind marker.
   */
  public String shape() {
    return switch (kind) {
      case SCALAR -> dataType.asCql(false, false);
      case USER_DEFINED -> fieldShapes(userDefined());
      case VECTOR -> "vector" + ((VectorType) dataType).getDimensions() + partShapes();
      case LIST -> "list" + partShapes();
      case SET -> "set" + partShapes();
      case MAP -> "map" + partShapes();
      case TUPLE -> "tuple" + partShapes();
    };
  }

  private String partShapes() {
    return parts.stream().map(CqlType::shape).collect(Collectors.joining(",", "<", ">"));
  }

  private String fieldShapes(UserDefinedType udt) {
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      shapes.add(fields().get(i).asCql(false) + " " + parts.get(i).shape());
    }
    return "%s.%s{%s}"
        .formatted(
            udt.getKeyspace().asCql(false), udt.getName().asCql(false), String.join(",", shapes));
  }
}
