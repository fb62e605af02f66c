package dev.ringlet.access;

import com.datastax.oss.driver.api.core.type.UserDefinedType;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A keyspace as it is described to a caller.
 *
 * @param tables and views, sorted by name
 */
public record PermittedKeyspace(String name, List<PermittedTable> tables) {

  /** The user-defined types that the tables' columns are made of, at any depth, sorted by name. */
  public List<UserDefinedType> types() {
    SortedMap<String, UserDefinedType> types = new TreeMap<>();
    for (PermittedTable table : tables) {
      table.table().columns().forEach(column -> collect(column.type(), types));
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
