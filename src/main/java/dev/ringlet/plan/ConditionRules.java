package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Condition;
import java.util.List;

/** What CQL refuses of a batch on conditions, which is of one partition. */
final class ConditionRules {
  private ConditionRules() {}

  /**
   * @throws ApiException {@link ErrorCode#CONDITION_NOT_POSSIBLE}
   */
  static void check(List<BatchStep> steps) {
    List<BatchStep> conditions = steps.stream().filter(step -> step.plan().conditional()).toList();
    for (int i = 0; i < conditions.size(); i++) {
      for (BatchStep before : conditions.subList(0, i)) {
        requireSameKind(before, conditions.get(i));
      }
    }
  }

  private static void requireSameKind(BatchStep one, BatchStep other) {
    if (wantsNone(one) != wantsNone(other) && Collisions.isSameRow(one.plan(), other.plan())) {
      throw new ApiException(
              ErrorCode.CONDITION_NOT_POSSIBLE,
              "The row is to exist and not to exist, by the operations %d and %d."
                  .formatted(one.index(), other.index()))
          .with("index", other.index())
          .with("indexes", List.of(one.index(), other.index()));
    }
  }

  private static boolean wantsNone(BatchStep step) {
    return step.plan().options().condition().kind() == Condition.Kind.NOT_EXISTS;
  }
}
