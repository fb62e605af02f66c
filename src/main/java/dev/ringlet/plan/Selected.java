package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Expression;
import dev.ringlet.request.Place;
import dev.ringlet.row.Fragment;
import dev.ringlet.value.CqlType;

/**
 * What is read for an item of {@code select}.
 *
 * @param type of the value, as CQL says
 */
record Selected(CqlType type, Fragment fragment) implements Comparable<Selected> {
  @Override
  public boolean equals(Object other) {
    return other instanceof Selected selected
        && type.equals(selected.type)
        && fragment.equals(selected.fragment);
  }

  @Override
  public int hashCode() {
    return fragment.hashCode();
  }

  /** By its text, and then by the bytes of its values. */
  @Override
  public int compareTo(Selected other) {
    int order = fragment.cql().compareTo(other.fragment.cql());
    for (int i = 0; order == 0 && i < fragment.values().size(); i++) {
      order = fragment.values().get(i).bytes().compareTo(other.fragment.values().get(i).bytes());
    }
    return order;
  }

  static ApiException refused(Place place, String detail) {
    return refused(new Expression.At(place), detail);
  }

  /** An item that CQL refuses. */
  static ApiException refused(Expression expression, String detail) {
    ApiException invalid =
        new ApiException(ErrorCode.INVALID_PARAMETER, detail).with("parameter", "select");
    return expression
        .columns()
        .findFirst()
        .map(name -> invalid.with("column", name))
        .orElse(invalid);
  }
}
