package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Condition;
import dev.ringlet.schema.Table;
import java.util.List;

/** What CQL refuses, or loses, of a batch on conditions, which is of one partition. */
final class ConditionRules {
  private ConditionRules() {}

  /**
   * @throws ApiException {@link ErrorCode#CONDITION_NOT_POSSIBLE}
   */
  static void check(List<BatchStep> steps) {
    List<BatchStep> conditions =
        steps.stream().filter(step -> step.plan().options().condition().isOfRow()).toList();
    for (int i = 0; i < conditions.size(); i++) {
      for (BatchStep before : conditions.subList(0, i)) {
        requireSameKind(before, conditions.get(i));
      }
    }
    for (BatchStep step : steps) {
      try {
        check(step.plan(), conditions);
      } catch (ApiException e) {
        throw e.with("index", step.index());
      }
    }
  }

  private static void check(WritePlan plan, List<BatchStep> conditions) {
    if (plan.change() instanceof Change.Delete delete && delete.isOfSeveral()) {
      throw new ApiException(
          ErrorCode.CONDITION_NOT_POSSIBLE,
          "CQL has no DELETE of several rows by IN beside conditions: delete each of them.");
    }
    if (plan.change() instanceof Change.Update update
        && conditions.stream().noneMatch(step -> Collisions.isSameRow(step.plan(), plan))) {
      requireNothingRead(update, plan.table());
    }
  }

  /**
   * Of a row that no condition is about: an LWT reads none but those that conditions are about, and
   * Cassandra silently takes nothing out of a list that it has not read.
   *
   * @throws ApiException {@link ErrorCode#CONDITION_NOT_POSSIBLE}
   */
  static void requireNothingRead(Change.Update update, Table table) {
    if (update.readsRow(table)) {
      throw new ApiException(
              ErrorCode.CONDITION_NOT_POSSIBLE,
              "Beside conditions, Cassandra takes elements out of a list of those rows only that"
                  + " have one themselves, on more than static columns.")
          .with(
              "hint",
              "If-Match: *, in a batch \"if_match\": \"*\", is the condition that the row exists.");
    }
  }

  private static void requireSameKind(BatchStep one, BatchStep other) {
    String asks = asked(one);
    if (!asks.equals(asked(other)) && Collisions.isSameRow(one.plan(), other.plan())) {
      throw new ApiException(
              ErrorCode.CONDITION_NOT_POSSIBLE,
              "CQL has conditions of one kind on a row: operation %d has %s, operation %d has %s."
                  .formatted(one.index(), asks, other.index(), asked(other)))
          .with("index", other.index())
          .with("indexes", List.of(one.index(), other.index()));
    }
  }

  private static String asked(BatchStep step) {
    Condition condition = step.plan().options().condition();
    if (condition.compared() == Condition.Compared.ROW) {
      return "one on columns";
    }
    return condition.kind() == Condition.Kind.NOT_EXISTS ? "IF NOT EXISTS" : "IF EXISTS";
  }
}
