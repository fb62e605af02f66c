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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or materialized view: the questions that the later stages ask of the driver's metadata.
 *
 * @param partitioner the class that gives rows their tokens, if the driver knows it
 */
public record Table(RelationMetadata metadata, Optional<String> partitioner) {

  Table(RelationMetadata metadata) {
    this(metadata, Optional.empty());
  }

  public String name() {
    return metadata.getName().asInternal();
  }

  public String keyspace() {
    return metadata.getKeyspace().asInternal();
  }

  /** {@code keyspace.table} as CQL writes it. */
  public String cqlName() {
    return metadata.getKeyspace().asCql(true) + "." + metadata.getName().asCql(true);
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
    return metadata.getPrimaryKey();
  }

  /** All columns: the primary key first, the others by name. */
  public Collection<ColumnMetadata> columns() {
    return metadata.getColumns().values();
  }

  /** The column of that name, case-sensitive, or null. */
  public ColumnMetadata column(String name) {
    return metadata.getColumns().get(CqlIdentifier.fromInternal(name));
  }

  public boolean isKey(ColumnMetadata column) {
    return partitionKey().contains(column) || clusteringColumns().containsKey(column);
  }

  /** The columns that are not in the primary key: static ones and those of rows. */
  public List<ColumnMetadata> valueColumns() {
    return columns().stream().filter(column -> !isKey(column)).toList();
  }

  public boolean hasStaticColumns() {
    return columns().stream().anyMatch(ColumnMetadata::isStatic);
  }

  /** Whether its value columns are counters, as then they all are. */
  public boolean isCounter() {
    return columns().stream().anyMatch(column -> column.getType().equals(DataTypes.COUNTER));
  }

  /** Whether it is a materialized view, which is written through its base table only. */
  public boolean isView() {
    return metadata instanceof ViewMetadata;
  }

  /** Secondary indexes; a view has none. */
  public Collection<IndexMetadata> indexes() {
    return metadata instanceof TableMetadata table ? table.getIndexes().values() : List.of();
  }
}
