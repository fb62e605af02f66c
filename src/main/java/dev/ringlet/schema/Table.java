package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.ViewMetadata;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table or materialized view: the questions that the later stages ask of the driver's metadata.
 * They are asked by every request, so what takes time to find out is found out once.
 */
public final class Table {
  private final RelationMetadata metadata;
  private final Optional<String> partitioner;
  private final String cqlName;
  private final List<ColumnMetadata> primaryKey;
  private final List<ColumnMetadata> valueColumns;
  private final Map<String, ColumnMetadata> byName = new HashMap<>();
  private final Map<CqlIdentifier, String> cqlNames = new HashMap<>();
  private final String cqlColumns;
  private final String shape;
  private final boolean counter;
  private final List<Index> columnIndexes;
  private final Map<CqlIdentifier, List<IndexRule>> indexRules;
  private final List<KeyLimit> keyLimits;

  Table(RelationMetadata metadata) {
    this(metadata, Optional.empty(), List.of());
  }

  /**
   * @param views what is derived of it
   */
  Table(RelationMetadata metadata, Optional<String> partitioner, Collection<ViewMetadata> views) {
    this.metadata = metadata;
    this.partitioner = partitioner;
    cqlName = cql(metadata.getKeyspace()) + "." + cql(metadata.getName());
    primaryKey = metadata.getPrimaryKey();
    valueColumns = columns().stream().filter(column -> !primaryKey.contains(column)).toList();
    for (ColumnMetadata column : columns()) {
      byName.put(column.getName().asInternal(), column);
      cqlNames.put(column.getName(), cql(column.getName()));
    }
    cqlColumns =
        Stream.concat(primaryKey.stream(), valueColumns.stream())
            .map(this::cqlName)
            .collect(Collectors.joining(", "));
    shape = Shape.of(metadata);
    counter = columns().stream().anyMatch(column -> column.getType().equals(DataTypes.COUNTER));
    columnIndexes =
        indexes().stream().flatMap(index -> Index.of(metadata, index).stream()).toList();
    indexRules =
        columnIndexes.stream()
            .collect(
                Collectors.groupingBy(
                    index -> index.column().getName(),
                    Collectors.mapping(IndexRule::of, Collectors.toUnmodifiableList())));
    keyLimits = KeyLimit.of(metadata, columnIndexes, views);
  }

  public RelationMetadata metadata() {
    return metadata;
  }

  /** The class that gives rows their tokens, if the driver knows it. */
  public Optional<String> partitioner() {
    return partitioner;
  }

  public String name() {
    return metadata.getName().asInternal();
  }

  public String keyspace() {
    return metadata.getKeyspace().asInternal();
  }

  /** {@code keyspace.table} as CQL writes it. */
  public String cqlName() {
    return cqlName;
  }

  /** The name of one of its columns as CQL writes it: in quotes where it must be. */
  public String cqlName(ColumnMetadata column) {
    return cqlNames.get(column.getName());
  }

  /** The names of its columns as CQL writes them, the primary key first, with commas. */
  public String cqlColumns() {
    return cqlColumns;
  }

  /** The same for as long as bytes mean the same to it. */
  public String shape() {
    return shape;
  }

  /** A name as CQL writes it. Of all words that need quotes, the driver forgets these two. */
  public static String cql(CqlIdentifier name) {
    String text = name.asInternal();
    return name.asCql(!text.equals("true") && !text.equals("false"));
  }

  /** In key order. */
  public List<ColumnMetadata> partitionKey() {
    return metadata.getPartitionKey();
  }

  /** In key order, with the order that rows are stored in. */
  public Map<ColumnMetadata, ClusteringOrder> clusteringColumns() {
    return metadata.getClusteringColumns();
  }

  /** The partition key's columns, then the clustering columns. */
  public List<ColumnMetadata> primaryKey() {
    return primaryKey;
  }

  /** All columns: the primary key first, the others by name. */
  public Collection<ColumnMetadata> columns() {
    return metadata.getColumns().values();
  }

  /** The column of that name, case-sensitive, or null. */
  public ColumnMetadata column(String name) {
    return byName.get(name);
  }

  public boolean isKey(ColumnMetadata column) {
    return primaryKey.contains(column);
  }

  /** The columns that are not in the primary key: static ones and those of rows. */
  public List<ColumnMetadata> valueColumns() {
    return valueColumns;
  }

  public boolean hasStaticColumns() {
    return valueColumns.stream().anyMatch(ColumnMetadata::isStatic);
  }

  /** Whether its value columns are counters, as then they all are. */
  public boolean isCounter() {
    return counter;
  }

  /** Whether it is a materialized view, which is written through its base table only. */
  public boolean isView() {
    return metadata instanceof ViewMetadata;
  }

  /** Secondary indexes; a view has none. */
  public Collection<IndexMetadata> indexes() {
    return metadata instanceof TableMetadata table ? table.getIndexes().values() : List.of();
  }

  /** The secondary indexes that are each on one column. */
  public List<Index> columnIndexes() {
    return columnIndexes;
  }

  public boolean hasIndexRules() {
    return !indexRules.isEmpty();
  }

  /** What the indexes of a column take of its values. */
  public List<IndexRule> indexRules(CqlIdentifier column) {
    return indexRules.getOrDefault(column, List.of());
  }

  /** What may be too long together. */
  public List<KeyLimit> keyLimits() {
    return keyLimits;
  }
}
