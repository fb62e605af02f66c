package dev.ringlet.openapi;

import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of a document about one table are called.
 *
 * @param base of the names of schemas and operations
 * @param tag what its operations are listed under
 * @param keys what stands in braces in its paths, for each primary key column
 */
record TableNames(String base, String tag, List<String> keys) {

  /**
   * @param named the bases of other tables
   * @param whole whether the document is about all keyspaces
   */
  static TableNames of(Table table, Names named, boolean whole) {
    String keyspace = whole ? Names.pascal(table.keyspace()) : "";
    String base = keyspace + Names.pascal(table.name());
    Names segments = new Names();
    List<String> keys = new ArrayList<>();
    for (Column column : table.primaryKey()) {
      keys.add(segments.unique(Names.inPath(column.name())));
    }
    return new TableNames(
        named.unique(base.isEmpty() ? "Table" : base),
        whole ? table.keyspace() + "." + table.name() : table.name(),
        keys);
  }

  /** A path with as many values. */
  String path(Table table, int values) {
    StringBuilder path = new StringBuilder(table.path(List.of()));
    keys.subList(0, values).forEach(key -> path.append("/{").append(key).append('}'));
    return path.toString();
  }

  /** The row as it is read. */
  String row() {
    return base + "Row";
  }

  /** Many of them. */
  String rows() {
    return base + "Rows";
  }

  /** The row as it is after a write. */
  String stored() {
    return base + "Stored";
  }

  /** The row as POST takes it. */
  String insert() {
    return base + "Insert";
  }

  /** The row as PUT takes it. */
  String replace() {
    return base + "Replace";
  }

  /** What PATCH of a row takes. */
  String merge() {
    return base + "Merge";
  }

  /** What PATCH of a partition takes. */
  String statics() {
    return base + "Static";
  }

  /** The problem that a condition does not hold, with the row. */
  String conditionFailed() {
    return base + "ConditionFailed";
  }
}
