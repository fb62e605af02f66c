package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.request.Place;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What a write is about: what its path points at, with what filters say of the rest of the primary
 * key; and the filters on other columns, which are its condition.
 *
 * @param key the restrictions of the primary key, in its order
 * @param conditions what must hold of other columns
 */
public record Addressed(Target target, List<Restriction> key, List<Restriction> conditions) {

  /**
   * What a PUT or PATCH is about, which takes values for the key alone.
   *
   * @throws ApiException {@link ErrorCode#METHOD_NOT_ALLOWED}, {@link
   *     ErrorCode#INCOMPLETE_PRIMARY_KEY}, {@link ErrorCode#INVALID_FILTER}, and what is wrong with
   *     the filters
   */
  public static Addressed row(Target path, String method, List<Filter> filters) {
    if (filters.isEmpty() && !path.isTable()) {
      return new Addressed(path.require(method), List.of(), List.of());
    }
    Addressed all = of(path.isTable() ? path.require(method) : path, filters);
    for (Filter filter : ofKey(path.table(), filters)) {
      if (filter.operator() != Operator.EQ) {
        throw Part.invalid(
            path.table().require(filter.place().column()),
            method + " is about one row: column %s of its key takes eq.");
      }
    }
    return all.requireWhole(path, method);
  }

  /**
   * What a DELETE is about, which takes ranges too.
   *
   * @throws ApiException as of {@link #row}
   */
  public static Addressed rows(Target path, List<Filter> filters) {
    return of(path.require("DELETE"), filters).requireWhole(path, "DELETE");
  }

  private static Addressed of(Target path, List<Filter> filters) {
    Table table = path.table();
    List<Filter> ofKey = ofKey(table, filters);
    List<Filter> others = filters.stream().filter(filter -> !isOfKey(table, filter)).toList();
    List<Restriction> key = Restrictions.of(path, ofKey);
    return new Addressed(
        new Target(path.permission(), values(table, key)), key, Comparisons.of(table, others));
  }

  /** Of as many of the first columns as have one value. */
  private static List<Value> values(Table table, List<Restriction> key) {
    List<Value> values = new ArrayList<>();
    for (Restriction restriction : key) {
      if (restriction.operator() != Operator.EQ
          || !restriction.isOn(table.primaryKey().get(values.size()))) {
        break;
      }
      values.addAll(restriction.values());
    }
    return values;
  }

  /** Whether some are on columns outside of the primary key. */
  public static boolean hasConditions(Table table, List<Filter> filters) {
    return !filters.isEmpty() && filters.stream().anyMatch(filter -> !isOfKey(table, filter));
  }

  /** Those that say which row it is. */
  public static List<Filter> ofKey(Table table, List<Filter> filters) {
    return filters.stream().filter(filter -> isOfKey(table, filter)).toList();
  }

  private static boolean isOfKey(Table table, Filter filter) {
    return filter.places().stream().map(Place::column).allMatch(name -> isKey(table, name));
  }

  private static boolean isKey(Table table, String name) {
    return table.column(name).filter(Column::isKey).isPresent();
  }

  /** Nobody writes more than they mean because a filter was forgotten. */
  private Addressed requireWhole(Target path, String method) {
    boolean holes = target.key().size() < key.size() && !method.equals("DELETE");
    if (target.isRow() || (!path.isTable() && !holes)) {
      return new Addressed(target.require(method), key, conditions);
    }
    List<Column> missing =
        path.table().primaryKey().stream()
            .filter(
                column ->
                    key.stream().noneMatch(r -> r.operator() == Operator.EQ && r.isOn(column)))
            .toList();
    throw new ApiException(
            ErrorCode.INCOMPLETE_PRIMARY_KEY,
            "The request lacks values of the primary key: %s."
                .formatted(String.join(", ", Column.names(missing))))
        .with("missing", Column.names(missing))
        .with(
            "hint",
            "A row is named by its path, %s, or by filters, column=eq.value, on its whole key; POST with"
                    .formatted(path.table().path(path.table().primaryKey()))
                + " ?op=delete deletes many rows, and POST inserts them.");
  }
}
