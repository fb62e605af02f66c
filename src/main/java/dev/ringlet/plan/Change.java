package dev.ringlet.plan;

import dev.ringlet.guard.Restriction;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Assignment;
import dev.ringlet.schema.Table;
import java.util.List;

/** What a write does to its target, which matters where others are sent together with it. */
sealed interface Change {
  Change INSERT = new Insert();

  /** Of the values of all columns, in their order. */
  record Insert() implements Change {}

  record Update(List<Assignment> assignments) implements Change {
    /** Whether Cassandra has to read the row for it, and not only what its partition shares. */
    boolean readsRow(Table table) {
      return assignments.stream()
          .anyMatch(change -> change.reads() && !table.require(change.value().name()).isStatic());
    }
  }

  record Delete(List<Restriction> where) implements Change {
    /** Whether it is of several rows, or may be, which are named. */
    boolean isOfSeveral() {
      return where.stream().anyMatch(restriction -> restriction.operator() == Operator.IN);
    }
  }
}
