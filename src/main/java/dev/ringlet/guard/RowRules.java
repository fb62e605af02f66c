package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Grouping;
import dev.ringlet.request.ReadQuery;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Cassandra refuses to make of the rows it finds: groups, distinct ones, few of many. */
final class RowRules {
  private RowRules() {}

  /**
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}, mostly with the column
   */
  static void refuse(Where where, GroupBy groupBy, ReadQuery query) {
    Grouping grouping = query.grouping();
    if (grouping.perPartition().isPresent() && (grouping.distinct() || query.isAggregate())) {
      throw together(
          "per_partition", grouping.distinct() ? "distinct" : "an aggregate without group");
    }
    where.nearest().ifPresent(vector -> refuseBesideNearest(vector, query));
    if (grouping.distinct()) {
      refuseOfRows(where, groupBy, query);
    }
  }

  private static void refuseBesideNearest(Column vector, ReadQuery query) {
    Grouping grouping = query.grouping();
    Optional<String> parameter =
        grouping.isBy()
            ? Optional.of("group")
            : grouping.distinct()
                ? Optional.of("distinct")
                : grouping.perPartition().map(limit -> "per_partition");
    parameter
        .or(() -> query.isAggregate() ? Optional.of("select") : Optional.empty())
        .ifPresent(
            name -> {
              throw invalid(
                      name, "A vector search gives single rows: neither aggregates nor groups.")
                  .with("column", vector.name());
            });
  }

  /** A partition is one row of which there are the key and the static columns. */
  private static void refuseOfRows(Where where, GroupBy groupBy, ReadQuery query) {
    if (groupBy.byRow()) {
      throw together("distinct", "group of clustering columns");
    }
    Table table = where.table();
    Set<Column> selected =
        query.select().stream()
            .flatMap(selector -> selector.expression().columns())
            .map(table::require)
            .collect(Collectors.toSet());
    Stream.concat(selected.stream(), restricted(where))
        .filter(column -> !column.isPartitionKey() && !column.isStatic())
        .findFirst()
        .ifPresent(
            column -> {
              throw invalid(
                      "distinct",
                      "Distinct are partition key columns and static ones; %s is neither."
                          .formatted(column.name()))
                  .with("column", column.name());
            });
    if (where.isKeyRange() && !query.select().isEmpty() && !query.selectsToken()) {
      table.partitionKey().stream()
          .filter(key -> !selected.contains(key))
          .findFirst()
          .ifPresent(
              key -> {
                throw invalid(
                        "distinct",
                        "Of several partitions all partition key columns are selected; %s is not."
                            .formatted(key.name()))
                    .with("column", key.name());
              });
    }
  }

  private static Stream<Column> restricted(Where where) {
    return Stream.of(where.clustering(), where.others()).flatMap(List::stream).map(Where::column);
  }

  private static ApiException together(String parameter, String other) {
    return invalid(parameter, "Cassandra takes no " + parameter + " beside " + other + ".");
  }

  private static ApiException invalid(String parameter, String detail) {
    return new ApiException(ErrorCode.INVALID_PARAMETER, detail).with("parameter", parameter);
  }
}
