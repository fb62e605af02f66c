package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Condition;
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
   * @param current the target of POST, as its table is when it is asked for
   */
  public record Request(Supplier<Target> current, RowOperation operation, WriteOptions options) {
    public Request(Target table, RowOperation operation, WriteOptions options) {
      this(() -> table, operation, options);
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
      WriteOptionRules.check(
          insert ? "POST" : "DELETE", current.get().require("POST").table(), options);
    }

    /** The same for many rows: each has the whole timeout for itself. */
    public Request forEach() {
      return new Request(current, operation, options.forEach());
    }

    /**
     * The same for the table as it is now, whatever becomes of it while a row is planned.
     *
     * @throws ApiException if the table is gone or takes no such rows any more
     */
    public Request now() {
      return new Request(current.get(), operation, options);
    }

    private Table table() {
      return current.get().table();
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
    Request now = request.now();
    return plan(now, json.read(now.table(), body, line));
  }

  /**
   * The rows of a JSON array. What is wrong with one of them is thrown when its plan is asked for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public List<Supplier<WritePlan>> array(Request request, byte[] body) {
    return json.array(body).stream()
        .<Supplier<WritePlan>>map(row -> () -> plan(request.now(), row))
        .toList();
  }

  /**
   * One row, a record of CSV.
   *
   * @throws ApiException as of {@link #one}, and {@link ErrorCode#INVALID_CSV}
   */
  public WritePlan csv(Request request, CsvRow header, byte[] record) {
    Request now = request.now();
    return plan(now, header.read(now.table(), record));
  }

  private static WritePlan plan(Request now, Function<Table, Map<Column, Value>> row) {
    return plan(now, row.apply(now.table()));
  }

  private static WritePlan plan(Request request, Map<Column, Value> row) {
    return request.operation() == RowOperation.INSERT ? insert(request, row) : delete(request, row);
  }

  private static WritePlan insert(Request request, Map<Column, Value> row) {
    Target target = target(request, row);
    return Writes.insert(target, row, false, request.options());
  }

  private static WritePlan delete(Request request, Map<Column, Value> row) {
    Target target = target(request, row);
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
    Fragment delete = Statements.delete(target.table(), restrictions, Condition.NONE);
    return new WritePlan(delete, target, true, request.options());
  }

  /** The row by its primary key, which must be whole. */
  private static Target target(Request request, Map<Column, Value> row) {
    List<Column> key = request.table().primaryKey();
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
    return new Target(request.table(), key.stream().map(row::get).toList());
  }
}
