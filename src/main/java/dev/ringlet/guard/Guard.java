package dev.ringlet.guard;

import dev.ringlet.access.Action;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.ReadQuery;
import dev.ringlet.schema.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The query guard. What a key or an index serves is read; anything else is a scan, and needs to be
 * asked for. It decides as Cassandra does, which a test asks about each kind of query.
 */
public final class Guard {
  private final ScanRules scanRules;

  public Guard(ScanRules scanRules) {
    this.scanRules = scanRules;
  }

  /**
   * @throws ApiException {@link ErrorCode#PARTITION_KEY_REQUIRED} for a scan that was not asked
   *     for, {@link ErrorCode#FORBIDDEN} for one that is not allowed, and what {@link Unsupported}
   *     throws
   */
  public Access access(
      Target target,
      List<Restriction> restrictions,
      Ordering ordering,
      GroupBy groupBy,
      ReadQuery query) {
    boolean byPath = !target.isTable() && restrictions.size() == target.key().size();
    if (byPath && query.isPlain()) {
      return target.isRow() ? Access.ROW : Access.PARTITION;
    }
    Where where = new Where(target.table(), restrictions, ordering.nearest());
    Unsupported.refuse(where, query);
    RowRules.refuse(where, groupBy, query);
    Access access = Access.of(where);
    requireAllowed(target, where, access, query);
    return access;
  }

  private void requireAllowed(Target target, Where where, Access access, ReadQuery query) {
    if (query.split().isPresent() && !(query.scan() && access.isScan())) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "split takes part of a scan: it goes with scan=true, and without a partition key.")
          .with("parameter", "split");
    }
    if (!access.isScan()) {
      return;
    }
    if (!query.scan()) {
      throw refusal(where);
    }
    target.permission().require(Action.SCAN);
    if (!scanRules.allow(where.table())) {
      throw new ApiException(
              ErrorCode.FORBIDDEN,
              "The setting ringlet.scan does not let the table %s be scanned."
                  .formatted(where.table().name()))
          .with("table", where.table().name());
    }
  }

  /** The refusal of a scan that was not asked for: what is missing, and what would serve. */
  private static ApiException refusal(Where where) {
    List<Column> missing = where.missing();
    List<List<Restriction>> filtered = where.filtered();
    List<String> unserved = names(Indexes.unserved(where.indexes().all(), filtered));
    boolean together = unserved.isEmpty() && !names(filtered).isEmpty();
    if (together) {
      unserved = names(where.left());
    }
    String columns = String.join(", ", unserved);
    ApiException refusal =
        together
            ? new ApiException(
                ErrorCode.PARTITION_KEY_REQUIRED,
                "Only SAI indexes are used together, and for several things that a collection"
                    + " contains: %s.".formatted(columns))
            : missing.isEmpty()
                ? new ApiException(
                    ErrorCode.PARTITION_KEY_REQUIRED,
                    "Neither the key nor an index serves the filter on %s.".formatted(columns))
                : Target.partitionKeyRequired(missing);
    if (together && !missing.isEmpty()) {
      refusal = refusal.with("missing", Column.names(missing));
    }
    if (!unserved.isEmpty()) {
      refusal = refusal.with("index_missing", unserved);
    }
    return refusal.with(
        "hint",
        missing.isEmpty()
            ? "scan=true looks at each row of the partition, where ringlet.scan allows it."
            : "The path of a partition is %s; scan=true reads the table from end to end, where"
                    .formatted(where.table().path(where.table().partitionKey()))
                + " ringlet.scan allows it.");
  }

  /** The columns outside of the partition key. */
  private static List<String> names(List<List<Restriction>> columns) {
    List<Column> names = new ArrayList<>();
    for (List<Restriction> on : columns) {
      if (!Where.column(on).isPartitionKey()) {
        names.add(Where.column(on));
      }
    }
    return Column.names(names);
  }
}
