package dev.ringlet.openapi;

import dev.ringlet.access.Permission;
import dev.ringlet.access.PermittedTable;
import dev.ringlet.access.RowLimit;
import dev.ringlet.access.Verb;
import dev.ringlet.guard.Level;
import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table as a document shows it to a caller. Two are equal if documents say the same of them,
 * whoever the callers are and whenever their tables were read.
 */
public final class ShownTable {
  private final Table table;
  private final Set<Verb> may;
  private final List<List<String>> methods;
  private final Set<String> given;

  /**
   * @param whole the table with all of its columns
   * @param permissions what lets the caller do something with it
   * @param scanned whether anybody may scan it
   */
  public ShownTable(Table whole, List<Permission> permissions, boolean scanned) {
    PermittedTable permitted = PermittedTable.of(whole, permissions, scanned);
    table = permitted.table();
    may = permitted.may();
    methods =
        IntStream.rangeClosed(0, table.primaryKey().size())
            .mapToObj(keys -> Level.of(permissions, keys))
            .toList();
    given =
        permissions.stream()
            .flatMap(permission -> permission.rows().stream())
            .map(RowLimit::column)
            .map(column -> column.name())
            .collect(Collectors.toSet());
  }

  Table table() {
    return table;
  }

  boolean may(Verb verb) {
    return may.contains(verb);
  }

  boolean isWritten() {
    return may.stream().anyMatch(Verb::writes);
  }

  /** Whether the row is shown where it is not as a condition wants it. */
  boolean showsFailedConditions() {
    return isWritten() && may(Verb.READ) && !table.isCounter();
  }

  /** The methods that the caller may use on a path with so many key values. */
  List<String> methods(int keys) {
    return methods.get(keys);
  }

  /** Whether a rule has a value for a column of the key, which then may be left out. */
  boolean isGiven(String column) {
    return given.contains(column);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ShownTable shown
            && table.cqlName().equals(shown.table.cqlName())
            && table.comment().equals(shown.table.comment())
            && table.isView() == shown.table.isView()
            && table.columns().equals(shown.table.columns())
            && table.columnIndexes().equals(shown.table.columnIndexes())
            && may.equals(shown.may)
            && methods.equals(shown.methods)
            && given.equals(shown.given));
  }

  @Override
  public int hashCode() {
    return Objects.hash(table.cqlName(), table.columns(), may);
  }
}
