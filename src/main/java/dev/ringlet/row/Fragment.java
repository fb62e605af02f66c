package dev.ringlet.row;

import dev.ringlet.schema.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of CQL with the values of its bind markers, in their order. Statements are made of such
 * pieces, so that nobody has to put values where somebody else has put markers.
 *
 * @param values one a marker
 */
public record Fragment(String cql, List<Value> values) {
  public static final Fragment NONE = of("");

  /** Characters that most pieces have at most. */
  private static final int PIECE = 32;

  public Fragment {
    values = List.copyOf(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fragment fragment
        && cql.equals(fragment.cql)
        && values.equals(fragment.values);
  }

  @Override
  public int hashCode() {
    return 31 * cql.hashCode() + values.hashCode();
  }

  public static Fragment of(String cql, Value... values) {
    return new Fragment(cql, List.of(values));
  }

  /** A column that has the value. */
  public static Fragment equal(Column column, Value value) {
    return of(column.cqlName() + " = ?", value);
  }

  /** One after the other, as they are. */
  public static Fragment concat(Fragment... parts) {
    List<Fragment> some = new ArrayList<>(parts.length);
    for (Fragment part : parts) {
      if (!part.cql.isEmpty()) {
        some.add(part);
      }
    }
    return join("", "", some);
  }

  /**
   * One after the other.
   *
   * @param before the first of them
   * @param between two of them
   * @param parts at least one
   */
  public static Fragment join(String before, String between, List<Fragment> parts) {
    if (parts.size() == 1) {
      return parts.get(0).after(before);
    }
    StringBuilder cql = new StringBuilder(before.length() + PIECE * parts.size()).append(before);
    List<Value> values = new ArrayList<>();
    String separator = "";
    for (Fragment part : parts) {
      cql.append(separator).append(part.cql);
      values.addAll(part.values);
      separator = between;
    }
    return new Fragment(cql.toString(), values);
  }

  /** Whether doing it twice is the same as doing it once, as far as its values go. */
  public boolean isIdempotent() {
    for (Value value : values) { // of each row of a POST: a stream would be of each, too
      if (!value.isIdempotent()) {
        return false;
      }
    }
    return true;
  }

  /** With this before it. */
  public Fragment after(String text) {
    return text.isEmpty() ? this : new Fragment(text + cql, values);
  }
}
