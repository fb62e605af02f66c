package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Restriction;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All writes of a batch have one timestamp. Of two values of a cell Cassandra then keeps the
 * greater, and of a value and a deletion the deletion, whatever their order: what a client wrote
 * would be lost, and nobody would know. So no two writes may disagree.
 */
final class Collisions {
  private record Seen(int index, WritePlan plan, Cells cells) {}

  private final Map<Partition, List<Seen>> partitions = new HashMap<>();

  /**
   * @param index of the operation or row that it is a statement of
   * @throws ApiException {@link ErrorCode#KEY_MISMATCH} if it disagrees with one before
   */
  void add(int index, WritePlan plan) {
    Seen added = new Seen(index, plan, Cells.of(plan));
    List<Seen> others = partitions.computeIfAbsent(Partition.of(plan), key -> new ArrayList<>());
    for (Seen other : others) {
      if (other.index() != index && disagree(other, added)) {
        String both = "Operations %d and %d of the batch".formatted(other.index(), index);
        throw new ApiException(
                ErrorCode.KEY_MISMATCH,
                both + " write the same value differently, or one deletes what the other writes.")
            .with("index", index)
            .with("indexes", List.of(other.index(), index))
            .with(
                "hint",
                "A batch has one timestamp, so none of them is the later one: leave one out, or"
                    + " send it after the batch.");
      }
    }
    others.add(added);
  }

  private static boolean disagree(Seen one, Seen other) {
    if (one.plan().change() instanceof Change.Delete delete) {
      return loses(delete, other);
    }
    if (other.plan().change() instanceof Change.Delete delete) {
      return loses(delete, one);
    }
    return one.cells().disagreeInPartition(other.cells())
        || (isSameRow(one.plan(), other.plan()) && one.cells().disagreeInRow(other.cells()));
  }

  /** Whether what is written is deleted, too. */
  private static boolean loses(Change.Delete delete, Seen written) {
    boolean wholePartition = delete.where().stream().allMatch(r -> r.column().isPartitionKey());
    boolean row =
        written.cells().haveValuesOfRow()
            && delete.where().stream().allMatch(r -> takes(r, written.plan()));
    return row || (wholePartition && written.cells().haveValuesOfPartition());
  }

  /** What cannot be told without Cassandra, as a bound by time or a list of tuples, may be so. */
  private static boolean takes(Restriction where, WritePlan written) {
    List<Column> columns = where.columns();
    if (where.operator() == Operator.IN && columns.size() == 1) {
      ByteBuffer value = written.target().value(columns.get(0)).bytes();
      return isAmong(columns.get(0), value, where.values().get(0).bytes().duplicate());
    }
    boolean comparable =
        columns.stream()
            .map(Column::type)
            .toList()
            .equals(where.values().stream().map(Value::type).toList());
    return !comparable || isIn(where.operator(), compare(where, written));
  }

  private static boolean isIn(Operator operator, int compared) {
    return switch (operator) {
      case EQ -> compared == 0;
      case LT -> compared < 0;
      case LTE -> compared <= 0;
      case GT -> compared > 0;
      case GTE -> compared >= 0;
      default -> true;
    };
  }

  /** Tuples go by the first of their values that differ. */
  private static int compare(Restriction where, WritePlan written) {
    int compared = 0;
    for (int i = 0; compared == 0 && i < where.columns().size(); i++) {
      Column column = where.columns().get(i);
      ByteBuffer value = written.target().value(column).bytes();
      compared = column.codec().compare(value, where.values().get(i).bytes());
    }
    return compared;
  }

  /**
   * @param list as the native protocol has it
   */
  private static boolean isAmong(Column column, ByteBuffer value, ByteBuffer list) {
    for (int left = list.getInt(); left > 0; left--) {
      int length = list.getInt();
      if (column.codec().compare(value, list.slice(list.position(), length)) == 0) {
        return true;
      }
      list.position(list.position() + length);
    }
    return false;
  }

  /** Of the same partition. Clustering values that are equal to Cassandra may differ in bytes. */
  static boolean isSameRow(WritePlan one, WritePlan other) {
    List<Value> some = one.target().key();
    List<Value> others = other.target().key();
    for (int i = one.table().partitionKey().size(); i < some.size() && i < others.size(); i++) {
      Column column = one.table().primaryKey().get(i);
      if (column.codec().compare(some.get(i).bytes(), others.get(i).bytes()) != 0) {
        return false;
      }
    }
    return some.size() == others.size();
  }
}
