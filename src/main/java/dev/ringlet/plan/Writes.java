package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Addressed;
import dev.ringlet.guard.CallersRows;
import dev.ringlet.guard.Target;
import dev.ringlet.header.Condition;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.Assignment;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.RowBody;
import dev.ringlet.row.Storable;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Plans what PUT and PATCH write. A table has one text each for its INSERT and UPDATE, with a
 * marker for every column: what the request leaves alone stays unset, so that the number of
 * statements does not grow with what clients send.
 */
@Singleton
public final class Writes {
  /**
   * PUT: the row becomes exactly this. Static columns belong to the partition, so those left out
   * are left alone.
   *
   * @throws ApiException {@link ErrorCode#KEY_MISMATCH}, what the body throws, what filters throw,
   *     and what the options make impossible
   */
  public WritePlan replace(Target path, WriteQuery query, RowBody body, WriteOptions asked) {
    Addressed addressed = Addressed.row(path, "PUT", query.filters());
    Target target = addressed.target();
    WriteOptions options = WriteOptionRules.checked("PUT", addressed, asked);
    WriteOptionRules.requireRow(target, options, addressed.conditions());
    Map<Column, Value> row = body.values(target.table());
    requireSameKey(target, row, Function.identity());
    CallersRows.requireStatic(target.permission(), row.keySet());
    if (options.condition().kind() != Condition.Kind.NOT_EXISTS) {
      CallersRows.requireNothingHidden(target.table(), false);
    }
    Fragment condition = Statements.condition(addressed, options);
    return condition.cql().isEmpty()
        ? insert(target, row, true, options)
        : onCondition(insertOf(target, row, true, options), target, options, condition);
  }

  /**
   * PATCH: the columns given take their values, null deletes one, the others stay (RFC 7396);
   * collections and counters take operators. On a partition of several rows it writes static
   * columns.
   *
   * @throws ApiException {@link ErrorCode#KEY_MISMATCH}, {@link ErrorCode#INCOMPLETE_PRIMARY_KEY},
   *     {@link ErrorCode#NO_COLUMNS}, what the body throws, what filters throw, and what the
   *     options make impossible
   */
  public WritePlan merge(Target path, WriteQuery query, RowBody body, WriteOptions asked) {
    Addressed addressed = Addressed.row(path, "PATCH", query.filters());
    Target target = addressed.target();
    WriteOptions options = WriteOptionRules.checked("PATCH", addressed, asked);
    WriteOptionRules.requireRow(target, options, addressed.conditions());
    Map<Column, List<Assignment>> changes = body.changes(target.table());
    requireSameKey(target, changes, assignments -> assignments.get(0).value());
    return merge(target, changes, options, Statements.condition(addressed, options));
  }

  /** The same of changes that are read already, without the key. */
  static WritePlan merge(
      Target target, Map<Column, List<Assignment>> changes, WriteOptions options) {
    return merge(
        target,
        changes,
        options,
        Statements.condition(target.table(), options.condition(), List.of()));
  }

  private static WritePlan merge(
      Target target,
      Map<Column, List<Assignment>> changes,
      WriteOptions options,
      Fragment condition) {
    CallersRows.requireStatic(target.permission(), changes.keySet());
    if (!target.isRow()) {
      requireStatic(target, changes);
    }
    boolean insertsKey = target.isRow() && !target.table().isCounter();
    if (insertsKey && changes.isEmpty() && !options.condition().isPresent()) {
      return insert(target, Map.of(), false, options); // the row, if there was none
    }
    if (insertsKey && changes.isEmpty() && options.condition().kind() == Condition.Kind.NONE) {
      // filters, which may hold of no row
      return onCondition(insertOf(target, Map.of(), false, options), target, options, condition);
    }
    if (changes.isEmpty() && !insertsKey) {
      throw new ApiException(ErrorCode.NO_COLUMNS, "The body names no column to write.");
    }
    return update(target, assignments(target, changes), options, condition);
  }

  private static List<Assignment> assignments(
      Target target, Map<Column, List<Assignment>> changes) {
    boolean row = target.isRow();
    List<Assignment> assignments = new ArrayList<>(target.table().valueColumns().size());
    for (Column column : target.table().valueColumns()) {
      if (row || column.isStatic()) {
        List<Assignment> given = changes.get(column);
        assignments.addAll(given == null ? List.of(Assignment.none(column)) : given);
      }
    }
    return assignments;
  }

