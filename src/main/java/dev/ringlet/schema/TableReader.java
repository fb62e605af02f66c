package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.ViewMetadata;
import dev.ringlet.value.CqlType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads what the driver knows of a table or view. */
final class TableReader {
  private final RelationMetadata metadata;

  private TableReader(RelationMetadata metadata) {
    this.metadata = metadata;
  }

  /**
   * @param partitioner the class that gives rows their tokens, if the driver knows it
   * @param views what is derived of it
   */
  static Table read(
      RelationMetadata metadata, Optional<String> partitioner, Collection<ViewMetadata> views) {
    TableReader reader = new TableReader(metadata);
    List<Column> columns = reader.columns();
    Collection<IndexMetadata> indexes = reader.indexes();
    List<Index> onColumns =
        indexes.stream().flatMap(index -> Index.of(columns, index).stream()).toList();
    return new Table(
        reader.facts(columns, partitioner),
        columns,
        new Table.Limits(
            indexes.stream().map(IndexDefinition::of).toList(),
            onColumns,
            KeyLimit.of(metadata, onColumns, views)));
  }

  private Table.Facts facts(List<Column> columns, Optional<String> partitioner) {
    return new Table.Facts(
        metadata.getKeyspace().asInternal(),
        metadata.getName().asInternal(),
        Column.cql(metadata.getKeyspace()) + "." + Column.cql(metadata.getName()),
        metadata.getId().map(UUID::toString).orElse(""),
        shape(columns),
        option("comment", "").toString(),
        (Integer) option("default_time_to_live", 0),
        partitioner,
        metadata instanceof ViewMetadata,
        columns.stream().anyMatch(column -> column.type().isCounter()));
  }

  private Object option(String name, Object without) {
    return metadata.getOptions().getOrDefault(CqlIdentifier.fromInternal(name), without);
  }

  /** The primary key in its order, then the others in that of their names. */
  private List<Column> columns() {
    List<ColumnMetadata> key = metadata.getPrimaryKey();
    Stream<ColumnMetadata> others =
        metadata.getColumns().values().stream().filter(column -> !key.contains(column));
    return Stream.concat(key.stream(), others).map(this::column).toList();
  }

  private Column column(ColumnMetadata column) {
    ClusteringOrder order = metadata.getClusteringColumns().get(column);
    return Column.of(
        column.getName(),
        kind(column),
        order == ClusteringOrder.DESC,
        CqlType.of(column.getType()));
  }

  private Column.Kind kind(ColumnMetadata column) {
    if (metadata.getPartitionKey().contains(column)) {
      return Column.Kind.PARTITION_KEY;
    } else if (metadata.getClusteringColumns().containsKey(column)) {
      return Column.Kind.CLUSTERING;
    }
    return column.isStatic() ? Column.Kind.STATIC : Column.Kind.REGULAR;
  }

  /** A view has none. */
  private Collection<IndexMetadata> indexes() {
    return metadata instanceof TableMetadata table ? table.getIndexes().values() : List.of();
  }

  /** With its id: a table that was dropped and made again is another one. */
  private String shape(List<Column> columns) {
    List<String> parts = new ArrayList<>();
    parts.add(metadata.getId().map(UUID::toString).orElse(""));
    columns.stream().filter(Column::isKey).forEach(column -> parts.add(shape(column)));
    parts.add("");
    columns.forEach(column -> parts.add(shape(column)));
    return String.join(";", parts);
  }

  private static String shape(Column column) {
    String name = CqlIdentifier.fromInternal(column.name()).asCql(false);
    return name + " " + column.type().shape() + (column.isStatic() ? " static" : "");
  }
}
