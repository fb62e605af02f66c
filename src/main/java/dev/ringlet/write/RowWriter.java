package dev.ringlet.write;

import dev.ringlet.admission.Capacity;
import dev.ringlet.cql.Executor;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.Preferences.Returns;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Carries out a planned write of one row, and reads what the client wants to see after it. */
@Singleton
public final class RowWriter {
  private final Conditions conditions;
  private final Executor executor;
  private final Reads reads;
  private final Capacity capacity;

  RowWriter(Conditions conditions, Executor executor, Reads reads, Capacity capacity) {
    this.capacity = capacity;
    this.conditions = conditions;
    this.executor = executor;
    this.reads = reads;
  }

  /** Writes a row, and reads it as it is then if the client wants to see it. */
  public Uni<Optional<CurrentRow>> write(Exchange exchange, WritePlan plan) {
    return delete(exchange, plan).chain(written -> shown(exchange, plan));
  }

  /** Deletes: nothing is left to be seen. */
  public Uni<Boolean> delete(Exchange exchange, WritePlan plan) {
    note(exchange, plan);
    return done(exchange, plan)
        .invoke(() -> exchange.rowsWritten(1))
        .invoke(exchange::answeredAsUsual);
  }

  /** Says what is about to be sent. */
  void note(Exchange exchange, WritePlan plan) {
    exchange.planned(plan.cql(), executor.consistencyOf(plan).name());
    if (plan.conditional()) {
      exchange.contended();
    }
  }

  /**
   * The write alone. Fails with {@link ErrorCode#CONDITION_FAILED} if its condition does not hold.
   * What is read for that is in memory until it is done.
   */
  Uni<Boolean> done(Exchange exchange, WritePlan plan) {
    return plan.conditional() ? conditionally(exchange, plan) : executor.write(plan);
  }

  private Uni<Boolean> conditionally(Exchange exchange, WritePlan plan) {
    AtomicLong kept = new AtomicLong();
    return conditions
        .write(
            plan,
            bytes -> {
              capacity.keep(exchange, bytes);
              kept.addAndGet(bytes);
            })
        .onTermination()
        .invoke(() -> capacity.keep(exchange, -kept.getAndSet(0)));
  }

  /** A row that cannot be read back has been written all the same. */
  private Uni<Optional<CurrentRow>> shown(Exchange exchange, WritePlan plan) {
    if (!plan.options().preferences().prefers(Returns.REPRESENTATION) || !plan.target().isRow()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return Uni.createFrom()
        .deferred(
            () ->
                executor.read(
                    reads.written(plan, plan.options().consistency()),
                    bytes -> capacity.keep(exchange, bytes)))
        .map(page -> Optional.of(CurrentRow.of(page)).filter(CurrentRow::exists))
        .onFailure()
        .recoverWithItem(Optional.empty());
  }
}
