package dev.ringlet.write;

import dev.ringlet.admission.Call;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import dev.ringlet.header.Preferences.Returns;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.RowOperation;
import dev.ringlet.row.RowBody;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes many rows, some at a time, each with an outcome of its own: what is wrong with one does
 * not stop the others.
 */
@Singleton
public final class Bulk {
  private final RowWrites rowWrites;
  private final RowWriter writer;
  private final BatchWriter batches;
  private final AtomicRows atomic;
  private final Permits permits;
  private final long bytesOfPermit;
  private final int concurrency;

  Bulk(
      RowWrites rowWrites,
      RowWriter writer,
      BatchWriter batches,
      AtomicRows atomic,
      RingletConfig config) {
    this.rowWrites = rowWrites;
    this.writer = writer;
    this.batches = batches;
    this.atomic = atomic;
    int number = config.bulk().totalConcurrency();
    this.permits = new Permits(number);
    this.bytesOfPermit = Math.max(1, config.bulk().maxBytes().asLongValue() / number);
    this.concurrency = config.bulk().concurrency();
  }

  /** The rows of a JSON array. */
  public Uni<Summary> array(Call call, PostRequest request, List<Supplier<RowBody>> rows) {
    OutcomeCount tally = new OutcomeCount(call);
    List<Outcome> shown = new ArrayList<>();
    return outcomes(request, kept(request.forEach(), rows, tally), tally)
        .select()
        .where(outcome -> isShown(request, outcome))
        .invoke(shown::add)
        .collect()
        .last()
        .map(last -> summary(tally, shown));
  }

  /**
   * All rows or none.
   *
   * @param bytes of the body
   */
  public Uni<Summary> together(Call call, PostRequest request, List<RowBody> bodies, long bytes) {
    return atomic
        .plan(call, request, bodies, bytes)
        .map(
            batch -> {
              int rows = batch.steps().size();
              return batches.write(call, batch, Collections.nCopies(rows, done(request)));
            })
        .orElseGet(() -> Uni.createFrom().item(batches.nothing(call)));
  }

  /**
   * The rows of a batch of events. Fails, when all have been tried, if one was not written.
   *
   * @param request for each of them
   */
  public Uni<Void> events(Call call, PostRequest request, List<Supplier<RowBody>> rows) {
    requireNotAtomic(request);
    OutcomeCount tally = new OutcomeCount(call);
    FailedEvents failed = new FailedEvents();
    return outcomes(request, kept(request, rows, tally), tally)
        .select()
        .where(outcome -> outcome.error().isPresent())
        .invoke(outcome -> failed.add(outcome).ifPresent(tally::gone))
        .collect()
        .last()
        .invoke(() -> failed.require(rows.size()))
        .replaceWithVoid();
  }

  /** Those of a body that is in memory. */
  private Multi<BodyRow> kept(
      PostRequest request, List<Supplier<RowBody>> rows, OutcomeCount tally) {
    tally.keep(rows.size());
    return Multi.createFrom()
        .iterable(rows)
        .map(Supplier::get)
        .map(row -> new BodyRow(0, () -> rowWrites.one(request, row)));
  }

  /**
   * Rows that come one after the other. What is answered is a line an outcome, as they come, and
   * one with their numbers.
   *
   * @param rows where they come from, which is asked for when nothing is wrong with the request
   */
  public Multi<byte[]> stream(Call call, PostRequest request, Supplier<Multi<BodyRow>> rows) {
    requireNotAtomic(request);
    OutcomeCount tally = new OutcomeCount(call);
    tally.keepReading();
    Multi<byte[]> lines =
        outcomes(request, rows.get().onFailure().recoverWithMulti(tally::breakOff), tally)
            .select()
            .where(outcome -> isShown(request, outcome))
            .map(outcome -> line(outcome, tally));
    Multi<byte[]> end = Multi.createFrom().deferred(() -> end(tally));
    return Multi.createBy().concatenating().streams(lines, end);
  }

  private static byte[] line(Outcome outcome, OutcomeCount tally) {
    byte[] line = JsonBytes.line(outcome::write);
    tally.gone(outcome);
    return line;
  }

  static void requireNotAtomic(PostRequest request) {
    if (request.options().preferences().atomic()) {
      throw new ApiException(
              ErrorCode.INVALID_PREFERENCE, "The preference atomic is for a JSON array of rows.")
          .with("preference", "atomic");
    }
  }

  /** The numbers; after a body that was broken off the answer has no proper end either. */
  private static Multi<byte[]> end(OutcomeCount tally) {
    Multi<byte[]> numbers = Multi.createFrom().item(JsonBytes.line(tally::write));
    return tally
        .brokenOff()
        .map(
            e ->
                Multi.createBy()
                    .concatenating()
                    .streams(numbers, Multi.createFrom().<byte[]>failure(e)))
        .orElse(numbers);
  }

  /** A row is read when there is a place for the one before it. */
  private Multi<Outcome> outcomes(PostRequest request, Multi<BodyRow> rows, OutcomeCount tally) {
    return rows.onItem()
        .transformToUniAndConcatenate(
            row -> {
              RowPlan plan = new RowPlan(row);
              return permits
                  .place(size(row, plan))
                  .map(place -> write(place, tally.next(), plan, request, tally));
            })
        .onItem()
        .transformToUni(outcome -> outcome)
        .merge(request.options().preferences().concurrency().orElse(concurrency))
        .invoke(tally::count);
  }

  /** That of its plan, if it takes more than its text; a large one is not there while it waits. */
  private int size(BodyRow row, RowPlan plan) {
    int size = permits(Math.max(row.bytes(), plan.memory()));
    if (size > 1 && !permits.areFree(size)) {
      plan.forget();
    }
    return size;
  }

  private int permits(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, 1 + bytes / bytesOfPermit);
  }

  private Uni<Outcome> write(
      Permits.Place place, long index, RowPlan plan, PostRequest request, OutcomeCount tally) {
    return place
        .use(() -> write(plan, request.options().deadline().timeout(), tally))
        .map(written -> Outcome.done(index, done(request)))
        .onFailure()
        .recoverWithItem(failure -> tally.kept(index, failure));
  }

  /** By timestamps in the order of the rows: of two with the same key the last one stays. */
  private Uni<Boolean> write(RowPlan row, Duration timeout, OutcomeCount tally) {
    long timestamp = writer.timestamp(); // even if it has to be planned again
    return Replanned.of(
        Deadline.of(timeout, System.nanoTime()),
        row,
        row::again,
        planned -> {
          WritePlan plan = planned.get();
          writer.note(tally.call(), plan);
          return writer.done(tally.call(), plan, timestamp);
        });
  }

  private static int done(PostRequest request) {
    return request.operation() == RowOperation.INSERT ? 201 : 204;
  }

  private static Summary summary(OutcomeCount tally, List<Outcome> shown) {
    tally.call().inFlight().giveUpPlace(); // a long answer is its client's to take
    shown.sort(Comparator.comparingLong(Outcome::index));
    return new Summary(tally, shown);
  }

  private static boolean isShown(PostRequest request, Outcome outcome) {
    return outcome.error().isPresent() || request.options().preferences().prefers(Returns.OUTCOMES);
  }
}
