package dev.ringlet.guard;

import dev.ringlet.request.Operator;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Index;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the WHERE clause of a SELECT has Cassandra do, by the rules of its StatementRestrictions:
 * which restrictions the key and the order of rows follow, and which are left for indexes, or else
 * for filtering.
 */
public final class Where {
  private final Table table;
  private final Indexes indexes;
  private final Optional<Column> nearest;
  private final List<List<Restriction>> partition;
  private final List<List<Restriction>> clustering;
  private final List<List<Restriction>> others;

  /**
   * @param nearest the column of a vector search
   */
  public Where(Table table, List<Restriction> restrictions, Optional<Column> nearest) {
    this.table = table;
    this.indexes = new Indexes(table);
    this.nearest = nearest;
    this.partition = byColumn(table.partitionKey(), restrictions);
    this.clustering = byColumn(table.clusteringColumns(), restrictions);
    this.others = byColumn(table.valueColumns(), restrictions);
  }

  Table table() {
    return table;
  }

  Indexes indexes() {
    return indexes;
  }

  Optional<Column> nearest() {
    return nearest;
  }

  /** The restrictions of each partition key column that has any; the same of the other columns. */
  List<List<Restriction>> partition() {
    return partition;
  }

  List<List<Restriction>> clustering() {
    return clustering;
  }

  List<List<Restriction>> others() {
    return others;
  }

  /** Whether it reads more than the partitions of single keys. */
  boolean isKeyRange() {
    return !missing().isEmpty();
  }

  /** The partition key columns without a value. */
  List<Column> missing() {
    return table.partitionKey().stream()
        .filter(key -> partition.stream().noneMatch(on -> column(on).equals(key) && picks(on)))
        .toList();
  }

  /** Whether it is nothing but values for the whole primary key. */
  boolean isKey() {
    return Stream.concat(partition.stream(), clustering.stream()).allMatch(Where::picks)
        && partition.size() + clustering.stream().mapToInt(Where::width).sum()
            == table.primaryKey().size()
        && others.isEmpty();
  }

  /** What neither names partitions nor follows the order of their rows. */
  public List<List<Restriction>> unfollowed() {
    List<List<Restriction>> unfollowed = new ArrayList<>(clustering);
    List<Column> order = table.clusteringColumns();
    int followed = 0;
    while (!unfollowed.isEmpty() && column(unfollowed.get(0)).equals(order.get(followed))) {
      List<Restriction> on = unfollowed.get(0);
      if (picks(on) || on.get(0).operator().isRange()) {
        unfollowed.remove(0);
      }
      followed += width(on);
      if (!picks(on) || followed == order.size()) {
        break;
      }
    }
    unfollowed.addAll(others);
    return unfollowed;
  }

  /** Whether the clustering columns have values from the first on, and then a range at most. */
  boolean followsOrder() {
    return unfollowed().size() == others.size();
  }

  /** Whether Cassandra looks into an index first. */
  boolean usesIndex() {
    return nearest.isPresent() || (isIndexed() && (isKeyRange() || !unfollowed().isEmpty()));
  }

  private boolean isIndexed() {
    return nearest.isPresent()
        || Stream.of(partition, clustering, others)
            .flatMap(Collection::stream)
            .anyMatch(indexes::help);
  }

  /** The columns whose restrictions are left for indexes or filtering. */
  List<List<Restriction>> left() {
    List<List<Restriction>> left = new ArrayList<>();
    if (isKeyRange()) {
      left.addAll(partition);
    }
    if (!followsOrder() || (isKeyRange() && isIndexed())) {
      left.addAll(clustering);
    }
    left.addAll(others);
    return left;
  }

  /** The indexes that serve most of what is left. */
  List<Index> used() {
    return nearest.isPresent() ? indexes.sai() : indexes.best(left());
  }

  /**
   * The columns that have to be filtered. Without an index, that is also what clustering columns
   * ask of rows from many partitions.
   */
  List<List<Restriction>> filtered() {
    List<List<Restriction>> left = left();
    return left.isEmpty() && isKeyRange() && nearest.isEmpty()
        ? clustering
        : Indexes.unserved(used(), left);
  }

  public static Column column(List<Restriction> on) {
    return on.get(0).column();
  }

  /** How many columns they are on. */
  static int width(List<Restriction> on) {
    return on.stream().mapToInt(restriction -> restriction.columns().size()).max().orElse(0);
  }

  static boolean picks(List<Restriction> on) {
    return on.get(0).picks();
  }

  static boolean isIn(List<Restriction> on) {
    return on.get(0).operator() == Operator.IN;
  }

  private static List<List<Restriction>> byColumn(
      Collection<Column> columns, List<Restriction> restrictions) {
    List<List<Restriction>> byColumn = new ArrayList<>();
    for (Column column : columns) {
      List<Restriction> on = restrictions.stream().filter(r -> r.column().equals(column)).toList();
      if (!on.isEmpty()) {
        byColumn.add(on);
      }
    }
    return byColumn;
  }
}
