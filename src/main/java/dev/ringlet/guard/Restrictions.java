package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Filters with types: finds the column, checks that the operator makes sense for it, and reads the
 * operands.
 */
public final class Restrictions {
  private Restrictions() {}

  /**
   * The restrictions of the path's key values and of the filters, in the order of the table's
   * columns: what is the same query is the same text.
   *
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_FILTER}, {@link
   *     ErrorCode#INVALID_VALUE}, {@link ErrorCode#FORBIDDEN} of another's rows
   */
  public static List<Restriction> of(Target target, List<Filter> filters) {
    List<Column> key = target.table().primaryKey();
    List<Restriction> restrictions = new ArrayList<>();
    for (int i = 0; i < target.key().size(); i++) {
      restrictions.add(Restriction.equal(key.get(i), target.key().get(i)));
    }
    for (Filter filter : filters) {
      Restriction restriction = of(target, filter);
      restrictions.forEach(other -> requireCompatible(other, restriction));
      restrictions.add(restriction);
    }
    CallersRows.fillIn(target.permission(), restrictions);
    if (restrictions.size() - target.key().size() > 1) {
      restrictions.sort(order(key));
    }
    return restrictions;
  }

  /**
   * What was filled in counts with what the request has: Cassandra makes a key of each combination
   * of the values of IN before it reads any.
   *
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public static void requireFew(List<Restriction> restrictions, int max) {
    long combinations = 1;
    for (Restriction restriction : restrictions) {
      combinations *= restriction.picked();
      if (combinations > max) {
        throw new ApiException(
                ErrorCode.LIMIT_EXCEEDED,
                "The values of in, of all columns multiplied, are %d at most.".formatted(max))
            .with("limit", "ringlet.in.max")
            .with("column", restriction.column().name());
      }
    }
  }

  private static Comparator<Restriction> order(List<Column> key) {
    return Comparator.comparingInt((Restriction r) -> position(key, r.column()))
        .thenComparing(r -> r.column().name())
        .thenComparing(Restriction::operator, Comparator.reverseOrder());
  }

  private static int position(List<Column> key, Column column) {
    int position = key.indexOf(column);
    return position < 0 ? key.size() : position;
  }

  private static Restriction of(Target target, Filter filter) {
    Column column = target.table().require(filter.column());
    CallersRows.requireFilter(target.permission(), column, filter);
    Operator operator = filter.operator();
    if (!Operators.takes(column.type(), operator)) {
      throw invalid(
              column,
              "%s does not apply to the type %s of column %s."
                  .formatted(operator.symbol(), column.type().cql(), column.name()))
          .with("operators", Operators.of(column.type()).stream().map(Operator::symbol).toList());
    }
    List<CqlType> types = Operators.operands(column.type(), operator);
    String cql = operator.relation(column.cqlName());
    return new Restriction(column, operator, new Fragment(cql, values(column, types, filter)));
  }

  /** One marker for all values of IN, so that their number does not change the text. */
  private static List<Value> values(Column column, List<CqlType> types, Filter filter) {
    if (filter.operator().operand() == Operator.Operand.VALUES) {
      List<ByteBuffer> all =
          filter.operands().stream().map(text -> Value.parse(column, text).bytes()).toList();
      return List.of(Value.of(column.name(), types.get(0), Codecs.list(all)));
    }
    List<Value> values = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      values.add(Value.parse(column, types.get(i), filter.operands().get(i)));
    }
    return values;
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
                  other.column().name(), one.operator().symbol(), other.operator().symbol()));
    }
  }

  private static ApiException invalid(Column column, String detail) {
    return new ApiException(ErrorCode.INVALID_FILTER, detail).with("column", column.name());
  }
}
