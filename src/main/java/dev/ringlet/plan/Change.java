package dev.ringlet.plan;

import dev.ringlet.guard.Restriction;
import dev.ringlet.row.Assignment;
import java.util.List;

/** What a write does to its target, which matters where others are sent together with it. */
sealed interface Change {
  Change INSERT = new Insert();

  /** Of the values of all columns, in their order. */
  record Insert() implements Change {}

  record Update(List<Assignment> assignments) implements Change {}

  record Delete(List<Restriction> where) implements Change {}
}
