package dev.ringlet.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule as an operator writes it.
 *
 * @param columns as in the setting; empty: none
 * @param rows what it says of columns, with claims in braces in the values; an {@code in} whose one
 *     value is a claim is for a list
 */
record Policy(
    String name,
    Set<String> roles,
    List<String> tables,
    Set<String> may,
    List<String> columns,
    List<Restriction> rows) {

  /** Lines of a file of settings. */
  String settings() {
    StringBuilder lines = new StringBuilder();
    line(lines, "roles", String.join(", ", roles));
    line(lines, "tables", String.join(", ", tables));
    line(lines, "may", String.join(", ", may));
    if (!columns.isEmpty()) {
      line(lines, "columns", String.join(", ", columns));
    }
    if (!rows.isEmpty()) {
      line(
          lines,
          "rows",
          rows.stream()
              .map(r -> r.column() + "=" + r.operator() + "." + operand(r))
              .collect(Collectors.joining("&")));
    }
    return lines.toString();
  }

  private static String operand(Restriction row) {
    String values = String.join(",", row.values());
    return row.operator().equals("in") && !values.startsWith("{") ? "(" + values + ")" : values;
  }

  private void line(StringBuilder lines, String setting, String value) {
    lines.append("ringlet.rules.%s.%s=%s%n".formatted(name, setting, value));
  }
}
