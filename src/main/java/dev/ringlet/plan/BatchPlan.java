package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Condition;
import dev.ringlet.header.WriteOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes that are sent as one batch, with one timestamp: all of them are done or none.
 *
 * @param steps at least one
 * @param options what the request asks for, with the condition of the first step that has one
 */
public record BatchPlan(List<BatchStep> steps, WriteOptions options) {

  /** CQL's kinds of batches. */
  public enum Kind {
    LOGGED,
    UNLOGGED,
    COUNTER
  }

  public BatchPlan {
    steps = List.copyOf(steps);
  }

  /**
   * @throws ApiException that names the {@code index} of the culprit: {@link
   *     ErrorCode#KEY_MISMATCH} if two steps disagree, {@link ErrorCode#CONDITION_NOT_POSSIBLE},
   *     {@link ErrorCode#INVALID_PREFERENCE}, {@link ErrorCode#INVALID_OPERATION}
   */
  public static BatchPlan of(List<BatchStep> steps, WriteOptions options) {
    WritePlan first = steps.get(0).plan();
    Collisions.check(steps);
    require(
        steps,
        plan -> plan.table().isCounter() == first.table().isCounter(),
        ErrorCode.INVALID_OPERATION,
        "A batch is of counters alone, or has none.");
    if (options.preferences().unlogged() && !first.table().isCounter()) {
      require(
          steps,
          plan -> isOfPartition(first, plan),
          ErrorCode.INVALID_PREFERENCE,
          "An unlogged batch is of one partition: otherwise a part of it could be written.");
    }
    Condition condition = condition(steps);
    if (condition.isPresent()) {
      require(
          steps,
          plan -> isOfPartition(first, plan),
          ErrorCode.CONDITION_NOT_POSSIBLE,
          "CQL has conditions in a batch of one partition of one table only.");
      ConditionRules.check(steps);
    }
    return new BatchPlan(steps, options.with(condition, options.ttl()));
  }

  private static void require(
      List<BatchStep> steps, Predicate<WritePlan> rule, ErrorCode code, String detail) {
    for (BatchStep step : steps) {
      if (!rule.test(step.plan())) {
        throw new ApiException(code, detail).with("index", step.index());
      }
    }
  }

  private static boolean isOfPartition(WritePlan one, WritePlan other) {
    return Partition.of(one).equals(Partition.of(other));
  }

  private static Condition condition(List<BatchStep> steps) {
    return steps.stream()
        .map(step -> step.plan().options().condition())
        .filter(Condition::isPresent)
        .findFirst()
        .orElse(Condition.NONE);
  }

  public Kind kind() {
    if (steps.get(0).plan().table().isCounter()) {
      return Kind.COUNTER;
    }
    return options.preferences().unlogged() ? Kind.UNLOGGED : Kind.LOGGED;
  }

  public List<WritePlan> plans() {
    return steps.stream().map(BatchStep::plan).toList();
  }

  /** How many bytes the values have together. */
  public long bytes() {
    return steps.stream().mapToLong(step -> step.plan().bytes()).sum();
  }

  /** Whether it is an LWT. */
  public boolean conditional() {
    return options.condition().isPresent();
  }

  /** Microseconds since the epoch, if they are set. */
  public Optional<Long> timestamp() {
    return options.timestamp();
  }

  /** The steps that have a condition. */
  public List<BatchStep> conditions() {
    return steps.stream().filter(step -> step.plan().conditional()).toList();
  }

  /**
   * Whether Cassandra does it at one place: all of its writes are of one partition of one table.
   */
  public boolean isOfOnePartition() {
    WritePlan first = steps.get(0).plan();
    return steps.stream().allMatch(step -> isOfPartition(first, step.plan()));
  }

  /** Whether it may be sent again. */
  public boolean idempotent() {
    return !conditional() && steps.stream().allMatch(step -> step.plan().idempotent());
  }
}
