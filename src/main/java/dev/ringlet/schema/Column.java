package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A column of a table or view. Its codec is found once, not for each value.
 *
 * @param name as it is, without quotes; case-sensitive
 * @param cqlName as CQL writes it: in quotes where it must be
 * @param descending whether it is a clustering column stored in descending order
 */
public record Column(
    String name, String cqlName, Kind kind, boolean descending, CqlType type, Codec codec) {

  /**
   * What the driver forgets: CQL takes the last two for its own words between SELECT and a bracket.
   */
  private static final Set<String> QUOTED = Set.of("true", "false", "json", "distinct");

  /** What it is to its table. */
  public enum Kind {
    PARTITION_KEY,
    CLUSTERING,
    /** One value for all rows of a partition. */
    STATIC,
    REGULAR
  }

  static Column of(CqlIdentifier name, Kind kind, boolean descending, CqlType type) {
    return new Column(name.asInternal(), cql(name), kind, descending, type, Codecs.of(type));
  }

  /** A name as CQL writes it. */
  public static String cql(CqlIdentifier name) {
    return name.asCql(!QUOTED.contains(name.asInternal()));
  }

  public static List<String> names(Collection<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  public boolean isPartitionKey() {
    return kind == Kind.PARTITION_KEY;
  }

  public boolean isClustering() {
    return kind == Kind.CLUSTERING;
  }

  /** Whether it is in the primary key. */
  public boolean isKey() {
    return isPartitionKey() || isClustering();
  }

  public boolean isStatic() {
    return kind == Kind.STATIC;
  }

  /** Columns are looked up by every row: the rest follows from these. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Column column
            && name.equals(column.name)
            && kind == column.kind
            && descending == column.descending
            && type.equals(column.type));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
