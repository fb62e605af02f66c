package dev.ringlet.guard;

import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is done instead where a target does not take a method. */
final class MethodHints {
  private MethodHints() {}

  /**
   * @param methods those that it takes
   */
  static Optional<String> of(Table table, List<String> methods, String method) {
    String row = table.path(table.primaryKey());
    String capitals = method.toUpperCase(Locale.ROOT);
    if (methods.contains(capitals) && !method.equals(capitals)) {
      return Optional.of("Methods are in capitals: " + capitals);
    } else if (table.isView()) {
      return Optional.of("A materialized view follows its table: that is what is written.");
    }
    return Optional.ofNullable(
        table.isCounter() ? ofCounters(row, method) : ofKey(table, row, method));
  }

  private static String ofCounters(String row, String method) {
    return switch (method) {
      case "PUT", "POST", "PATCH" ->
          "Counters are changed by PATCH of "
              + row
              + " with {\"column\":{\"$inc\":1}}, or many by POST with ?op=merge.";
      default -> null;
    };
  }

  private static String ofKey(Table table, String row, String method) {
    return switch (method) {
      case "PUT", "PATCH" -> method + " is for a row, " + row;
      case "POST" ->
          "POST is for the table, %s; PUT writes a row at its path."
              .formatted(table.path(List.of()));
      default -> null;
    };
  }
}
