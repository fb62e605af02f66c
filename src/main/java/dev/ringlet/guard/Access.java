package dev.ringlet.guard;

import dev.ringlet.schema.Index;
import java.util.Optional;

/**
 * How Cassandra would find the rows.
 *
 * @param rule what allows it: {@code primary-key}, {@code partition-key}, {@code index:name} or
 *     {@code scan}
 * @param filtering whether CQL wants ALLOW FILTERING
 */
public record Access(String rule, boolean filtering) {
  public static final String PRIMARY_KEY = "primary-key";
  public static final String PARTITION_KEY = "partition-key";

  static final Access ROW = new Access(PRIMARY_KEY, false);
  static final Access PARTITION = new Access(PARTITION_KEY, false);

  static Access of(Where where) {
    if (!where.filtered().isEmpty()) {
      return new Access("scan", true);
    }
    Optional<Index> index =
        where
            .nearest()
            .flatMap(where.indexes()::nearest)
            .or(() -> Indexes.serving(where.used(), where.left()));
    if (index.isPresent()) {
      return new Access("index:" + index.get().name(), false);
    }
    if (where.isKeyRange()) {
      return new Access("scan", false);
    }
    return where.isKey() ? ROW : PARTITION;
  }

  boolean isScan() {
    return rule.equals("scan");
  }
}
