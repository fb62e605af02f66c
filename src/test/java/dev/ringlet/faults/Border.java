package dev.ringlet.faults;

import java.util.List;

/**
 * A table with a column {@code v}, something that takes only some values of it, and values on both
 * sides of that border.
 *
 * @param columns of CREATE TABLE
 * @param ddl makes what limits the values, named {@code $i}, on the table {@code $t}
 * @param path of a row, with {@code $k} for its key; empty if it does not fit a request line
 * @param members of a row besides {@code k} and {@code v}, as JSON with a comma before each
 * @param fits values as JSON
 * @param refused values as JSON
 */
record Border(
    String table,
    String columns,
    String ddl,
    String path,
    String members,
    List<String> fits,
    List<String> refused) {

  /** What the index or view is called. */
  String limit() {
    return "of_" + table;
  }

  boolean isIndexed() {
    return ddl.contains("INDEX");
  }

  /** Whether rows are ordered by the vectors. */
  boolean isSearched() {
    return columns.contains("v vector<float,3>") && columns.startsWith("k int PRIMARY KEY");
  }

  /** Whether a row can be written by its path, and is gone when it is deleted. */
  boolean isRow() {
    return !path.isEmpty() && !fits.isEmpty() && !columns.contains(" static");
  }

  boolean isKey() {
    return columns.matches(".*PRIMARY KEY \\(.*v.*");
  }

  boolean isCollection() {
    return columns.matches(".* v (set|list|map)<.*");
  }
}
