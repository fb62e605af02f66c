package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.request.Place;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The filters that are conditions of a write: what CQL takes in IF, as its ColumnCondition says.
 */
final class Comparisons {
  private Comparisons() {}

  /**
   * In the order of their names: what is the same condition is the same text.
   *
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_FILTER}, {@link
   *     ErrorCode#INVALID_VALUE}
   */
  static List<Restriction> of(Table table, List<Filter> filters) {
    return filters.stream()
        .map(filter -> of(table, filter))
        .sorted(
            Comparator.comparing((Restriction r) -> r.column().name())
                .thenComparing(r -> r.fragment().cql()))
        .toList();
  }

  private static Restriction of(Table table, Filter filter) {
    if (filter.isTuple()) {
      throw Part.invalid(
          table.require(filter.place().column()),
          "CQL compares clustering columns together, and column %s is none.");
    }
    Filter plain = filter.operator() == Operator.ENTRY ? entry(filter) : filter;
    Part part = Part.of(table, plain.place());
    return plain.operator() == Operator.IS
        ? presence(part, plain.operands().get(0).equals("null"))
        : compared(part, plain);
  }

  /** The entry of a map that has a value is an element that is equal to it. */
  private static Filter entry(Filter filter) {
    List<Place.Step> steps = new ArrayList<>(filter.place().steps());
    steps.add(new Place.Element(filter.operands().get(0)));
    return new Filter(
        List.of(new Place(filter.place().column(), steps)),
        Operator.EQ,
        filter.operands().subList(1, 2));
  }

  private static Restriction presence(Part part, boolean absent) {
    Value none = Value.of(part.column().name(), part.type(), null);
    return restriction(part, absent ? Operator.EQ : Operator.NE, List.of(none));
  }

  private static Restriction compared(Part part, Filter filter) {
    Operator operator = filter.operator();
    if (!Operators.compares(part, operator)) {
      throw Part.invalid(
              part.column(),
              "A condition on column %s cannot be "
                  + operator.symbol()
                  + ": the type compared is "
                  + part.type().cql().replace("%", "%%") // a user-defined type may have one
                  + ".")
          .with("operators", Operators.of(part));
    }
    List<Value> values = Operands.of(part.column(), part.type(), filter);
    boolean emptied = part.type().hasElementCells() && operator.isRange();
    if (emptied && values.get(0).bytes().getInt(0) == 0) {
      throw Part.invalid(
          part.column(),
          "CQL compares the order of column %s with collections that have elements.");
    }
    return restriction(part, operator, values);
  }

  private static Restriction restriction(Part part, Operator operator, List<Value> values) {
    Fragment relation =
        new Fragment(operator.relation(""), values); // behind the part, which may have a marker
    return Restriction.of(part.column(), operator, Fragment.concat(part.cql(), relation));
  }
}
