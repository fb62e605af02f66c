package dev.ringlet.write;

import dev.ringlet.plan.WritePlan;

/** The plan of a row, or what is wrong with it, which is made when it is asked for and kept. */
final class RowPlan {
  private final BodyRow row;
  private WritePlan plan;
  private RuntimeException wrong;

  RowPlan(BodyRow row) {
    this.row = row;
  }

  /**
   * @throws RuntimeException what is wrong with it
   */
  WritePlan get() {
    if (plan == null && wrong == null) {
      make();
    }
    if (wrong != null) {
      throw wrong;
    }
    return plan;
  }

  private void make() {
    try {
      plan = row.plan().get();
    } catch (RuntimeException e) {
      wrong = e;
    }
  }

  /** How many bytes of memory it takes; none if there is something wrong with it. */
  long memory() {
    if (plan == null && wrong == null) {
      make();
    }
    return plan == null ? 0 : plan.memory();
  }

  /** It is made once more when it is asked for again. */
  void forget() {
    plan = null;
  }

  /** The same, by the schema as it is known then. */
  RowPlan again() {
    return new RowPlan(row);
  }
}
