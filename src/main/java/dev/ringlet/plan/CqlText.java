package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import dev.ringlet.request.Selector;
import dev.ringlet.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes CQL. Names come from the schema and are quoted where they must be; values are bind
 * markers, always.
 */
final class CqlText {
  private CqlText() {}

  /** A column of the answer under its name there. */
  static String selector(ColumnMetadata column, Selector selector) {
    String name = CqlIdentifier.fromInternal(selector.name()).asCql(true);
    return switch (selector.function()) {
      case VALUE -> selector.alias().isEmpty() ? name(column) : name(column) + " AS " + name;
      case WRITETIME -> "writetime(" + name(column) + ") AS " + name;
      case TTL -> "ttl(" + name(column) + ") AS " + name;
    };
  }

  static String select(Table table, List<String> selectors, List<String> relations) {
    String where = relations.isEmpty() ? "" : " WHERE " + String.join(" AND ", relations);
    return "SELECT %s FROM %s%s".formatted(String.join(", ", selectors), table.cqlName(), where);
  }

  static String insert(Table table, List<Value> values) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            table.cqlName(),
            join(values, ", ", value -> value.name().asCql(true)),
            join(values, ", ", value -> "?"));
  }

  static String update(Target target, List<Assignment> assignments) {
    return "UPDATE %s SET %s WHERE %s"
        .formatted(
            target.table().cqlName(),
            join(assignments, ", ", Assignment::cql),
            where(target.key()));
  }

  static String delete(Target target) {
    return "DELETE FROM %s WHERE %s".formatted(target.table().cqlName(), where(target.key()));
  }

  static String name(ColumnMetadata column) {
    return column.getName().asCql(true);
  }

  private static String where(List<Value> key) {
    return join(key, " AND ", value -> value.name().asCql(true) + " = ?");
  }

  private static <T> String join(Collection<T> parts, String separator, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(separator));
  }
}
