package dev.ringlet.plan;

import dev.ringlet.config.CsvForm;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.CallersRows;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.RowsQuery;
import dev.ringlet.row.CsvRow;
import dev.ringlet.row.RowNames;
import dev.ringlet.schema.Table;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What POST asks for, but for the rows.
 *
 * @param current the targets of POST, as their table is when it is asked for
 */
public record PostRequest(Supplier<Targets> current, RowsQuery query, WriteOptions options) {
  public PostRequest(Target table, RowOperation operation, WriteOptions options) {
    this(() -> Targets.of(table), RowsQuery.of(operation), options);
  }

  /**
   * @throws ApiException {@link ErrorCode#METHOD_NOT_ALLOWED}, and what query and options make
   *     impossible
   */
  public PostRequest {
    Table table = current.get().look(target -> checked(target, query.operation(), options));
    OwnOptions.check(query, table.isCounter(), options);
  }

  private static Table checked(Target target, RowOperation operation, WriteOptions options) {
    Table table = target.require("POST").table();
    switch (operation) {
      case INSERT -> target.requireInsert();
      case MERGE -> {}
      case DELETE -> CallersRows.requireNothingHidden(table, false);
    }
    String method = operation == RowOperation.INSERT ? "POST" : operation.parameter();
    WriteOptionRules.check(method, table, options);
    return table;
  }

  public RowOperation operation() {
    return query.operation();
  }

  /** What names in the rows stand for. */
  public RowNames names() {
    return RowNames.of(query.ttl(), query.timestamp());
  }

  /** The same for many rows: each has the whole timeout for itself. */
  public PostRequest forEach() {
    return new PostRequest(current, query, options.forEach());
  }

  /**
   * The first record of CSV.
   *
   * @throws ApiException {@link ErrorCode#INVALID_CSV}, {@link ErrorCode#UNKNOWN_COLUMN}
   */
  public CsvRow header(CsvForm form, byte[] record) {
    return current.get().look(target -> CsvRow.of(target.table(), names(), form, record));
  }

  /**
   * What stands for it in the query.
   *
   * @throws ApiException as the other
   */
  public Optional<CsvRow> header(CsvForm form) {
    return query
        .columns()
        .map(
            columns ->
                current.get().look(target -> CsvRow.of(target.table(), names(), form, columns)));
  }
}
