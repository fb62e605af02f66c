package dev.ringlet.access;

import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Tables without what callers may not see, each made once for all callers. */
final class NarrowedTables {
  /** Of tables that were altered there are older ones among them. */
  private static final int MOST_KNOWN = 64;

  private final Map<Table, Table> known = new ConcurrentHashMap<>();

  /**
   * @param visible the same for the same table
   */
  Table of(Table whole, Predicate<Column> visible) {
    Table table = known.get(whole);
    if (table == null) {
      table = whole.narrowedTo(visible);
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      known.put(whole, table);
    }
    return table;
  }
}
