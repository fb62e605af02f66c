package dev.ringlet.write;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.admission.Call;
import dev.ringlet.cql.Executor;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.encode.RawJson;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

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
   * the step is about a partition's static columns, or the row cannot be read.
   */
  private record Checked(BatchStep step, Optional<CurrentRow> row) {
    boolean failed() {
      Condition condition = step.plan().options().condition();
      return condition.compares()
          || row.stream()
              .anyMatch(its -> its.exists() == (condition.kind() == Condition.Kind.NOT_EXISTS));
    }

    /** With its row, if the caller may see it and there is room for it. */
    RawJson shown(LongConsumer room) {
      return row.filter(its -> step.plan().shows())
          .flatMap(its -> its.made(room, json -> write(Optional.of(its), json)))
          .map(RawJson::new)
          .orElseGet(this::brief);
    }

    RawJson brief() {
      return new RawJson(JsonBytes.write(json -> write(Optional.empty(), json)));
    }

    private NumberForm numbers() {
      return NumberForm.of(step.plan().options().preferences().numbersAsJson());
    }

    private void write(Optional<CurrentRow> current, JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeNumberField("index", step.index());
      if (current.isPresent()) {
        json.writeFieldName(CurrentRow.MEMBER);
        current.get().write(numbers(), json);
      }
      json.writeEndObject();
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
    PassingRoom room = new PassingRoom(call.inFlight());
    return Multi.createFrom()
        .iterable(batch.conditions())
        .onItem()
        .transformToUniAndConcatenate(step -> read(step, room))
        .collect()
        .asList()
        .onFailure()
        .recoverWithItem(List.of())
        .<Boolean>map(
            rows -> {
              throw failed(call, rows, room);
            })
        .onTermination()
        .invoke(room::release);
  }

  private Uni<Checked> read(BatchStep step, PassingRoom room) {
    Checked unread = new Checked(step, Optional.empty());
    if (!step.plan().target().isRow()) {
      return Uni.createFrom().item(unread);
    }
    String serial = executor.serialConsistencyOf(step.plan()).name();
    return Uni.createFrom()
        .deferred(() -> executor.read(reads.written(step.plan(), Optional.of(serial)), room))
        .map(page -> new Checked(step, Optional.of(CurrentRow.of(page))))
        .onFailure(BatchWriter::isOfRow)
        .recoverWithItem(unread);
  }

  /** Whether others may be read all the same: it is too large, or there is no room for it. */
  private static boolean isOfRow(Throwable failure) {
    return failure instanceof ApiException e
        && (e.code() == ErrorCode.LIMIT_EXCEEDED || e.code() == ErrorCode.OVERLOADED);
  }

  /**
   * Conditions that hold by now are not named: somebody else has written since. What filters ask is
   * not asked again: the client sees what is there.
   */
  private static ApiException failed(Call call, List<Checked> rows, PassingRoom room) {
    List<Checked> failed = rows.stream().filter(Checked::failed).toList();
    ApiException e =
        new ApiException(
            ErrorCode.CONDITION_FAILED,
            "The rows are not as the conditions want them; nothing was done.");
    if (failed.isEmpty()) {
      return e;
    }
    ApiException named = e.with("index", failed.get(0).step().index());
    List<RawJson> shown = failed.stream().map(checked -> checked.shown(room)).toList();
    room.release(); // from now on there is what is shown, and no rows
    List<RawJson> kept = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      kept.add(CurrentRow.kept(call, shown.get(i), failed.get(i)::brief));
    }
    return named.with(FAILED, kept);
  }
}
