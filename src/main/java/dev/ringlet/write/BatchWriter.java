package dev.ringlet.write;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.ringlet.admission.Call;
import dev.ringlet.cql.Executor;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Condition;
import dev.ringlet.header.Preferences.Returns;
import dev.ringlet.plan.BatchPlan;
import dev.ringlet.plan.BatchStep;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.value.NumberForm;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Carries out batches: all of their writes or none. */
@Singleton
public final class BatchWriter {
  private static final String FAILED = "failed";

  private final Executor executor;
  private final Reads reads;
  private final PartitionQueue partitions;

  BatchWriter(Executor executor, Reads reads, PartitionQueue partitions) {
    this.executor = executor;
    this.reads = reads;
    this.partitions = partitions;
  }

  /**
   * A step on a condition, and its row as it is after the batch was refused; there is none where
   * the step is about a partition's static columns.
   */
  private record Checked(BatchStep step, Optional<CurrentRow> row) {
    boolean failed() {
      Condition condition = step.plan().options().condition();
      return condition.compares()
          || row.stream()
              .anyMatch(its -> its.exists() == (condition.kind() == Condition.Kind.NOT_EXISTS));
    }
  }

  /**
   * Writes them. Fails with {@link ErrorCode#CONDITION_FAILED} if a condition does not hold.
   *
   * @param statuses that the operations would have been answered with
   */
  public Uni<Summary> write(Call call, BatchPlan batch, List<Integer> statuses) {
    OutcomeCount tally = new OutcomeCount(call);
    boolean shown = batch.options().preferences().prefers(Returns.OUTCOMES);
    WritePlan first = batch.steps().get(0).plan();
    call.sends(first.cql(), executor.consistencyOf(first).name(), batch.conditional());
    Uni<Boolean> written = batch.conditional() ? conditionally(call, batch) : sent(call, batch);
    return written
        .invoke(() -> tally.countAll(statuses.size()))
        .map(done -> new Summary(tally, shown ? Outcome.done(statuses) : List.of()));
  }

  /** What there is to say of no operations. */
  public Summary nothing(Call call) {
    return new Summary(new OutcomeCount(call), List.of());
  }

  private Uni<Boolean> conditionally(Call call, BatchPlan batch) {
    return partitions.take(
        batch.conditions().get(0).plan(),
        seen -> {
          seen.forget();
          return sent(call, batch)
              .chain(applied -> applied ? Uni.createFrom().item(true) : refused(call, batch));
        });
  }

  private Uni<Boolean> sent(Call call, BatchPlan batch) {
    return executor.writeAll(batch, call.timestamp(executor::timestamp));
  }

  /** What stands in the way, as far as it can be read. */
  private Uni<Boolean> refused(Call call, BatchPlan batch) {
    AtomicLong kept = new AtomicLong();
    return Multi.createFrom()
        .iterable(batch.conditions())
        .onItem()
        .transformToUniAndConcatenate(step -> read(call, step, kept))
        .collect()
        .asList()
        .onFailure()
        .recoverWithItem(List.of())
        .<Boolean>map(
            rows -> {
              throw failed(call, rows);
            })
        .onTermination()
        .invoke(() -> call.inFlight().keep(-kept.getAndSet(0)));
  }

  private Uni<Checked> read(Call call, BatchStep step, AtomicLong kept) {
    if (!step.plan().target().isRow()) {
      return Uni.createFrom().item(new Checked(step, Optional.empty()));
    }
    String serial = executor.serialConsistencyOf(step.plan()).name();
    return executor
        .read(
            reads.written(step.plan(), Optional.of(serial)),
            bytes -> {
              call.inFlight().keep(bytes);
              kept.addAndGet(bytes);
            })
        .map(page -> new Checked(step, Optional.of(CurrentRow.of(page))));
  }

  /**
   * Conditions that hold by now are not named: somebody else has written since. What filters ask is
   * not asked again: the client sees what is there.
   */
  private static ApiException failed(Call call, List<Checked> rows) {
    List<Checked> failed = rows.stream().filter(Checked::failed).toList();
    ApiException e =
        new ApiException(
            ErrorCode.CONDITION_FAILED,
            "The rows are not as the conditions want them; nothing was done.");
    if (failed.isEmpty()) {
      return e;
    }
    ApiException named = e.with("index", failed.get(0).step().index());
    List<SerializedString> shown =
        failed.stream().map(checked -> shown(checked, current(checked))).toList();
    return CurrentRow.kept(
        call,
        CurrentRow.SHOWN * Outcome.length(shown),
        named.with(FAILED, shown),
        () ->
            named.with(
                FAILED, failed.stream().map(checked -> shown(checked, Optional.empty())).toList()));
  }

  private static Optional<byte[]> current(Checked checked) {
    WritePlan plan = checked.step().plan();
    NumberForm numbers = NumberForm.of(plan.options().preferences().numbersAsJson());
    return checked.row().filter(row -> plan.shows()).flatMap(row -> row.shown(numbers));
  }

  private static SerializedString shown(Checked checked, Optional<byte[]> current) {
    byte[] document =
        JsonBytes.write(
            json -> {
              json.writeStartObject();
              json.writeNumberField("index", checked.step().index());
              if (current.isPresent()) {
                json.writeFieldName(CurrentRow.MEMBER);
                json.writeRawValue(new String(current.get(), StandardCharsets.UTF_8));
              }
              json.writeEndObject();
            });
    return new SerializedString(new String(document, StandardCharsets.UTF_8));
  }
}
