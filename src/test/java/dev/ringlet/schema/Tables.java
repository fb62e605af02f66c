package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.IndexKind;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultColumnMetadata;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultIndexMetadata;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultTableMetadata;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The driver's metadata of tables that need no cluster. */
public final class Tables {
  private static final CqlIdentifier KEYSPACE = CqlIdentifier.fromInternal("ks");

  private final CqlIdentifier name;
  private final List<ColumnMetadata> partitionKey = new ArrayList<>();
  private final Map<ColumnMetadata, ClusteringOrder> clustering = new LinkedHashMap<>();
  private final Map<CqlIdentifier, ColumnMetadata> columns = new LinkedHashMap<>();

  private final Map<CqlIdentifier, IndexMetadata> indexes = new LinkedHashMap<>();
  private Optional<String> partitioner = Optional.empty();

  private Tables(String name) {
    this.name = CqlIdentifier.fromInternal(name);
  }

  public static Tables table(String name) {
    return new Tables(name);
  }

  /** A table of a real cluster. */
  public static Table of(RelationMetadata metadata) {
    return TableReader.read(metadata, Optional.empty(), List.of());
  }

  public Tables partitionKey(String column, DataType type) {
    partitionKey.add(column(column, type, false));
    return this;
  }

  public Tables clustering(String column, DataType type) {
    clustering.put(column(column, type, false), ClusteringOrder.ASC);
    return this;
  }

  public Tables clusteringDescending(String column, DataType type) {
    clustering.put(column(column, type, false), ClusteringOrder.DESC);
    return this;
  }

  public Tables index(String index, String target, String className) {
    return index(index, target, className, Map.of());
  }

  /**
   * @param className empty for Cassandra's first kind, which has none
   */
  public Tables index(String index, String target, String className, Map<String, String> options) {
    CqlIdentifier id = CqlIdentifier.fromInternal(index);
    Map<String, String> all = new LinkedHashMap<>(options);
    if (!className.isEmpty()) {
      all.put("class_name", className);
    }
    IndexKind kind = className.isEmpty() ? IndexKind.COMPOSITES : IndexKind.CUSTOM;
    indexes.put(id, new DefaultIndexMetadata(KEYSPACE, name, id, kind, target, all));
    return this;
  }

  public Tables partitioner(String className) {
    partitioner = Optional.of(className);
    return this;
  }

  public Tables regular(String column, DataType type) {
    column(column, type, false);
    return this;
  }

  public Tables staticColumn(String column, DataType type) {
    column(column, type, true);
    return this;
  }

  public Table build() {
    return TableReader.read(
        new DefaultTableMetadata(
            KEYSPACE,
            name,
            new UUID(0, 1),
            false,
            false,
            partitionKey,
            clustering,
            columns,
            Map.of(),
            indexes),
        partitioner,
        List.of());
  }

  @CanIgnoreReturnValue
  private ColumnMetadata column(String column, DataType type, boolean isStatic) {
    CqlIdentifier id = CqlIdentifier.fromInternal(column);
    ColumnMetadata metadata = new DefaultColumnMetadata(KEYSPACE, name, id, type, isStatic);
    columns.put(id, metadata);
    return metadata;
  }
}
