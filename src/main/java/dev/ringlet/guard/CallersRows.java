package dev.ringlet.guard;

import dev.ringlet.access.Action;
import dev.ringlet.access.Permission;
import dev.ringlet.access.RowLimit;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps what is planned to the rows that there are for the caller: a value that the request names
 * has to be one of theirs, and what it leaves open is filled in.
 */
public final class CallersRows {
  private CallersRows() {}

  /**
   * @param key values of the first primary key columns
   * @throws ApiException {@link ErrorCode#FORBIDDEN}
   */
  static void requireKey(Permission permission, List<Value> key) {
    List<RowLimit> limits = permission.rows();
    for (int i = 0; i < limits.size() && i < key.size(); i++) {
      require(limits.get(i), key.get(i));
    }
  }

  /**
   * What filters on columns of the caller's rows ask for.
   *
   * @throws ApiException {@link ErrorCode#FORBIDDEN}
   */
  static void requireFilter(Permission permission, Column column, Filter filter) {
    for (RowLimit limit : permission.rows()) {
      if (limit.column().equals(column)) {
        if (!filter.operator().picks()) {
          throw forbidden(column);
        }
        filter
            .operands()
            .forEach(text -> require(limit, Operands.value(column, column.type(), text)));
      }
    }
  }

  /**
   * The same of a filter on several columns, which are compared together.
   *
   * @throws ApiException {@link ErrorCode#FORBIDDEN}
   */
  static void requireTuples(Permission permission, List<Column> columns, Filter filter) {
    for (int i = 0; i < columns.size(); i++) {
      List<String> its = new ArrayList<>();
      for (int at = i; at < filter.operands().size(); at += columns.size()) {
        its.add(filter.operands().get(at));
      }
      Column column = columns.get(i);
      requireFilter(permission, column, new Filter(column.name(), filter.operator(), its));
    }
  }

  /**
   * Restricts the columns that neither the path nor filters do.
   *
   * @param restrictions to which they are added
   */
  public static void fillIn(Permission permission, List<Restriction> restrictions) {
    for (RowLimit limit : permission.rows()) {
      if (restrictions.stream().noneMatch(r -> r.isOn(limit.column()))) {
        restrictions.add(Restriction.among(limit.column(), limit.values()));
      }
    }
  }

  /**
   * Fills in the values that a row's key has not, where there is one only.
   *
   * @throws ApiException {@link ErrorCode#FORBIDDEN}
   */
  public static void fillIn(Permission permission, Map<Column, Value> row) {
    for (RowLimit limit : permission.rows()) {
      Value given = row.get(limit.column());
      if (given != null && !given.isNull()) {
        require(limit, given);
      } else if (given == null && limit.values().size() == 1) {
        row.put(limit.column(), limit.values().get(0));
      }
    }
  }

  /**
   * Static columns are of all rows of a partition, also of those that are there when one is
   * created.
   *
   * @param written columns
   * @throws ApiException {@link ErrorCode#FORBIDDEN} if some of these rows are not the caller's, or
   *     not to be changed
   */
  public static void requireStatic(Permission permission, Collection<Column> written) {
    boolean creates = !permission.allows(Action.write(false));
    if (creates || permission.rows().size() > permission.table().partitionKey().size()) {
      for (Column column : written) {
        if (column.isStatic()) {
          throw new ApiException(
                  ErrorCode.FORBIDDEN,
                  "The static column %s is of other rows, too, than %s."
                      .formatted(column.name(), creates ? "the one that is new" : "the caller's"))
              .with("column", column.name());
        }
      }
    }
  }

  private static void require(RowLimit limit, Value value) {
    if (!limit.allows(value)) {
      throw forbidden(limit.column());
    }
  }

  private static ApiException forbidden(Column column) {
    return new ApiException(
            ErrorCode.FORBIDDEN,
            "The caller's rows have other values of the column %s.".formatted(column.name()))
        .with("column", column.name());
  }

  /**
   * Removing a row removes all of its values, those of columns too that there are not for the
   * caller.
   *
   * @param partition whether static ones are removed with it
   * @throws ApiException {@link ErrorCode#FORBIDDEN}, without naming them
   */
  public static void requireNothingHidden(Table table, boolean partition) {
    if (table.hides(column -> partition || !column.isStatic())) {
      throw new ApiException(
          ErrorCode.FORBIDDEN, "It would remove values that the caller may not see.");
    }
  }
}
