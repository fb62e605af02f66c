package dev.ringlet.plan;

import dev.ringlet.request.Condition;
import dev.ringlet.request.Selector;
import dev.ringlet.request.WriteOptions;
import dev.ringlet.row.Assignment;
import dev.ringlet.schema.Column;
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

  /** What is read of a column. */
  static String selector(String column, Selector.Function function) {
    return switch (function) {
      case VALUE -> column;
      case WRITETIME -> "writetime(" + column + ")";
      case TTL -> "ttl(" + column + ")";
    };
  }

  /**
   * @param selectors with commas
   */
  static String select(Table table, String selectors, List<String> relations) {
    String where = relations.isEmpty() ? "" : " WHERE " + String.join(" AND ", relations);
    return "SELECT " + selectors + " FROM " + table.cqlName() + where;
  }

  /**
   * A value for every column.
   *
   * @param options for IF NOT EXISTS and USING TTL
   */
  static String insert(Table table, WriteOptions options) {
    return "INSERT INTO "
        + table.cqlName()
        + " ("
        + table.cqlColumns()
        + ") VALUES (?"
        + ", ?".repeat(table.columns().size() - 1)
        + (options.condition().kind() == Condition.Kind.NOT_EXISTS ? ") IF NOT EXISTS" : ")")
        + ttl(options);
  }

  static String update(Target target, List<Assignment> assignments, WriteOptions options) {
    return "UPDATE %s%s SET %s WHERE %s%s"
        .formatted(
            target.table().cqlName(),
            ttl(options),
            join(assignments, ", ", Assignment::cql),
            where(target),
            condition(target.table(), options.condition()));
  }

  /** An INSERT of the whole row on a condition that CQL takes on an UPDATE alone. */
  static String replace(Target target, Assignment none, WriteOptions options) {
    return "BEGIN BATCH %s; UPDATE %s SET %s WHERE %s%s; APPLY BATCH"
        .formatted(
            insert(target.table(), options),
            target.table().cqlName(),
            none.cql(),
            where(target),
            condition(target.table(), options.condition()));
  }

  static String delete(Table table, List<Restriction> restrictions, Condition condition) {
    return "DELETE FROM %s WHERE %s%s"
        .formatted(
            table.cqlName(),
            join(restrictions, " AND ", Restriction::cql),
            condition(table, condition));
  }

  private static String ttl(WriteOptions options) {
    return options.ttl().isPresent() ? " USING TTL ?" : "";
  }

  /** Where there is nothing but the key, the row is unchanged if it is there. */
  private static String condition(Table table, Condition condition) {
    List<Column> columns = table.valueColumns();
    return switch (condition.kind()) {
      case NONE, NOT_EXISTS -> "";
      case EXISTS -> " IF EXISTS";
      case UNCHANGED ->
          columns.isEmpty()
              ? " IF EXISTS"
              : " IF " + join(columns, " AND ", column -> column.cqlName() + " = ?");
    };
  }

  private static String where(Target target) {
    List<Column> key = target.table().primaryKey().subList(0, target.key().size());
    return join(key, " AND ", column -> column.cqlName() + " = ?");
  }

  private static <T> String join(Collection<T> parts, String separator, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(separator));
  }
}
