package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
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
 * What bytes mean to a table or type, as a text: two have the same one only if they take the same
 * bytes for the same values. User-defined types are spelt out, since they keep their names when
 * their fields are renamed.
 */
public final class Shape {
  private Shape() {}

  /** With its id: a table that was dropped and made again is another one. */
  static String of(RelationMetadata table) {
    List<String> parts = new ArrayList<>();
    parts.add(table.getId().map(Object::toString).orElse(""));
    table.getPrimaryKey().forEach(column -> parts.add(column(column)));
    parts.add("");
    table.getColumns().values().forEach(column -> parts.add(column(column)));
    return String.join(";", parts);
  }

  /** Whether it is frozen is left out: no message of the protocol tells it of a bind marker. */
  public static String of(DataType type) {
    if (type instanceof UserDefinedType udt) {
      return name(udt.getKeyspace()) + "." + name(udt.getName()) + fields(udt);
    } else if (type instanceof TupleType tuple) {
      return "tuple" + of(tuple.getComponentTypes());
    } else if (type instanceof MapType map) {
      return "map" + of(List.of(map.getKeyType(), map.getValueType()));
    } else if (type instanceof ListType list) {
      return "list" + of(List.of(list.getElementType()));
    } else if (type instanceof SetType set) {
      return "set" + of(List.of(set.getElementType()));
    } else if (type instanceof VectorType vector) {
      return "vector" + vector.getDimensions() + of(List.of(vector.getElementType()));
    }
    return type.asCql(false, false);
  }

  private static String of(List<DataType> types) {
    return types.stream().map(Shape::of).collect(Collectors.joining(",", "<", ">"));
  }

  private static String fields(UserDefinedType udt) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < udt.getFieldNames().size(); i++) {
      fields.add(name(udt.getFieldNames().get(i)) + " " + of(udt.getFieldTypes().get(i)));
    }
    return fields.stream().collect(Collectors.joining(",", "{", "}"));
  }

  private static String column(ColumnMetadata column) {
    return name(column.getName())
        + " "
        + of(column.getType())
        + (column.isStatic() ? " static" : "");
  }

  private static String name(CqlIdentifier name) {
    return name.asCql(false);
  }
}
