package dev.ringlet.guard;

import dev.ringlet.request.Operator;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Index;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.Optional;

/**
 * A table's secondary indexes: which of them serve what filters ask for. SAI's are used together,
 * any other alone.
 */
final class Indexes {
  private final List<Index> indexes;

  Indexes(Table table) {
    this.indexes = table.columnIndexes();
  }

  /** Whether the column has any, whatever it serves. */
  boolean areOn(Column column) {
    return indexes.stream().anyMatch(index -> index.column().equals(column));
  }

  /** The one for nearest neighbours. */
  Optional<Index> nearest(Column column) {
    return sai().stream()
        .filter(
            index -> index.column().equals(column) && column.type().kind() == CqlType.Kind.VECTOR)
        .findFirst();
  }

  /** Whether Cassandra takes one for any of the restrictions of a column. */
  boolean help(List<Restriction> column) {
    return indexes.stream().anyMatch(index -> helps(index, column));
  }

  /** Whether one finds what a pattern of LIKE stands for. */
  boolean match(Column column, String pattern) {
    return indexes.stream()
        .filter(index -> index.column().equals(column))
        .filter(index -> IndexRules.serves(index, Operator.LIKE))
        .anyMatch(index -> IndexRules.matches(index, pattern));
  }

  /** Whether the column has one of SASI. */
  boolean hasSasi(Column column) {
    return indexes.stream()
        .anyMatch(index -> index.kind() == Index.Kind.SASI && index.column().equals(column));
  }

  /** Whether Cassandra takes one of SASI, which it prefers to others. */
  boolean sasiHelps(List<Restriction> column) {
    return indexes.stream()
        .anyMatch(index -> index.kind() == Index.Kind.SASI && helps(index, column));
  }

  List<Index> all() {
    return indexes;
  }

  List<Index> sai() {
    return indexes.stream().filter(index -> index.kind() == Index.Kind.SAI).toList();
  }

  /** Of those that may be used together, the ones that leave the fewest columns to be filtered. */
  List<Index> best(List<List<Restriction>> columns) {
    List<Index> best = sai();
    for (Index index : indexes) {
      List<Index> alone = List.of(index);
      if (!best.contains(index)
          && unserved(alone, columns).size() < unserved(best, columns).size()) {
        best = alone;
      }
    }
    return best;
  }

  /** The columns that these leave to be filtered. */
  static List<List<Restriction>> unserved(List<Index> used, List<List<Restriction>> columns) {
    return columns.stream()
        .filter(column -> used.stream().noneMatch(index -> serves(index, column)))
        .toList();
  }

  /** The first of these that serves one of the columns. */
  static Optional<Index> serving(List<Index> used, List<List<Restriction>> columns) {
    return columns.stream()
        .flatMap(column -> used.stream().filter(index -> serves(index, column)))
        .findFirst();
  }

  /** Of several things that a collection is to contain, only SAI looks for all. */
  private static boolean serves(Index index, List<Restriction> column) {
    boolean several = column.stream().filter(r -> r.operator().isInside()).count() > 1;
    return helps(index, column) && !(several && index.kind() != Index.Kind.SAI);
  }

  private static boolean helps(Index index, List<Restriction> column) {
    return column.stream()
        .anyMatch(r -> r.isOn(index.column()) && IndexRules.serves(index, r.operator()));
  }
}
