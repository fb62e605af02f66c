package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.CallersRows;
import dev.ringlet.guard.Restriction;
import dev.ringlet.guard.Restrictions;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.RowOperation;
import dev.ringlet.row.CsvRow;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.JsonRow;
import dev.ringlet.row.Storable;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Plans what POST does with the rows of its body: inserts them, or deletes them by their keys. */
@Singleton
public final class RowWrites {
  private final JsonRow json;

  RowWrites(JsonRow json) {
    this.json = json;
  }

  /**
   * What POST asks for, but for the rows.
   *
   * @param current the targets of POST, as their table is when it is asked for
   */
  public record Request(Supplier<Targets> current, RowOperation operation, WriteOptions options) {
    public Request(Target table, RowOperation operation, WriteOptions options) {
      this(() -> Targets.of(table), operation, options);
    }

    /**
     * @throws ApiException {@link ErrorCode#METHOD_NOT_ALLOWED}, and what the options make
     *     impossible
     */
    public Request {
      boolean insert = operation == RowOperation.INSERT;
      if (!insert && options.condition().isPresent()) {
        String header = options.condition().kind().header().replace(": *", "");
        throw new ApiException(ErrorCode.INVALID_HEADER, "op=delete does not take " + header + ".")
            .with("header", header);
      }
      WriteOptionRules.check(insert ? "POST" : "DELETE", checked(current.get(), insert), options);
    }

    private static Table checked(Targets targets, boolean insert) {
      return targets.plan(
          target -> {
            Table table = target.require("POST").table();
            if (!insert) {
              CallersRows.requireNothingHidden(table, false);
            }
            return table;
          });
    }

    /** The same for many rows: each has the whole timeout for itself. */
    public Request forEach() {
      return new Request(current, operation, options.forEach());
    }

    /**
     * The first record of CSV.
     *
     * @throws ApiException {@link ErrorCode#INVALID_CSV}, {@link ErrorCode#UNKNOWN_COLUMN}
     */
    public CsvRow header(byte[] record) {
      return current.get().plan(target -> CsvRow.of(target.table(), record));
    }

    private WritePlan plan(Function<Table, Map<Column, Value>> row) {
      return current.get().plan(target -> RowWrites.plan(target, row.apply(target.table()), this));
    }
  }

  /**
   * One row, a JSON object.
   *
   * @param line where in the body it starts, from 1
   * @throws ApiException {@link ErrorCode#INCOMPLETE_PRIMARY_KEY}, what {@link JsonRow} throws, and
   *     what the options make impossible
   */
  public WritePlan one(Request request, byte[] body, int line) {
    return request.plan(table -> json.read(table, body, line));
  }

  /**
   * The rows of a JSON array. What is wrong with one of them is thrown when its plan is asked for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public List<Supplier<WritePlan>> array(Request request, byte[] body) {
    return json.array(body).stream()
        .<Supplier<WritePlan>>map(row -> () -> request.plan(row))
        .toList();
  }

  /**
   * The rows of a JSON array, for the first of the caller's permissions that all of them fit, and
   * for the table as it is now: so they are of one CQL.
   *
   * @param plans asks for the plan of each row
   * @throws ApiException as of {@link #array}, and what is wrong with a row; if the table is gone
   *     or takes no such rows any more
   */
  public List<WritePlan> together(
      Request request, byte[] body, Function<List<Supplier<WritePlan>>, List<WritePlan>> plans) {
    List<Function<Table, Map<Column, Value>>> rows = json.array(body);
    return request
        .current()
        .get()
        .plan(
            target ->
                plans.apply(
                    rows.stream()
                        .<Supplier<WritePlan>>map(
                            row -> () -> plan(target, row.apply(target.table()), request))
                        .toList()));
  }

  /**
   * One row, a record of CSV.
   *
   * @throws ApiException as of {@link #one}, and {@link ErrorCode#INVALID_CSV}
   */
  public WritePlan csv(Request request, CsvRow header, byte[] record) {
    return request.plan(table -> header.read(table, record));
  }

  private static WritePlan plan(Target table, Map<Column, Value> row, Request request) {
    CallersRows.fillIn(table.permission(), row);
    Target target = target(table, row);
    return request.operation() == RowOperation.INSERT
        ? insert(target, row, request)
        : delete(target, row, request);
  }

  private static WritePlan insert(Target target, Map<Column, Value> row, Request request) {
    CallersRows.requireStatic(target.permission(), row.keySet());
    return Writes.insert(target, row, false, request.options());
  }

  private static WritePlan delete(Target target, Map<Column, Value> row, Request request) {
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
    return new WritePlan(delete, target, new Change.Delete(restrictions), true, request.options());
  }

  /** The row by its primary key, which must be whole. */
  private static Target target(Target table, Map<Column, Value> row) {
    List<Column> key = table.table().primaryKey();
    List<Column> missing =
        key.stream()
            .filter(column -> !row.containsKey(column) || row.get(column).isNull())
            .toList();
    if (!missing.isEmpty()) {
      throw new ApiException(
              ErrorCode.INCOMPLETE_PRIMARY_KEY,
              "The body lacks " + String.join(", ", Column.names(missing)) + ".")
          .with("missing", Column.names(missing));
    }
    return new Target(table.permission(), key.stream().map(row::get).toList());
  }
}
