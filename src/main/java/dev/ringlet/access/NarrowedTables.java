package dev.ringlet.access;

import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Predicate;

/**
 * Tables without what callers may not see, each made once for all callers: many remember theirs at
 * the same time, of many tables.
 */
final class NarrowedTables {
  /**
   * For as long as somebody knows the whole table, which is not in what is made of it: of tables
   * that were altered nothing stays. A table is the very same or another one.
   */
  private final Map<Table, Table> known = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param visible the same for the same table
   */
  Table of(Table whole, Predicate<Column> visible) {
    Table table = known.get(whole);
    if (table != null) {
      return table;
    }
    Table made = whole.narrowedTo(visible);
    if (made == whole) {
      return whole; // it would keep itself
    }
    Table first = known.putIfAbsent(whole, made);
    return first == null ? made : first;
  }
}
