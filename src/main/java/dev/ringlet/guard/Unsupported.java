package dev.ringlet.guard;

import static java.util.function.Predicate.not;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Operator;
import dev.ringlet.request.ReadQuery;
import dev.ringlet.request.Selector;
import dev.ringlet.schema.Column;
import dev.ringlet.value.CqlType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Cassandra refuses to read, with ALLOW FILTERING as without. */
final class Unsupported {
  private Unsupported() {}

  /**
   * @throws ApiException {@link ErrorCode#INVALID_FILTER} with the column, {@link
   *     ErrorCode#INVALID_ORDER}, {@link ErrorCode#INVALID_PARAMETER} of select
   */
  static void refuse(Where where, ReadQuery query) {
    Stream.of(where.partition(), where.clustering(), where.others())
        .flatMap(Collection::stream)
        .flatMap(List::stream)
        .filter(restriction -> restriction.operator() == Operator.LIKE)
        .forEach(restriction -> refusePattern(where, restriction));
    refuseIn(where);
    refuseTuples(where);
    refuseBesideSasi(where);
    refuseVectors(where);
    where.nearest().ifPresent(vector -> refuseBesideNearest(where, vector));
    if (where.nearest().isEmpty() && !query.order().isEmpty() && where.usesIndex()) {
      throw Ordering.invalid(
          where.table(), "Cassandra gives no order to rows that it finds by an index.");
    }
    refuseStaticsOfRows(where, query.select());
  }

  private static void refusePattern(Where where, Restriction like) {
    Column column = like.column();
    String pattern = like.values().get(0).text();
    if (!where.indexes().help(List.of(like))) {
      throw invalid(column, "like on column %s needs a SASI index that takes it for text.");
    }
    if (pattern.isEmpty() || pattern.equals("%") || pattern.equals("%%")) {
      throw invalid(column, "The pattern of like on column %s has no text.");
    }
    if (!where.indexes().match(column, pattern)) {
      throw invalid(
          column,
          "The index on column %s does not find such a pattern: it has how texts begin, or their"
              + " parts, as its mode says.");
    }
  }

  /** Cassandra looks into indexes for one partition, or for all. */
  private static void refuseIn(Where where) {
    if (where.usesIndex()) {
      where.partition().stream()
          .filter(Where::isIn)
          .forEach(
              on -> {
                throw invalid(
                    Where.column(on),
                    "Cassandra takes no in on the partition key column %s where it uses an index:"
                        + " ask for each value.");
              });
    }
  }

  /** Cassandra compares tuples where rows follow their order, and filters by none. */
  private static void refuseTuples(Where where) {
    List<List<Restriction>> left = where.left();
    int followed = 0;
    for (List<Restriction> on : where.clustering()) {
      Column column = Where.column(on);
      boolean filtered =
          where.indexes().help(on) || where.table().clusteringColumns().indexOf(column) != followed;
      if (filtered && left.contains(on) && on.stream().anyMatch(Restriction::isTuple)) {
        throw invalid(
            column,
            "Columns are compared together where they follow the clustering order, and no index is"
                + " used for one of them: column %s does not.");
      }
      followed += filtered || !Where.picks(on) ? 0 : Where.width(on);
    }
  }

  /** SASI reads a collection as if it had one value, and fails. */
  private static void refuseBesideSasi(Where where) {
    List<List<Restriction>> left = where.left();
    boolean sasi = where.usesIndex() && left.stream().anyMatch(where.indexes()::sasiHelps);
    for (List<Restriction> on : left) {
      Column column = Where.column(on);
      boolean inside = on.get(0).operator().isInside();
      if (inside
          && (where.indexes().hasSasi(column) || (sasi && column.type().hasElementCells()))) {
        throw invalid(
            column, "Cassandra finds nothing inside of column %s where it uses a SASI index.");
      }
    }
  }

  private static void refuseVectors(Where where) {
    for (List<Restriction> on :
        where.nearest().isPresent() ? List.<List<Restriction>>of() : where.others()) {
      Column column = Where.column(on);
      if (column.type().kind() == CqlType.Kind.VECTOR && where.indexes().areOn(column)) {
        throw invalid(column, "Column %s has an index: Cassandra only orders by it, with ann.");
      }
    }
  }

  private static void refuseBesideNearest(Where where, Column vector) {
    List<Column> partition = where.partition().stream().map(Where::column).toList();
    List<Column> clustering = where.clustering().stream().map(Where::column).toList();
    List<Column> others = where.others().stream().map(Where::column).toList();
    if (others.contains(vector)) {
      throw invalid(vector, "Column %s is what is searched: it takes no filter.");
    }
    if (where.isKeyRange() && !partition.isEmpty()) {
      throw invalid(
          partition.get(0),
          "A vector search takes values for the whole partition key, or no filter on %s.");
    }
    boolean ordered = !partition.isEmpty() && where.followsOrder();
    Stream.concat(others.stream(), ordered ? Stream.of() : clustering.stream())
        .filter(not(where.indexes()::areOn))
        .forEach(
            column -> {
              throw invalid(column, "Beside a vector search the filter on %s needs an SAI index.");
            });
  }

  private static void refuseStaticsOfRows(Where where, List<Selector> select) {
    List<Column> read =
        select.stream()
            .flatMap(selector -> selector.expression().columns())
            .map(where.table()::require)
            .toList();
    boolean rows = read.stream().anyMatch(column -> !column.isStatic() && !column.isPartitionKey());
    boolean statics = read.stream().anyMatch(Column::isStatic);
    Optional<Column> ofRows =
        where.nearest().or(() -> where.clustering().stream().map(Where::column).findFirst());
    if (statics && !rows && ofRows.isPresent()) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "Static columns alone are read of a partition, not of some of its rows: select a"
                  + " column of the rows as well.")
          .with("parameter", "select")
          .with("column", ofRows.get().name());
    }
  }

  private static ApiException invalid(Column column, String detail) {
    String name = column.name();
    return new ApiException(ErrorCode.INVALID_FILTER, detail.formatted(name)).with("column", name);
  }
}
