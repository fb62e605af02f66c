package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.ViewMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Columns whose values become one key of at most {@value #MOST} bytes, of the table itself, of a
 * view or of an index. Cassandra finds out that they are too long when they are in its commit log.
 *
 * @param of whose key it is, in words
 * @param overhead bytes that come to each column
 * @param index that has the key, if it is for one
 */
public record KeyLimit(String of, List<String> columns, int overhead, Optional<String> index) {
  /** An unsigned short holds the length. */
  public static final int MOST = 65_535;

  /** Of a key of several columns: a length of two bytes before, and one byte after each. */
  public static final int COMPOSITE = 3;

  static List<KeyLimit> of(
      RelationMetadata table, List<Index> indexes, Collection<ViewMetadata> views) {
    List<KeyLimit> limits = new ArrayList<>();
    if (table.getClusteringColumns().size() > 1) {
      limits.add(clustering("the clustering columns", table));
    }
    for (ViewMetadata view : views) { // which may be none of the caller's: it is not named
      limits.add(partition("the partition key of a view", view.getPartitionKey()));
      limits.add(clustering("the clustering columns of a view", view));
    }
    indexes.stream()
        .filter(index -> index.kind() == Index.Kind.TABLE)
        .map(index -> primaryKey(table, index.name()))
        .forEach(limits::add);
    return List.copyOf(limits);
  }

  /** The same without the name of an index that is not one of these. */
  KeyLimit namingOnly(List<String> indexes) {
    return index.map(indexes::contains).orElse(true)
        ? this
        : new KeyLimit("the primary key, for an index", columns, overhead, Optional.empty());
  }

  private static KeyLimit partition(String of, List<ColumnMetadata> columns) {
    int overhead = columns.size() > 1 ? COMPOSITE : 0;
    return new KeyLimit(of, names(columns), overhead, Optional.empty());
  }

  private static KeyLimit clustering(String of, RelationMetadata table) {
    List<String> columns = names(table.getClusteringColumns().keySet());
    return new KeyLimit(of, columns, 0, Optional.empty());
  }

  private static KeyLimit primaryKey(RelationMetadata table, String index) {
    KeyLimit limit = partition("the primary key, for the index " + index, table.getPrimaryKey());
    return new KeyLimit(limit.of(), limit.columns(), limit.overhead(), Optional.of(index));
  }

  private static List<String> names(Collection<ColumnMetadata> columns) {
    return columns.stream().map(column -> column.getName().asInternal()).toList();
  }
}
