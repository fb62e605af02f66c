package dev.ringlet.openapi;

import dev.ringlet.access.Permission;
import dev.ringlet.access.PermittedTable;
import dev.ringlet.access.RowLimit;
import dev.ringlet.access.Verb;
import dev.ringlet.guard.Level;
import dev.ringlet.schema.Table;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table as a document shows it to a caller. Two are equal if documents say the same of them,
 * whoever the callers are and whenever their tables were read.
 */
public final class ShownTable {
  private final Table table;
  private final Set<Verb> may;
  private final List<List<String>> methods;
  private final Map<String, Set<Verb>> given;

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
    given = given(permissions);
  }

  private Map<String, Set<Verb>> given(List<Permission> permissions) {
    Map<String, Set<Verb>> all = new HashMap<>();
    for (Permission permission : permissions) {
      Set<Verb> writes = EnumSet.noneOf(Verb.class);
      permission.may().stream().filter(Verb::writes).filter(may::contains).forEach(writes::add);
      for (RowLimit limit : permission.rows()) {
        if (limit.values().size() == 1 && !writes.isEmpty()) {
          all.computeIfAbsent(limit.column().name(), name -> EnumSet.noneOf(Verb.class))
              .addAll(writes);
        }
      }
    }
    return all;
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

  /**
   * Whether a write may leave out a column of the key: where a rule that allows the write has one
   * value of it, as another rule of the caller is none that hinders.
   *
   * @param verbs one of which the write takes
   */
  boolean isGiven(String column, Set<Verb> verbs) {
    return !Collections.disjoint(given.getOrDefault(column, Set.of()), verbs);
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
