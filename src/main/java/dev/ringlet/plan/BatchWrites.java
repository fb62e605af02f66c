package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Addressed;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.Condition;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.Filter;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.RowsQuery;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.Operation;
import dev.ringlet.row.Operations;
import dev.ringlet.row.RowBody;
import jakarta.inject.Singleton;
import java.util.List;

/** Plans each operation of a batch as the request that it stands for is planned. */
@Singleton
public final class BatchWrites {
  private final RowWrites rowWrites;
  private final Writes writes;
  private final Deletes deletes;
  private final Operations reader;

  BatchWrites(RowWrites rowWrites, Writes writes, Deletes deletes, Operations reader) {
    this.reader = reader;
    this.rowWrites = rowWrites;
    this.writes = writes;
    this.deletes = deletes;
  }

  /**
   * An operation, and what its path and members come to.
   *
   * @param filters of its path's query
   */
  public record Request(
      Operation operation, Targets targets, List<Filter> filters, WriteOptions options) {
    private WriteQuery query() {
      return new WriteQuery(filters, false);
    }
  }

  /**
   * The operations of a body.
   *
   * @throws ApiException what {@link Operations#read} throws
   */
  public List<Operation> operations(byte[] body) {
    return reader.read(body);
  }

  /**
   * The statements of an operation, nearly always one.
   *
   * @throws ApiException what the request that it stands for fails with, but {@link
   *     ErrorCode#INVALID_OPERATION} where that is {@link ErrorCode#METHOD_NOT_ALLOWED}
   */
  public List<WritePlan> statements(Request request) {
    if (request.options().condition().kind() == Condition.Kind.UNCHANGED) {
      throw new ApiException(
              ErrorCode.CONDITION_NOT_POSSIBLE,
              "An operation of a batch has no condition on an ETag: its row would have to be read.")
          .with("hint", "\"if_match\": \"*\" is the condition that the row exists.");
    }
    try {
      return planned(request);
    } catch (ApiException e) {
      throw e.code() == ErrorCode.METHOD_NOT_ALLOWED ? notPossible(request, e) : e;
    }
  }

  private List<WritePlan> planned(Request request) {
    Targets targets = request.targets();
    WriteOptions options = request.options();
    RowBody row = request.operation().row();
    return switch (request.operation().kind()) {
      case INSERT ->
          List.of(
              rowWrites.one(
                  new PostRequest(() -> targets, RowsQuery.of(RowOperation.INSERT), options), row));
      case REPLACE -> replace(request);
      case MERGE -> targets.planAll(target -> merge(request, target));
      case DELETE ->
          targets.planAll(target -> List.of(deletes.delete(target, request.filters(), options)));
    };
  }

  private List<WritePlan> replace(Request request) {
    return request.targets().planAll(target -> replace(request, target));
  }

  /**
   * CQL's INSERT has no condition but that there is no row: any other is that of an UPDATE that
   * changes nothing.
   */
  private List<WritePlan> replace(Request request, Target target) {
    RowBody row = request.operation().row();
    WriteOptions options = request.options();
    List<Filter> onKey = Addressed.ofKey(target.table(), request.filters());
    if (options.condition().kind() != Condition.Kind.EXISTS
        && onKey.size() == request.filters().size()) {
      return List.of(writes.replace(target, request.query(), row, options));
    }
    return List.of(
        writes.unchanged(target, "PUT", request.query(), options),
        writes.replace(target, new WriteQuery(onKey, false), row, withoutCondition(options)));
  }

  /** One that inserts the key alone on a condition is two statements for the same reason. */
  private List<WritePlan> merge(Request request, Target target) {
    RowBody row = request.operation().row();
    WriteOptions options = request.options();
    WritePlan merge = writes.merge(target, request.query(), row, options);
    if (merge.change() != Change.INSERT || !merge.conditional()) {
      return List.of(merge);
    }
    WriteQuery onKey = new WriteQuery(Addressed.ofKey(target.table(), request.filters()), false);
    return List.of(
        writes.unchanged(target, "PATCH", request.query(), options),
        writes.merge(target, onKey, row, withoutCondition(options)));
  }

  private static WriteOptions withoutCondition(WriteOptions options) {
    return options.with(Condition.NONE, options.ttl());
  }

  private static ApiException notPossible(Request request, ApiException e) {
    ApiException invalid =
        new ApiException(
            ErrorCode.INVALID_OPERATION,
            "%s is not possible with this path.".formatted(request.operation().kind().symbol()));
    return e.members().get("hint") instanceof String hint ? invalid.with("hint", hint) : invalid;
  }
}
