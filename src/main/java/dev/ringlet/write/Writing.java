package dev.ringlet.write;

import dev.ringlet.cql.Executor;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.Preferences.Returns;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Carries out a planned write of one row, and reads what the client wants to see after it. */
@Singleton
public final class Writing {
  private final Conditions conditions;
  private final Executor executor;
  private final Reads reads;

  Writing(Conditions conditions, Executor executor, Reads reads) {
    this.conditions = conditions;
    this.executor = executor;
    this.reads = reads;
  }

  /** Writes a row, and reads it as it is then if the client wants to see it. */
  public Uni<Optional<CurrentRow>> write(Exchange exchange, WritePlan plan) {
    return delete(exchange, plan).chain(written -> shown(plan));
  }

  /** Deletes: nothing is left to be seen. */
  public Uni<Boolean> delete(Exchange exchange, WritePlan plan) {
    note(exchange, plan);
    return done(plan).invoke(() -> exchange.rowsWritten(1)).invoke(exchange::answeredAsUsual);
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
   */
  Uni<Boolean> done(WritePlan plan) {
    return plan.conditional() ? conditions.write(plan) : executor.write(plan);
  }

  /** A row that cannot be read back has been written all the same. */
  private Uni<Optional<CurrentRow>> shown(WritePlan plan) {
    if (!plan.options().preferences().prefers(Returns.REPRESENTATION) || !plan.target().isRow()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return Uni.createFrom()
        .deferred(() -> executor.read(reads.written(plan, plan.options().consistency())))
        .map(page -> Optional.of(CurrentRow.of(page)).filter(CurrentRow::exists))
        .onFailure()
        .recoverWithItem(Optional.empty());
  }
}
