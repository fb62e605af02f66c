package dev.ringlet.write;

import dev.ringlet.admission.Call;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.BatchPlan;
import dev.ringlet.plan.BatchStep;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.row.RowBody;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Plans rows of one table as a batch: all of them are written or none. */
@Singleton
final class AtomicRows {
  private final RowWrites rowWrites;
  private final int most;

  AtomicRows(RowWrites rowWrites, RingletConfig config) {
    this.rowWrites = rowWrites;
    this.most = config.batch().maxRows();
  }

  /**
   * @param bytes of the body
   * @return empty if there are no rows
   * @throws ApiException what is wrong with one of them, with its {@code index}, or with all
   */
  Optional<BatchPlan> plan(Call call, PostRequest request, List<RowBody> bodies, long bytes) {
    if (request.options().condition().isPresent()) {
      throw new ApiException(
          ErrorCode.CONDITION_NOT_POSSIBLE,
          "Rows of several partitions cannot be written together on a condition.");
    }
    requireFew(bodies, "A batch has %d rows at most.");
    List<WritePlan> plans =
        rowWrites.together(request, bodies, rows -> plans(rows, new BatchRoom(call, bytes)));
    if (plans.isEmpty()) {
      return Optional.empty();
    }
    if (plans.get(0).table().isCounter()) {
      throw new ApiException(
              ErrorCode.INVALID_PREFERENCE,
              "Cassandra has no batch that adds to all counters or none.")
          .with("preference", "atomic");
    }
    List<BatchStep> steps = new ArrayList<>();
    plans.forEach(plan -> steps.add(new BatchStep(steps.size(), plan)));
    return Optional.of(BatchPlan.of(steps, request.options()));
  }

  private static List<WritePlan> plans(List<Supplier<WritePlan>> rows, BatchRoom room) {
    List<WritePlan> plans = new ArrayList<>();
    for (Supplier<WritePlan> row : rows) {
      try {
        WritePlan plan = row.get();
        room.take(plan);
        plans.add(plan);
      } catch (ApiException e) {
        throw e.code() == ErrorCode.OVERLOADED ? e : e.with("index", plans.size());
      }
    }
    return plans;
  }

  /**
   * @param detail what is said of more than a batch may have
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED}
   */
  void requireFew(List<?> rows, String detail) {
    if (rows.size() > most) {
      throw new ApiException(ErrorCode.LIMIT_EXCEEDED, detail.formatted(most))
          .with("limit", "ringlet.batch.max-rows");
    }
  }
}
