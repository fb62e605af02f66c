package dev.ringlet.write;

import dev.ringlet.admission.Call;
import dev.ringlet.cql.Executor;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Preferences.Returns;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Carries out a planned write of one row, and reads what the client wants to see after it. */
@Singleton
public final class RowWriter {
  private final Conditions conditions;
  private final Executor executor;
  private final Reads reads;

  RowWriter(Conditions conditions, Executor executor, Reads reads) {
    this.conditions = conditions;
    this.executor = executor;
    this.reads = reads;
  }

  /** Writes a row, and reads it as it is then if the client wants to see it. */
  public Uni<Optional<CurrentRow>> write(Call call, WritePlan plan) {
    return delete(call, plan).chain(written -> shown(call, plan));
  }

  /** Deletes: nothing is left to be seen. */
  public Uni<Boolean> delete(Call call, WritePlan plan) {
    call.inFlight().keepAtLeast(plan.memory());
    note(call, plan);
    return done(call, plan, call.timestamp(executor::timestamp))
        .invoke(() -> call.exchange().rowsWritten(1))
        .invoke(call::answered)
        .onFailure(ApiException.class)
        .transform(failure -> CurrentRow.kept(call, failure));
  }

  /** Says what is about to be sent. */
  void note(Call call, WritePlan plan) {
    call.sends(plan.cql(), executor.consistencyOf(plan).name(), plan.conditional());
  }

  /** As {@link Executor#timestamp}. */
  long timestamp() {
    return executor.timestamp();
  }

  /**
   * The write alone. Fails with {@link ErrorCode#CONDITION_FAILED} if its condition does not hold.
   * What is read for that is in memory until it is done.
   *
   * @param timestamp as of {@link Executor#write}
   */
  Uni<Boolean> done(Call call, WritePlan plan, long timestamp) {
    return plan.conditional() ? conditionally(call, plan) : executor.write(plan, timestamp);
  }

  private Uni<Boolean> conditionally(Call call, WritePlan plan) {
    PassingRoom room = new PassingRoom(call.inFlight());
    return conditions.write(plan, room).onTermination().invoke(room::release);
  }

  /** A row that cannot be read back has been written all the same. */
  private Uni<Optional<CurrentRow>> shown(Call call, WritePlan plan) {
    if (!plan.options().preferences().prefers(Returns.REPRESENTATION)
        || !plan.target().isRow()
        || !plan.shows()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return Uni.createFrom()
        .deferred(
            () ->
                executor.read(
                    reads.written(plan, plan.options().consistency()), call.inFlight()::keep))
        .map(page -> Optional.of(CurrentRow.of(page)).filter(CurrentRow::exists))
        .onFailure()
        .recoverWithItem(Optional.empty());
  }
}
