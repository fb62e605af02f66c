package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import dev.ringlet.access.Action;
import dev.ringlet.access.Permission;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Cassandra lets a session do that is logged in as a role, beside what Ringlet lets those do
 * who act in it.
 *
 * @param role its session
 * @param superuser another one's
 */
record RoleVerdicts(CqlSession role, CqlSession superuser) {
  private static final Map<String, Action> WRITES =
      Map.of(
          "INSERT INTO %s (k, v, w) VALUES (99, 99, 99)",
          Action.write(false),
          "BEGIN BATCH INSERT INTO %s (k, v, w) VALUES (99, 9, 9); APPLY BATCH",
          Action.write(false),
          "UPDATE %s SET w = 9 WHERE k = 99 IF EXISTS",
          Action.write(true),
          "INSERT INTO %s (k, v, w) VALUES (99, 99, 99) IF NOT EXISTS",
          Action.CREATE,
          "DELETE FROM %s WHERE k = 99",
          Action.delete(false),
          "DELETE FROM %s WHERE k = 99 IF w = 1",
          Action.delete(true));

  /**
   * @param masked whether the columns that there are not for the role make it narrower
   */
  record Verdict(String cql, boolean cassandra, boolean ringlet, boolean masked) {
    boolean isWider() {
      return ringlet && !cassandra;
    }

    boolean isAsContracted() {
      return ringlet == cassandra || (masked && !ringlet);
    }
  }

  /**
   * @param permissions of the role to it
   * @param hidden what is masked for the role
   */
  List<Verdict> of(Table table, List<Permission> permissions, Set<String> hidden) {
    List<Verdict> verdicts = new ArrayList<>();
    boolean masked = table.primaryKey().stream().map(Column::name).anyMatch(hidden::contains);
    reads(table, permissions)
        .forEach(
            (cql, action) ->
                verdicts.add(new Verdict(cql, lets(cql), lets(permissions, action), masked)));
    if (!table.isView()) {
      WRITES.forEach(
          (text, action) -> {
            String cql = text.formatted(table.cqlName());
            verdicts.add(
                new Verdict(
                    cql, lets(cql), lets(permissions, action), masked && action.onCondition()));
          });
    }
    return verdicts;
  }

  private static Map<String, Action> reads(Table table, List<Permission> permissions) {
    Table seen = permissions.isEmpty() ? table : permissions.get(0).table();
    String select = "SELECT %s FROM %s".formatted(seen.cql().columns(), table.cqlName());
    String key =
        table.primaryKey().stream()
            .map(column -> column.cqlName() + " = 1")
            .collect(Collectors.joining(" AND "));
    Map<String, Action> reads = new TreeMap<>();
    reads.put(select + " WHERE " + key, Action.READ);
    reads.put(select, Action.SCAN);
    seen.valueColumns()
        .forEach(
            column ->
                reads.put(
                    select + " WHERE " + column.cqlName() + " = 1 ALLOW FILTERING", Action.SCAN));
    return reads;
  }

  /** Nothing else than that it is not authorized keeps a statement from being executed. */
  private boolean lets(String cql) {
    try {
      role.execute(cql);
      return true;
    } catch (UnauthorizedException e) {
      return false;
    }
  }

  private static boolean lets(List<Permission> permissions, Action action) {
    return permissions.stream().anyMatch(permission -> permission.allows(action));
  }

  /** Cassandra shows other values of these than there are, if it shows any. */
  Set<String> masked(Table table) {
    String cql = "SELECT %s FROM %s".formatted(table.cql().columns(), table.cqlName());
    if (!lets(cql)) {
      return Set.of();
    }
    Map<String, List<Object>> shown = columns(role, table);
    Map<String, List<Object>> real = columns(superuser, table);
    return shown.keySet().stream()
        .filter(column -> !shown.get(column).equals(real.get(column)))
        .collect(Collectors.toSet());
  }

  /**
   * Columns that are not for the role, but are shown to it as they are, or the other way around.
   */
  static Set<String> wronglyShown(Table table, List<Permission> permissions, Set<String> masked) {
    return permissions.stream()
        .filter(permission -> permission.allows(Action.READ))
        .flatMap(
            permission ->
                table.columns().stream()
                    .map(Column::name)
                    .filter(
                        column ->
                            permission.table().column(column).isEmpty() != masked.contains(column)))
        .collect(Collectors.toSet());
  }

  private static Map<String, List<Object>> columns(CqlSession session, Table table) {
    List<Row> rows =
        session
            .execute("SELECT %s FROM %s".formatted(table.cql().columns(), table.cqlName()))
            .all();
    return table.columns().stream()
        .collect(
            Collectors.toMap(
                Column::name,
                column -> rows.stream().map(row -> row.getObject(column.cqlName())).toList()));
  }
}
