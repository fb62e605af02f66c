package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.ViewMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Columns whose values become one key of at most {@value #MOST} bytes, of the table itself, of a
 * view or of an index. Cassandra finds out that they are too long when they are in its commit log.
 *
 * @param of whose key it is, in words
 * @param overhead bytes that come to each column
 */
public record KeyLimit(String of, List<CqlIdentifier> columns, int overhead) {
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
    for (ViewMetadata view : views) {
      String of = "of the view " + view.getName().asInternal();
      limits.add(partition("the partition key " + of, view.getPartitionKey()));
      limits.add(clustering("the clustering columns " + of, view));
    }
    indexes.stream()
        .filter(index -> index.kind() == Index.Kind.TABLE)
        .map(index -> "the primary key, for the index " + index.name())
        .map(of -> partition(of, table.getPrimaryKey()))
        .forEach(limits::add);
    return List.copyOf(limits);
  }

  private static KeyLimit partition(String of, List<ColumnMetadata> columns) {
    return new KeyLimit(of, names(columns), columns.size() > 1 ? COMPOSITE : 0);
  }

  private static KeyLimit clustering(String of, RelationMetadata table) {
    return new KeyLimit(of, names(table.getClusteringColumns().keySet()), 0);
  }

  private static List<CqlIdentifier> names(Collection<ColumnMetadata> columns) {
    return columns.stream().map(ColumnMetadata::getName).toList();
  }
}
