package dev.ringlet.access;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which table each materialized view is of: a right to one may take a right to the other. */
public final class Views {
  private final Map<TableName, TableName> bases;
  private final Map<TableName, List<TableName>> views;

  /**
   * @param bases by their views
   */
  public Views(Map<TableName, TableName> bases) {
    this.bases = Map.copyOf(bases);
    this.views =
        bases.keySet().stream().collect(Collectors.groupingBy(bases::get, Collectors.toList()));
  }

  /** The base table of a view; a table is its own. */
  TableName base(TableName table) {
    return bases.getOrDefault(table, table);
  }

  /** Those of a table. */
  List<TableName> of(TableName table) {
    return views.getOrDefault(table, List.of());
  }
}
