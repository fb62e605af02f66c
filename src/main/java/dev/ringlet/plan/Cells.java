package dev.ringlet.plan;

import static java.util.stream.Collectors.groupingBy;

import dev.ringlet.row.Assignment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a write stores, by the row's cells and by those of its partition, which all rows share: of
 * each column, by its name. A batch holds each write against each other one.
 *
 * @param marksRow whether it writes that the row is there, as an INSERT does
 */
record Cells(
    boolean marksRow,
    Optional<Integer> ttl,
    Map<String, List<Cell>> ofRow,
    Map<String, List<Cell>> ofPartition) {

  /**
   * @param cql how the value is stored
   * @param commutes whether another one of the same CQL may be stored before or after it
   * @param isField whether only a field of the column is
   */
  private record Cell(Column column, Value value, String cql, boolean commutes, boolean isField) {}

  /** Those of an INSERT or UPDATE; a DELETE has none. */
  static Cells of(WritePlan plan) {
    List<Cell> all = new ArrayList<>();
    if (plan.change() instanceof Change.Insert) {
      inserted(plan, all);
    } else if (plan.change() instanceof Change.Update update) {
      updated(plan, update, all);
    }
    return new Cells(
        plan.change() instanceof Change.Insert,
        plan.options().ttl(),
        byColumn(all, cell -> !cell.column().isStatic()),
        byColumn(all, cell -> cell.column().isStatic()));
  }

  private static Map<String, List<Cell>> byColumn(List<Cell> cells, Predicate<Cell> which) {
    return cells.stream().filter(which).collect(groupingBy(cell -> cell.column().name()));
  }

  private static void inserted(WritePlan plan, List<Cell> cells) {
    List<Column> columns = plan.table().columns();
    for (int i = 0; i < columns.size(); i++) {
      Value value = plan.values().get(i);
      if (!columns.get(i).isKey() && value.isSet()) {
        String cql = Assignment.set(columns.get(i), value).fragment().cql();
        cells.add(new Cell(columns.get(i), value, cql, false, false));
      }
    }
  }

  private static void updated(WritePlan plan, Change.Update update, List<Cell> cells) {
    for (Assignment assignment : update.assignments()) {
      Value value = assignment.value();
      if (value.isSet()) {
        cells.add(
            new Cell(
                plan.table().require(value.name()),
                value,
                assignment.fragment().cql(),
                assignment.commutes(),
                assignment.isField()));
      }
    }
  }

  /** Whether a deletion of the row would take something from it. */
  boolean haveValuesOfRow() {
    return marksRow || haveValues(ofRow);
  }

  /** The same of the partition. */
  boolean haveValuesOfPartition() {
    return haveValues(ofPartition);
  }

  private static boolean haveValues(Map<String, List<Cell>> cells) {
    return cells.values().stream().flatMap(List::stream).anyMatch(cell -> !cell.value().isNull());
  }

  /** Whether what is stored of the same row depends on which is done first. */
  boolean disagreeInRow(Cells other) {
    return (marksRow && other.marksRow && !ttl.equals(other.ttl))
        || disagree(ofRow, other.ofRow, ttl.equals(other.ttl));
  }

  /** The same of the same partition. */
  boolean disagreeInPartition(Cells other) {
    return disagree(ofPartition, other.ofPartition, ttl.equals(other.ttl));
  }

  private static boolean disagree(
      Map<String, List<Cell>> some, Map<String, List<Cell>> others, boolean sameTtl) {
    // for each pair of writes of a batch: a stream would cost more
    for (Map.Entry<String, List<Cell>> column : some.entrySet()) {
      for (Cell other : others.getOrDefault(column.getKey(), List.of())) {
        for (Cell one : column.getValue()) {
          if (disagree(one, other, sameTtl)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Of one column. */
  private static boolean disagree(Cell one, Cell other, boolean sameTtl) {
    if (!one.cql().equals(other.cql())) {
      return !(one.isField() && other.isField());
    }
    boolean same =
        one.commutes()
            || (one.value().isIdempotent()
                && Objects.equals(one.value().bytes(), other.value().bytes()));
    return !same || !(sameTtl || one.value().isNull());
  }
}
