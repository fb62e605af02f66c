package dev.ringlet.write;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.admission.Call;
import dev.ringlet.cql.Executor;
import dev.ringlet.encode.ExplanationEncoder;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.BatchPlan;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.row.RowBody;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What would be sent for a write that is to be explained: JSON, in UTF-8. Nothing is. */
@Singleton
public final class Explanations {
  /** Bytes of values, which are not known before each of many rows has been planned. */
  private static final long MANY = 8 << 20;

  private final Executor executor;
  private final RowWrites rowWrites;
  private final AtomicRows atomic;

  Explanations(Executor executor, RowWrites rowWrites, AtomicRows atomic) {
    this.executor = executor;
    this.rowWrites = rowWrites;
    this.atomic = atomic;
  }

  /** Of one row, or what else one statement writes. */
  public byte[] of(Call call, WritePlan plan) {
    call.inFlight().keepAtLeast(plan.memory());
    return JsonBytes.write(
        plan.bytes(),
        call.inFlight()::keepBesides,
        json -> {
          json.writeStartObject();
          statement(plan, json);
          json.writeEndObject();
        });
  }

  public byte[] of(Call call, BatchPlan batch) {
    WritePlan any = batch.steps().get(0).plan(); // levels are those of the headers
    return ExplanationEncoder.of(
        batch,
        executor.consistencyOf(any).name(),
        serial(any, batch.conditional()),
        call.inFlight()::keepBesides);
  }

  /**
   * Of rows that are written together.
   *
   * @param bytes of the body
   * @throws ApiException what is wrong with one of them, or with all
   */
  public byte[] together(Call call, PostRequest request, List<RowBody> rows, long bytes) {
    return atomic
        .plan(call, request, rows, bytes)
        .map(batch -> of(call, batch))
        .orElseGet(() -> each(call, request, List.of()));
  }

  /**
   * The same of a batch of events.
   *
   * @throws ApiException as of {@link #each}
   */
  public byte[] events(Call call, PostRequest request, List<Supplier<RowBody>> rows) {
    Bulk.requireNotAtomic(request);
    return each(call, request, rows);
  }

  /**
   * Of rows that are written each for itself. A row with something wrong has its error there, as
   * when it is written.
   *
   * @param request for each of them
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED} if they are more than a batch may have
   */
  public byte[] each(Call call, PostRequest request, List<Supplier<RowBody>> rows) {
    atomic.requireFew(rows, "Of an array, %d rows at most are explained.");
    return JsonBytes.write(
        MANY,
        call.inFlight()::keepBesides,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("statements");
          for (int i = 0; i < rows.size(); i++) {
            row(request, i, rows.get(i), json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void row(PostRequest request, int index, Supplier<RowBody> row, JsonGenerator json)
      throws IOException {
    WritePlan plan;
    try {
      plan = rowWrites.one(request, row.get());
    } catch (ApiException e) {
      Outcome.failed(index, e).write(json);
      return;
    }
    json.writeStartObject();
    json.writeNumberField("index", index);
    statement(plan, json);
    json.writeEndObject();
  }

  private void statement(WritePlan plan, JsonGenerator json) throws IOException {
    Optional<String> serial = serial(plan, plan.conditional());
    ExplanationEncoder.write(plan, executor.consistencyOf(plan).name(), serial, json);
  }

  private Optional<String> serial(WritePlan plan, boolean conditional) {
    return Optional.of(executor.serialConsistencyOf(plan).name()).filter(name -> conditional);
  }
}
