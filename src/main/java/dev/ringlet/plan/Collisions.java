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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All writes of a batch have one timestamp. Of two values of a cell Cassandra then keeps the
 * greater, and of a value and a deletion the deletion, whatever their order: what a client wrote
 * would be lost, and nobody would know. So no two writes may disagree.
 */
final class Collisions {
  private record Seen(int index, WritePlan plan, Cells cells) {}

  private final Map<Partition, List<Seen>> partitions = new HashMap<>();

  /** What is written of what a list has; two that are equal may be of two columns. */
  private final IdentityHashMap<ByteBuffer, Set<ByteBuffer>> listed = new IdentityHashMap<>();

  private final List<WritePlan> all;

  private Collisions(List<WritePlan> all) {
    this.all = all;
  }

  /**
   * @throws ApiException {@link ErrorCode#KEY_MISMATCH} if one disagrees with another before it
   */
  static void check(List<BatchStep> steps) {
    Collisions collisions = new Collisions(steps.stream().map(BatchStep::plan).toList());
    steps.forEach(step -> collisions.add(step.index(), step.plan()));
  }

  private void add(int index, WritePlan plan) {
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

  private boolean disagree(Seen one, Seen other) {
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
  private boolean loses(Change.Delete delete, Seen written) {
    boolean wholePartition = delete.where().stream().allMatch(r -> r.column().isPartitionKey());
    boolean row =
        written.cells().haveValuesOfRow()
            && delete.where().stream().allMatch(r -> takes(r, written.plan()));
    return row || (wholePartition && written.cells().haveValuesOfPartition());
  }

  /** What cannot be told without Cassandra, as a bound by time or a list of tuples, may be so. */
  private boolean takes(Restriction where, WritePlan written) {
    List<Column> columns = where.columns();
    if (where.operator() == Operator.IN && columns.size() == 1) {
      return listed
          .computeIfAbsent(where.values().get(0).bytes(), list -> find(where.column(), list))
          .contains(written.target().value(where.column()).bytes());
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
   * A list may be much longer than what is written: it is gone through once.
   *
   * @param whole as the native protocol has it
   */
  private Set<ByteBuffer> find(Column column, ByteBuffer whole) {
    Set<ByteBuffer> written = new TreeSet<>(column.codec()::compare);
    all.stream()
        .filter(plan -> plan.target().isRow() && plan.table().primaryKey().contains(column))
        .map(plan -> plan.target().value(column).bytes())
        .forEach(written::add);
    Set<ByteBuffer> found = new TreeSet<>(column.codec()::compare);
    ByteBuffer list = whole.duplicate();
    for (int left = list.getInt(); left > 0; left--) {
      int length = list.getInt();
      ByteBuffer value = list.slice(list.position(), length);
      if (written.contains(value)) {
        found.add(value);
      }
      list.position(list.position() + length);
    }
    return found;
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
