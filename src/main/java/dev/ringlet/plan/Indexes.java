package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.VectorType;
import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a table's secondary indexes serve: SAI, SASI, and Cassandra's first kind. */
final class Indexes {
  /** SAI and SASI find no ranges of these. */
  private static final Set<DataType> LITERAL =
      Set.of(DataTypes.TEXT, DataTypes.ASCII, DataTypes.BOOLEAN, DataTypes.UUID, DataTypes.BLOB);

  private final Table table;

  Indexes(Table table) {
    this.table = table;
  }

  /** The name of an index that serves the restriction. */
  Optional<String> serving(Restriction restriction) {
    return table.indexes().stream()
        .filter(index -> serves(index, restriction))
        .map(index -> index.getName().asInternal())
        .findFirst();
  }

  /** The name of an index for nearest neighbours. */
  Optional<String> nearest(String column) {
    return table.indexes().stream()
        .filter(index -> isSai(index) && target(index).equals(column))
        .map(index -> index.getName().asInternal())
        .findFirst();
  }

  /** Whether the indexes may be used together: only SAI's may. */
  boolean serveTogether(List<Restriction> restrictions) {
    return restrictions.size() <= 1
        || restrictions.stream()
            .allMatch(r -> table.indexes().stream().anyMatch(i -> isSai(i) && serves(i, r)));
  }

  private static boolean serves(IndexMetadata index, Restriction restriction) {
    String column = restriction.column().getName().asInternal();
    String target = target(index);
    return switch (restriction.operator()) {
      case EQ ->
          !(restriction.column().getType() instanceof VectorType)
              && (target.equals(column) || target.equals("full(" + column + ")"));
      case IN -> false;
      case CONTAINS -> target.equals(column) || target.equals("values(" + column + ")");
      case CONTAINS_KEY -> target.equals("keys(" + column + ")");
      case ENTRY -> target.equals("entries(" + column + ")");
      case LIKE -> target.equals(column) && isSasi(index);
      case LT, LTE, GT, GTE ->
          target.equals(column)
              && (isSai(index) || isSasi(index))
              && !LITERAL.contains(restriction.column().getType());
    };
  }

  private static String target(IndexMetadata index) {
    return index.getTarget().replace("\"", "");
  }

  private static boolean isSai(IndexMetadata index) {
    String name = index.getClassName().orElse("").toLowerCase(Locale.ROOT);
    return name.equals("sai") || name.endsWith("storageattachedindex");
  }

  private static boolean isSasi(IndexMetadata index) {
    return index.getClassName().orElse("").toLowerCase(Locale.ROOT).endsWith("sasiindex");
  }
}
