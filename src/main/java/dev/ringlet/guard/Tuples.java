package dev.ringlet.guard;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Filters on several clustering columns at once: CQL's multi-column relations. */
final class Tuples {
  private Tuples() {}

  /**
   * Tuples that are equal are so column by column.
   *
   * @throws ApiException as of {@link #of}
   */
  static List<Filter> split(Table table, Filter filter) {
    if (!filter.isTuple() || filter.operator() != Operator.EQ) {
      return List.of(filter);
    }
    columns(table, filter);
    return IntStream.range(0, filter.places().size())
        .mapToObj(
            i ->
                new Filter(
                    List.of(filter.places().get(i)),
                    Operator.EQ,
                    List.of(filter.operands().get(i))))
        .toList();
  }

  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_FILTER}, {@link
   *     ErrorCode#INVALID_VALUE}, {@link ErrorCode#FORBIDDEN}
   */
  static Restriction of(Target target, Filter filter) {
    List<Column> columns = columns(target.table(), filter);
    CallersRows.requireTuples(target.permission(), columns, filter);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < filter.operands().size(); i++) {
      Column column = columns.get(i % columns.size());
      if (!Operators.takes(column.type(), filter.operator())) {
        throw Part.invalid(
            column, filter.operator().symbol() + " does not apply to the type of column %s.");
      }
      values.add(Operands.value(column, column.type(), filter.operands().get(i)));
    }
    String names =
        columns.stream().map(Column::cqlName).collect(Collectors.joining(", ", "(", ")"));
    String relation = filter.operator().relation(names);
    return new Restriction(
        columns,
        filter.operator(),
        filter.operator() == Operator.IN
            ? Fragment.of(relation, list(columns, values))
            : new Fragment(relation.replaceFirst("\\?$", markers(columns.size())), values));
  }

  private static String markers(int number) {
    return "(?" + ", ?".repeat(number - 1) + ")";
  }

  /** One marker for all. */
  private static Value list(List<Column> columns, List<Value> values) {
    List<ByteBuffer> tuples = new ArrayList<>();
    for (int at = 0; at < values.size(); at += columns.size()) {
      List<Value> tuple = values.subList(at, at + columns.size());
      tuples.add(Codecs.tuple(tuple.stream().map(Value::bytes).toList()));
    }
    String name = Column.names(columns).toString();
    CqlType type = CqlType.tupleOf(columns.stream().map(Column::type).toList()).listOf();
    return Value.of(name, type, Codecs.list(tuples));
  }

  @CanIgnoreReturnValue
  private static List<Column> columns(Table table, Filter filter) {
    List<Column> columns =
        filter.places().stream().map(place -> table.require(place.column())).toList();
    Column first = columns.get(0);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (!filter.places().get(i).isColumn() || !column.isClustering()) {
        throw Part.invalid(
            column, "Only clustering columns are compared together, and %s is none.");
      }
      int position = table.clusteringColumns().indexOf(column);
      if (position != table.clusteringColumns().indexOf(first) + i) {
        throw Part.invalid(
            column,
            "Columns that are compared together follow one another in the primary key: %s does"
                + " not.");
      }
    }
    return columns;
  }
}
