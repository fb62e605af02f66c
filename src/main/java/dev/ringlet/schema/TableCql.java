package dev.ringlet.schema;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * The CQL that most requests about a table need, written once for all of them.
 *
 * @param columns the names of all columns, with commas
 * @param insert an INSERT of all columns, without what may follow
 * @param update an UPDATE that sets all columns but those of the primary key, by all of it
 * @param selects SELECTs of all columns by as many primary key columns, from none on
 */
public record TableCql(String columns, String insert, String update, List<String> selects) {

  static TableCql of(String table, List<Column> columns, List<Column> primaryKey) {
    String all = columns.stream().map(Column::cqlName).collect(joining(", "));
    String markers = columns.stream().map(column -> "?").collect(joining(", "));
    String set =
        columns.stream()
            .filter(column -> !column.isKey())
            .map(TableCql::equal)
            .collect(joining(", "));
    String key = primaryKey.stream().map(TableCql::equal).collect(joining(" AND "));
    List<String> selects = new ArrayList<>();
    StringBuilder select = new StringBuilder("SELECT " + all + " FROM " + table);
    String separator = " WHERE ";
    selects.add(select.toString());
    for (Column column : primaryKey) {
      selects.add(select.append(separator).append(equal(column)).toString());
      separator = " AND ";
    }
    return new TableCql(
        all,
        "INSERT INTO " + table + " (" + all + ") VALUES (" + markers + ")",
        "UPDATE " + table + " SET " + set + " WHERE " + key,
        selects);
  }

  private static String equal(Column column) {
    return column.cqlName() + " = ?";
  }

  /** A SELECT of all columns of the rows that have values of the first primary key columns. */
  public String select(int keys) {
    return selects.get(keys);
  }
}
