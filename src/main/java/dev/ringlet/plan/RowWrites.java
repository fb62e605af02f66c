package dev.ringlet.plan;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.CallersRows;
import dev.ringlet.guard.Restriction;
import dev.ringlet.guard.Restrictions;
import dev.ringlet.guard.Target;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.RowOperation;
import dev.ringlet.row.Assignment;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.RowBody;
import dev.ringlet.row.Storable;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Plans what POST does with the rows of its body: inserts them, changes them, or deletes them by
 * their keys.
 */
@Singleton
public final class RowWrites {
  private final OwnOptions own;

  RowWrites(RingletConfig config) {
    this.own = new OwnOptions(config);
  }

  /**
   * One row.
   *
   * @throws ApiException {@link ErrorCode#INCOMPLETE_PRIMARY_KEY}, what the row throws, and what
   *     the options make impossible
   */
  public WritePlan one(PostRequest request, RowBody row) {
    return request.current().get().plan(target -> plan(target, row, request));
  }

  /**
   * Many rows, for the first of the caller's permissions that all of them fit, and for the table as
   * it is now: so they are of one CQL.
   *
   * @param plans asks for the plan of each row
   * @throws ApiException as of {@link #one}; if the table is gone or takes no such rows any more
   */
  public List<WritePlan> together(
      PostRequest request,
      List<RowBody> rows,
      Function<List<Supplier<WritePlan>>, List<WritePlan>> plans) {
    return request
        .current()
        .get()
        .planAll(
            target ->
                plans.apply(
                    rows.stream()
                        .<Supplier<WritePlan>>map(row -> () -> plan(target, row, request))
                        .toList()));
  }

  private WritePlan plan(Target table, RowBody body, PostRequest request) {
    if (request.operation() == RowOperation.MERGE) {
      return merge(table, body.changes(table.table()), request);
    }
    Map<Column, Value> row = body.values(table.table());
    WriteOptions options = own.take(row, request.names(), request.options(), value -> value);
    CallersRows.fillIn(table.permission(), row);
    Target target = row(table, row);
    return request.operation() == RowOperation.INSERT
        ? insert(target, row, options)
        : delete(target, row, options);
  }

  private static WritePlan insert(Target target, Map<Column, Value> row, WriteOptions options) {
    CallersRows.requireStatic(target.permission(), row.keySet());
    return Writes.insert(target, row, false, options);
  }

  /** Rows that have no values but of their partition are no rows: they write static columns. */
  private WritePlan merge(
      Target table, Map<Column, List<Assignment>> changes, PostRequest request) {
    WriteOptionRules.check(request.operation().parameter(), table.table(), request.options());
    WriteOptions options = own.take(changes, request.names(), request.options(), RowWrites::value);
    Map<Column, Value> key = new LinkedHashMap<>();
    for (Column column : table.table().primaryKey()) {
      if (changes.containsKey(column)) {
        key.put(column, value(changes.remove(column)));
      }
    }
    CallersRows.fillIn(table.permission(), key);
    boolean partition =
        !changes.isEmpty()
            && changes.keySet().stream().allMatch(Column::isStatic)
            && key.keySet().stream().allMatch(Column::isPartitionKey);
    Target target = partition ? target(table, table.table().partitionKey(), key) : row(table, key);
    WriteOptionRules.requireRow(target, options);
    return Writes.merge(target, changes, options);
  }

  private static Value value(List<Assignment> assignments) {
    return assignments.get(0).value();
  }

  private static WritePlan delete(Target target, Map<Column, Value> row, WriteOptions options) {
    CallersRows.requireNothingHidden(target.table(), false);
    for (Column column : row.keySet()) {
      if (!column.isKey()) {
        String name = column.name();
        throw new ApiException(
                ErrorCode.INVALID_VALUE,
                "Column %s is not in the primary key, by which rows are deleted.".formatted(name))
            .with("column", name);
      }
    }
    Storable.checkKeys(target.table(), target.key());
    List<Restriction> restrictions = Restrictions.of(target, List.of());
    Fragment delete = Statements.delete(target.table(), restrictions, Fragment.NONE);
    return new WritePlan(delete, target, new Change.Delete(restrictions), true, options);
  }

  /** The row by its primary key, which must be whole. */
  private static Target row(Target table, Map<Column, Value> row) {
    return target(table, table.table().primaryKey(), row);
  }

  private static Target target(Target table, List<Column> key, Map<Column, Value> row) {
    List<Value> values = new ArrayList<>(key.size());
    for (Column column : key) {
      if (lacks(row, column)) {
        throw incomplete(key.stream().filter(other -> lacks(row, other)).toList());
      }
      values.add(row.get(column));
    }
    return new Target(table.permission(), values);
  }

  private static boolean lacks(Map<Column, Value> row, Column column) {
    return !row.containsKey(column) || row.get(column).isNull();
  }

  private static ApiException incomplete(List<Column> missing) {
    return new ApiException(
            ErrorCode.INCOMPLETE_PRIMARY_KEY,
            "The body lacks " + String.join(", ", Column.names(missing)) + ".")
        .with("missing", Column.names(missing));
  }
}
