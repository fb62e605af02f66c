package dev.ringlet.access;

import dev.ringlet.schema.Table;
import java.util.Map;
import java.util.Set;

/**
 * The columns that Cassandra masks (dynamic data masking). Who may not see what is behind a mask
 * may not filter by it either, so there is no such column for them.
 */
public final class Masks {
  private final Map<TableName, Set<String>> columns;
  private final NarrowedTables narrowed = new NarrowedTables();

  /**
   * @param columns their names, by their tables and views
   */
  public Masks(Map<TableName, Set<String>> columns) {
    this.columns = Map.copyOf(columns);
  }

  /** Whether a column of the primary key has one, which no table can be without. */
  boolean hideKeyOf(Table table) {
    Set<String> masked = of(table);
    return !masked.isEmpty()
        && table.primaryKey().stream().anyMatch(column -> masked.contains(column.name()));
  }

  /** A table without the columns that have one. It is made once. */
  Table without(Table table) {
    Set<String> masked = of(table);
    if (masked.isEmpty()) {
      return table;
    }
    return narrowed.of(table, column -> !masked.contains(column.name()));
  }

  private Set<String> of(Table table) {
    return columns.getOrDefault(new TableName(table.keyspace(), table.name()), Set.of());
  }
}
