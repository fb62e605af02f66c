package dev.ringlet.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The CQL that most requests about a table need, written once for all of them.
 *
 * @param columns the names of all columns, with commas
 * @param insert an INSERT of all columns, without what may follow
 * @param selects SELECTs of all columns by as many primary key columns, from none on
 */
public record TableCql(String columns, String insert, List<String> selects) {

  static TableCql of(String table, List<Column> columns, List<Column> primaryKey) {
    String all = columns.stream().map(Column::cqlName).collect(Collectors.joining(", "));
    String markers = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    List<String> selects = new ArrayList<>();
    StringBuilder select = new StringBuilder("SELECT " + all + " FROM " + table);
    String separator = " WHERE ";
    selects.add(select.toString());
    for (Column column : primaryKey) {
      selects.add(select.append(separator).append(column.cqlName()).append(" = ?").toString());
      separator = " AND ";
    }
    return new TableCql(
        all, "INSERT INTO " + table + " (" + all + ") VALUES (" + markers + ")", selects);
  }

  /** A SELECT of all columns of the rows that have values of the first primary key columns. */
  public String select(int keys) {
    return selects.get(keys);
  }
}
