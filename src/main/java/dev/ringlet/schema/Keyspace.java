package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.type.UserDefinedType;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A keyspace, as far as it is exposed.
 *
 * @param tables and views, sorted by name
 */
public record Keyspace(String name, List<Table> tables) {

  /** The user-defined types that the tables' columns are made of, at any depth, sorted by name. */
  public List<UserDefinedType> types() {
    SortedMap<String, UserDefinedType> types = new TreeMap<>();
    for (Table table : tables) {
      table.columns().forEach(column -> collect(column.type(), types));
    }
    return List.copyOf(types.values());
  }

  private static void collect(CqlType type, Map<String, UserDefinedType> types) {
    if (type.kind() == CqlType.Kind.USER_DEFINED) {
      types.put(type.userDefined().getName().asInternal(), type.userDefined());
    }
    type.parts().forEach(part -> collect(part, types));
  }
}
