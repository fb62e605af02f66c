package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Columns;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import dev.ringlet.value.Codecs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Filters with types: finds the column, checks that the operator makes sense for it, and reads the
 * operands.
 */
final class Restrictions {
  private Restrictions() {}

  /**
   * The restrictions of the path's key values and of the filters, in the order of the table's
   * columns: what is the same query is the same text.
   *
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_FILTER}, {@link
   *     ErrorCode#INVALID_VALUE}
   */
  static List<Restriction> of(Target target, List<Filter> filters) {
    List<ColumnMetadata> key = target.table().primaryKey();
    List<Restriction> restrictions = new ArrayList<>();
    for (int i = 0; i < target.key().size(); i++) {
      restrictions.add(Restriction.equal(target.table(), key.get(i), target.key().get(i)));
    }
    for (Filter filter : filters) {
      Restriction restriction = of(target.table(), filter);
      restrictions.forEach(other -> requireCompatible(other, restriction));
      restrictions.add(restriction);
    }
    if (filters.size() > 1) {
      restrictions.sort(order(key));
    }
    return restrictions;
  }

  private static Comparator<Restriction> order(List<ColumnMetadata> key) {
    return Comparator.comparingInt((Restriction r) -> position(key, r.column()))
        .thenComparing(r -> r.column().getName().asInternal())
        .thenComparing(Restriction::operator, Comparator.reverseOrder());
  }

  private static int position(List<ColumnMetadata> key, ColumnMetadata column) {
    int position = key.indexOf(column);
    return position < 0 ? key.size() : position;
  }

  private static Restriction of(Table table, Filter filter) {
    ColumnMetadata column = Columns.require(table, filter.column());
    if (!Operators.apply(filter.operator(), column.getType())) {
      throw invalid(
              column,
              "%s does not apply to the type %s of column %s."
                  .formatted(
                      filter.operator().symbol(),
                      column.getType().asCql(true, true),
                      filter.column()))
          .with(
              "operators", Operators.of(column.getType()).stream().map(Operator::symbol).toList());
    }
    return new Restriction(
        column,
        filter.operator(),
        filter.operator().relation(Table.cql(column.getName())),
        values(column, filter));
  }

  private static List<Value> values(ColumnMetadata column, Filter filter) {
    DataType type = column.getType();
    List<String> operands = filter.operands();
    return switch (filter.operator().operand()) {
      case VALUE, PATTERN -> List.of(Value.parse(column, operands.get(0)));
      case VALUES -> List.of(list(column, operands));
      case ELEMENT -> List.of(Value.parse(column, elementType(type), operands.get(0)));
      case KEY -> List.of(Value.parse(column, ((MapType) type).getKeyType(), operands.get(0)));
      case ENTRY ->
          List.of(
              Value.parse(column, ((MapType) type).getKeyType(), operands.get(0)),
              Value.parse(column, ((MapType) type).getValueType(), operands.get(1)));
    };
  }

  /** One marker for all values of IN, so that their number does not change the text. */
  private static Value list(ColumnMetadata column, List<String> operands) {
    List<Value> values = operands.stream().map(operand -> Value.parse(column, operand)).toList();
    return Value.of(
        column.getName(),
        DataTypes.listOf(column.getType()),
        Codecs.list(values.stream().map(Value::bytes).toList()));
  }

  private static DataType elementType(DataType type) {
    if (type instanceof MapType map) {
      return map.getValueType();
    }
    return type instanceof ListType list
        ? list.getElementType()
        : ((SetType) type).getElementType();
  }

  /**
   * CQL restricts a column once, but for the two ends of a range and the several things a
   * collection may contain.
   */
  private static void requireCompatible(Restriction one, Restriction other) {
    if (!one.column().equals(other.column())
        || (one.operator().isInside() && other.operator().isInside())) {
      return;
    }
    if (!one.operator().isOtherEnd(other.operator())) {
      throw invalid(
          other.column(),
          "Column %s is restricted by %s and by %s."
              .formatted(
                  other.column().getName().asInternal(),
                  one.operator().symbol(),
                  other.operator().symbol()));
    }
  }

  private static ApiException invalid(ColumnMetadata column, String detail) {
    return new ApiException(ErrorCode.INVALID_FILTER, detail)
        .with("column", column.getName().asInternal());
  }
}
