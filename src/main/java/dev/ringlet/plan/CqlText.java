package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
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

  static String select(Target target) {
    return "SELECT %s FROM %s WHERE %s"
        .formatted(
            join(target.table().columns(), ", ", CqlText::name),
            target.table().cqlName(),
            where(target.key()));
  }

  static String insert(Table table, List<Value> values) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            table.cqlName(),
            join(values, ", ", value -> name(value.column())),
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
    return join(key, " AND ", value -> name(value.column()) + " = ?");
  }

  private static <T> String join(Collection<T> parts, String separator, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(separator));
  }
}
