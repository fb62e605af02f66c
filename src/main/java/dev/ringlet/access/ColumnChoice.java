package dev.ringlet.access;

import dev.ringlet.request.QuotedList;
import dev.ringlet.schema.Column;
import java.util.HashSet;
import java.util.Set;

/**
 * The columns that a rule lets be: all or some, without others.
 *
 * @param named empty if all are
 */
record ColumnChoice(boolean all, Set<String> named, Set<String> without) {
  static final ColumnChoice ALL = new ColumnChoice(true, Set.of(), Set.of());

  /**
   * @param list {@code *}, names and {@code -name}, with commas; only {@code -name} is all others
   * @throws IllegalArgumentException if a quote is not closed, a name is missing, or is both
   */
  static ColumnChoice of(String list) {
    Set<String> named = new HashSet<>();
    Set<String> without = new HashSet<>();
    boolean star = false;
    for (String item : QuotedList.split(list)) {
      String text = item.strip();
      if (text.equals("*")) {
        star = true;
      } else if (text.startsWith("-")) {
        without.add(name(text.substring(1)));
      } else {
        named.add(name(text));
      }
    }
    if (named.stream().anyMatch(without::contains)) {
      throw new IllegalArgumentException("A column is named with and without a minus.");
    }
    return new ColumnChoice(star || named.isEmpty(), Set.copyOf(named), Set.copyOf(without));
  }

  private static String name(String item) {
    String name = QuotedList.unquote(item);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A column has no name.");
    }
    return name;
  }

  boolean has(Column column) {
    return !without.contains(column.name()) && (all || named.contains(column.name()));
  }
}
