package dev.ringlet.request;

import java.util.List;
import java.util.Optional;

/**
 * Of which rows one is made, or one is taken.
 *
 * @param columns GROUP BY; empty: none
 * @param distinct whether a partition is one row
 * @param perPartition PER PARTITION LIMIT
 */
public record Grouping(List<String> columns, boolean distinct, Optional<Integer> perPartition) {
  /** All rows, each for itself. */
  public static final Grouping NONE = new Grouping(List.of(), false, Optional.empty());

  public Grouping {
    columns = List.copyOf(columns);
  }

  /** Whether they are all rows, each for itself. */
  public boolean isNone() {
    return columns.isEmpty() && !distinct && perPartition.isEmpty();
  }

  /** Whether rows are grouped by columns. */
  public boolean isBy() {
    return !columns.isEmpty();
  }
}
