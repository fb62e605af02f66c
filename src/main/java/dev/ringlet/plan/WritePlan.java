package dev.ringlet.plan;

import dev.ringlet.guard.Target;
import dev.ringlet.header.Preferences.Returns;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.row.Fragment;
import dev.ringlet.schema.Table;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An INSERT, UPDATE or DELETE.
 *
 * @param statement in which a condition on the row's content expects values that are still to come
 * @param target what is written: a row, or as much of it as a DELETE takes
 * @param change what it does to the target, beside other writes
 * @param idempotent whether doing it twice is the same as doing it once, so that it may be sent
 *     again
 */
public record WritePlan(
    Fragment statement, Target target, Change change, boolean idempotent, WriteOptions options)
    implements Plan {

  @Override
  public Table table() {
    return target.table();
  }

  /** Whether the caller may see the row that is there. */
  public boolean shows() {
    return target.permission().shows();
  }

  /** With the columns that it may show: of the row as it is then, or stands in its way. */
  @Override
  public Object effect() {
    return conditional() || options.preferences().prefers(Returns.REPRESENTATION)
        ? List.of(statement, shows(), table().cql().columns())
        : statement;
  }

  /** Whether it is an LWT. */
  public boolean conditional() {
    return options.condition().isPresent();
  }

  /** Seconds, if they are set. */
  public Optional<Integer> ttl() {
    return options.ttl();
  }

  /** Microseconds since the epoch, if they are set. */
  public Optional<Long> timestamp() {
    return options.timestamp();
  }

  /**
   * The same with what the condition expects the columns to be.
   *
   * @param current the bytes of a column of the row as it was read, by the column's name
   */
  public WritePlan expecting(Function<String, ByteBuffer> current) {
    Fragment whole =
        new Fragment(cql(), values().stream().map(value -> value.in(current)).toList());
    return new WritePlan(whole, target, change, idempotent, options);
  }
}
