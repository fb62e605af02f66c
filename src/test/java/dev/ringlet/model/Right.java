package dev.ringlet.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one rule lets one caller do with one table.
 *
 * @param visible the columns that there are, in the order of rows
 * @param limits the values that columns of the key may have
 * @param lists those of them whose values are a list
 */
record Right(
    String rule,
    Set<String> may,
    List<String> visible,
    Map<String, Set<String>> limits,
    Set<String> lists) {
  /** The widest first: the fewest limits, then the most columns, then by name. */
  static final Comparator<Right> ORDER =
      Comparator.comparing((Right right) -> right.limits().size())
          .thenComparing(right -> -right.visible().size())
          .thenComparing(Right::rule);

  boolean may(String verb) {
    return may.contains(verb);
  }

  /** Whether a row, or what a path says of one, is one of those that there are. */
  boolean covers(Map<String, String> row) {
    return limits.entrySet().stream()
        .allMatch(l -> !row.containsKey(l.getKey()) || l.getValue().contains(row.get(l.getKey())));
  }

  /**
   * Whether what is written has static columns, which belong to rows outside of the limits too, and
   * to those that are there when one is created: the contract does not say whether that is theirs.
   */
  boolean reachesOthers(Shape shape, Set<String> written) {
    boolean limited =
        limits.keySet().stream().anyMatch(shape.names(Shape.Kind.CLUSTERING)::contains);
    return (limited || !may("write"))
        && written.stream().anyMatch(shape.names(Shape.Kind.STATIC)::contains);
  }

  List<String> sees(Shape shape, Shape.Kind... kinds) {
    return shape.names(kinds).stream().filter(visible::contains).toList();
  }

  List<String> hidden(Shape shape, Shape.Kind... kinds) {
    return shape.names(kinds).stream().filter(name -> !visible.contains(name)).toList();
  }
}