  static WritePlan insert(
      Target target, Map<Column, Value> row, boolean replace, WriteOptions options) {
    Fragment insert = insertOf(target, row, replace, options);
    boolean idempotent = insert.isIdempotent() && !options.condition().isPresent();
    return new WritePlan(insert, target, Change.INSERT, idempotent, options);
  }

  /**
   * CQL has no INSERT IF EXISTS, and an UPDATE alone makes no row that stays when all its columns
   * are null.
   */
  private static WritePlan onCondition(
      Fragment insert, Target target, WriteOptions options, Fragment condition) {
    Column any =
        target.table().valueColumns().stream()
            .filter(column -> !column.isStatic())
            .findFirst()
            .orElseThrow();
    Fragment both = Statements.insertIf(insert, target, Assignment.none(any), condition);
    return new WritePlan(both, target, Change.INSERT, false, options);
  }

  /**
   * What PUT or PATCH has for its condition in a batch, beside an INSERT: an UPDATE of nothing.
   *
   * @param method which of them it is
   */
  WritePlan unchanged(Target path, String method, WriteQuery query, WriteOptions asked) {
    Addressed addressed = Addressed.row(path, method, query.filters());
    WriteOptions options = WriteOptionRules.checked(method, addressed, asked);
    WriteOptionRules.requireRow(addressed.target(), options, addressed.conditions());
    return update(
        addressed.target(),
        assignments(addressed.target(), Map.of()),
        options,
        Statements.condition(addressed, options));
  }

  private static WritePlan update(
      Target target, List<Assignment> assignments, WriteOptions options, Fragment condition) {
    Storable.check(target.table(), written(target, assignments));
    if (target.table().hasIndexRules()) {
      Storable.checkTouched(target.table(), assignments.stream().map(Assignment::value).toList());
    }
    Change.Update change = new Change.Update(assignments);
    if (options.condition().isPresent() && !options.condition().isOfRow()) {
      ConditionRules.requireNothingRead(change, target.table());
    }
    boolean idempotent = assignments.stream().allMatch(Assignment::idempotent);
    return new WritePlan(
        Statements.update(target, assignments, options, condition),
        target,
        change,
        idempotent && !options.condition().isPresent(),
        options);
  }

  private static List<Value> written(Target target, List<Assignment> assignments) {
    List<Value> written = new ArrayList<>(target.key().size() + assignments.size());
    written.addAll(target.key());
    for (Assignment assignment : assignments) {
      if (assignment.writes()) {
        written.add(assignment.value());
      }
    }
    return written;
  }

  /**
   * @param replace whether columns that the row does not have are deleted; static ones stay
   */
  private static Fragment insertOf(
      Target target, Map<Column, Value> row, boolean replace, WriteOptions options) {
    Fragment insert =
        Statements.insert(
            target.table(),
            column -> column.isKey() ? target.value(column) : value(column, row, replace),
            options.condition());
    Storable.check(target.table(), insert.values());
    return Statements.using(insert, options);
  }

  private static Value value(Column column, Map<Column, Value> row, boolean replace) {
    Value given = row.get(column);
    if (given != null) {
      return given;
    }
    return replace && !column.isStatic() ? Value.ofNull(column) : Value.unset(column);
  }

  /** Takes the key's columns out of the body: they must say the same as the path. */
  private static <T> void requireSameKey(
      Target target, Map<Column, T> row, Function<T, Value> value) {
    for (int i = 0; i < target.key().size(); i++) {
      Column column = target.table().primaryKey().get(i);
      T given = row.remove(column);
      if (given != null && !value.apply(given).sameAs(target.key().get(i))) {
        String name = column.name();
        throw new ApiException(
                ErrorCode.KEY_MISMATCH, "Column %s differs from the path.".formatted(name))
            .with("column", name)
            .with("hint", "A row keeps its key: write it under the new key, and delete this one.");
      }
    }
  }

  private static void requireStatic(Target target, Map<Column, ?> row) {
    for (Column column : row.keySet()) {
      if (!column.isStatic()) {
        throw new ApiException(
                ErrorCode.INCOMPLETE_PRIMARY_KEY,
                "Column %s is not static: it needs a path with the whole primary key."
                    .formatted(column.name()))
            .with("column", column.name())
            .with("missing", Column.names(target.missing()));
      }
    }
  }
}
