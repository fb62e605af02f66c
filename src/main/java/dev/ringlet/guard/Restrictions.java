package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.request.Place;
import dev.ringlet.row.Fragment;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
      for (Filter one : Tuples.split(target.table(), filter)) {
        Restriction restriction = of(target, one);
        restrictions.forEach(other -> requireCompatible(other, restriction));
        restrictions.add(restriction);
      }
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
        .thenComparing(Restriction::operator, Comparator.reverseOrder())
        .thenComparing(r -> r.values().get(0).bytes())
        .thenComparing(r -> r.values().get(r.values().size() - 1).bytes());
  }

  private static int position(List<Column> key, Column column) {
    int position = key.indexOf(column);
    return position < 0 ? key.size() : position;
  }

  private static Restriction of(Target target, Filter written) {
    if (written.isTuple()) {
      return Tuples.of(target, written);
    }
    Filter filter = entry(target.table(), written);
    Column column = target.table().require(filter.place().column());
    Operator operator = filter.operator();
    if (!filter.place().isColumn()) {
      throw ofPart(column, operator);
    }
    CallersRows.requireFilter(target.permission(), column, filter);
    if (operator.isOfConditions()) {
      throw invalid(
          column,
          "%s is for conditions, on columns outside of the primary key: column %s takes values."
              .formatted(operator.symbol(), column.name()));
    }
    if (!Operators.takes(column.type(), operator)) {
      throw notApplied(
          column,
          "%s does not apply to the type %s of column %s."
              .formatted(operator.symbol(), column.type().cql(), column.name()));
    }
    String cql = operator.relation(column.cqlName());
    return Restriction.of(
        column,
        operator,
        operator.isRange()
            ? Operands.range(column, cql, filter.operands().get(0))
            : new Fragment(cql, Operands.of(column, column.type(), filter)));
  }

  private static ApiException ofPart(Column column, Operator operator) {
    Optional<String> hint =
        Optional.of("An entry that it has is written %s[key]=eq.value.".formatted(column.name()));
    return notApplied(
            column,
            "%s does not apply to a part of column %s: rows are found by it as a whole."
                .formatted(operator.symbol(), column.name()))
        .hint(hint.filter(text -> Operators.takes(column.type(), Operator.ENTRY)));
  }

  private static ApiException notApplied(Column column, String detail) {
    List<String> operators = Operators.of(column.type()).stream().map(Operator::symbol).toList();
    return invalid(column, detail).with("operators", operators);
  }

  /** An element of a map that is equal to something is an entry. */
  private static Filter entry(Table table, Filter filter) {
    List<Place.Step> steps = filter.place().steps();
    boolean entry =
        steps.size() == 1
            && filter.operator() == Operator.EQ
            && table
                .column(filter.place().column())
                .filter(column -> Operators.takes(column.type(), Operator.ENTRY))
                .isPresent();
    return entry && steps.get(0) instanceof Place.Element element
        ? new Filter(
            filter.place().column(),
            Operator.ENTRY,
            List.of(element.key(), filter.operands().get(0)))
        : filter;
  }

  /**
   * CQL restricts a column once, but for the two ends of a range and the several things a
   * collection may contain.
   */
  private static void requireCompatible(Restriction one, Restriction other) {
    if ((one.operator().isInside()
            && other.operator().isInside()) // of which any number is possible
        || one.columns().stream().noneMatch(other::isOn)) {
      return;
    }
    if (!one.operator().isOtherEnd(other.operator()) || !one.column().equals(other.column())) {
      Column column = other.columns().stream().filter(one::isOn).findFirst().orElseThrow();
      throw invalid(
          column,
          "Column %s is restricted by %s and by %s."
              .formatted(column.name(), one.operator().symbol(), other.operator().symbol()));
    }
  }

  private static ApiException invalid(Column column, String detail) {
    return new ApiException(ErrorCode.INVALID_FILTER, detail).with("column", column.name());
  }
}
