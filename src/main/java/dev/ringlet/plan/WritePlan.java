package dev.ringlet.plan;

import dev.ringlet.request.WriteOptions;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An INSERT, UPDATE or DELETE.
 *
 * @param values one a bind marker; of a condition on the row's content those of the row are still
 *     to come
 * @param target what is written: a row, or as much of it as a DELETE takes
 * @param idempotent whether doing it twice is the same as doing it once, so that it may be sent
 *     again
 */
public record WritePlan(
    String cql, List<Value> values, Target target, boolean idempotent, WriteOptions options)
    implements Plan {
  public WritePlan {
    values = List.copyOf(values);
  }

  @Override
  public Table table() {
    return target.table();
  }

  /** Whether it is an LWT. */
  public boolean conditional() {
    return options.condition().isPresent();
  }

  /**
   * The same with what the condition expects the columns to be.
   *
   * @param current the bytes of a column of the row as it was read
   */
  public WritePlan expecting(Function<String, ByteBuffer> current) {
    List<Value> all = new ArrayList<>(values);
    for (Column column : target.table().valueColumns()) {
      all.add(Value.of(column, current.apply(column.name())));
    }
    return new WritePlan(cql, all, target, idempotent, options);
  }
}
