package dev.ringlet.plan;

import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Of a table.
 *
 * @param table as CQL writes it
 * @param key its values, in the order of the partition key
 */
public record Partition(String table, List<ByteBuffer> key) {
  /** That of a write to rows of one. */
  public static Partition of(WritePlan plan) {
    return of(plan.table(), plan.target().key());
  }

  /**
   * @param values all of the partition key, among others
   */
  public static Partition of(Table table, List<Value> values) {
    List<ByteBuffer> key =
        table.partitionKey().stream()
            .flatMap(column -> values.stream().filter(value -> value.name().equals(column.name())))
            .map(Value::bytes)
            .toList();
    return new Partition(table.cqlName(), key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Partition partition
        && key.equals(partition.key)
        && table.equals(partition.table);
  }

  @Override
  public int hashCode() {
    return 31 * table.hashCode() + key.hashCode();
  }
}
