package dev.ringlet.plan;

import dev.ringlet.guard.Addressed;
import dev.ringlet.guard.Restriction;
import dev.ringlet.guard.Target;
import dev.ringlet.header.Condition;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.row.Assignment;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes CQL. Names come from the schema and are quoted where they must be; values are bind
 * markers, always.
 */
final class Statements {
  private Statements() {}

  /**
   * @param selectors with commas, after DISTINCT if they are to be
   */
  static Fragment select(Table table, Fragment selectors, List<Fragment> relations) {
    String where = relations.isEmpty() ? "" : " WHERE ";
    String from = "SELECT " + selectors.cql() + " FROM " + table.cqlName() + where;
    Fragment select =
        relations.isEmpty() ? Fragment.of(from) : Fragment.join(from, " AND ", relations);
    return selectors.values().isEmpty()
        ? select
        : new Fragment(
            select.cql(),
            Stream.concat(selectors.values().stream(), select.values().stream()).toList());
  }

  /** A value for every column; both names and values in the order of the table's columns. */
  static Fragment insert(Table table, Function<Column, Value> value, Condition condition) {
    boolean alone = condition.kind() == Condition.Kind.NOT_EXISTS;
    String cql = alone ? table.cql().insert() + " IF NOT EXISTS" : table.cql().insert();
    List<Value> values = new ArrayList<>(table.columns().size());
    table.columns().forEach(column -> values.add(value.apply(column)));
    return new Fragment(cql, values);
  }

  /** With its TTL, if it is to have one. */
  static Fragment using(Fragment insert, WriteOptions options) {
    return options.ttl().isPresent() ? Fragment.concat(insert, ttl(options)) : insert;
  }

  /**
   * @param written a row whose columns are all static is written as its partition: CQL takes no
   *     clustering columns in an UPDATE of those alone
   * @param assignments of all columns but those of the primary key, in their order; of a partition,
   *     of the static ones
   */
  static Fragment update(
      Target written, List<Assignment> assignments, WriteOptions options, Fragment condition) {
    Target target = written.table().isStatic() ? written.partition() : written;
    if (target.isRow() && options.ttl().isEmpty() && areSet(assignments)) {
      return Fragment.concat(
          new Fragment(target.table().cql().update(), values(assignments, target)), condition);
    }
    return Fragment.concat(
        Fragment.of("UPDATE " + target.table().cqlName()),
        ttl(options),
        Fragment.join(" SET ", ", ", assignments.stream().map(Assignment::fragment).toList()),
        key(target),
        condition);
  }

  private static boolean areSet(List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      if (!assignment.isSet()) {
        return false;
      }
    }
    return true;
  }

  private static List<Value> values(List<Assignment> assignments, Target target) {
    List<Value> values = new ArrayList<>(assignments.size() + target.key().size());
    assignments.forEach(assignment -> values.add(assignment.value()));
    values.addAll(target.key());
    return values;
  }

  /** An INSERT on a condition that CQL takes on an UPDATE alone. */
  static Fragment insertIf(Fragment insert, Target target, Assignment none, Fragment condition) {
    return Fragment.concat(
        insert.after("BEGIN BATCH "),
        none.fragment().after("; UPDATE " + target.table().cqlName() + " SET "),
        key(target),
        condition,
        Fragment.of("; APPLY BATCH"));
  }

  static Fragment delete(Table table, List<Restriction> restrictions, Fragment condition) {
    List<Fragment> where = restrictions.stream().map(Restriction::fragment).toList();
    return Fragment.concat(
        Fragment.join("DELETE FROM " + table.cqlName() + " WHERE ", " AND ", where), condition);
  }

  private static Fragment ttl(WriteOptions options) {
    return options
        .ttl()
        .map(ttl -> Fragment.of(" USING TTL ?", Value.ofInt("ttl", ttl)))
        .orElse(Fragment.NONE);
  }

  /** What headers and filters ask of the row. */
  static Fragment condition(Addressed addressed, WriteOptions options) {
    return condition(addressed.target().table(), options.condition(), addressed.conditions());
  }

  /**
   * What an UPDATE or a DELETE is done on. Where there is nothing but the key, the row is unchanged
   * if it is there.
   *
   * @param comparisons which imply that the row exists, if that is asked as well
   */
  static Fragment condition(Table table, Condition condition, List<Restriction> comparisons) {
    List<Fragment> all = new ArrayList<>();
    if (condition.kind() == Condition.Kind.UNCHANGED) {
      table
          .valueColumns()
          .forEach(column -> all.add(Fragment.equal(column, Value.expected(column))));
    }
    comparisons.forEach(comparison -> all.add(comparison.fragment()));
    boolean exists =
        condition.kind() == Condition.Kind.EXISTS || condition.kind() == Condition.Kind.UNCHANGED;
    return all.isEmpty()
        ? exists ? Fragment.of(" IF EXISTS") : Fragment.NONE
        : Fragment.join(" IF ", " AND ", all);
  }

  private static Fragment key(Target target) {
    List<Column> columns = target.table().primaryKey();
    List<Fragment> key = new ArrayList<>(columns.size());
    for (int i = 0; i < target.key().size(); i++) {
      key.add(Fragment.equal(columns.get(i), target.key().get(i)));
    }
    return Fragment.join(" WHERE ", " AND ", key);
  }
}
