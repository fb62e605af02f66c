package dev.ringlet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Work is planned again if the schema was not what it was planned for, and only then. */
class ReplannedTest {
  private static final Deadline DEADLINE = Deadline.of(Duration.ofHours(1), System.nanoTime());

  private final AtomicInteger plans = new AtomicInteger();

  private int done(Function<Integer, Uni<Integer>> work) {
    return done(DEADLINE, work);
  }

  private int done(Deadline deadline, Function<Integer, Uni<Integer>> work) {
    return Replanned.of(deadline, plans::incrementAndGet, work).await().indefinitely();
  }

  /** Whether it shows when it is planned or when it is carried out. */
  private static Uni<Integer> fail(ErrorCode code, boolean planned) {
    return fail(new ApiException(code, "no"), planned);
  }

  private static Uni<Integer> unread(CompletableFuture<Void> reading, boolean planned) {
    return fail(new ApiException(ErrorCode.SCHEMA_CHANGING, "no").remedied(reading), planned);
  }

  private static Uni<Integer> fail(ApiException e, boolean planned) {
    if (planned) {
      throw e;
    }
    return Uni.createFrom().failure(e);
  }

  @Test
  void untilItIsDone() {
    for (boolean planned : new boolean[] {true, false}) {
      plans.set(0);
      assertEquals(
          3,
          done(
              plan ->
                  plan < 3
                      ? fail(ErrorCode.SCHEMA_CHANGING, planned)
                      : Uni.createFrom().item(plan)));
    }
  }

  @Test
  void threeTimesAltogether() {
    for (boolean planned : new boolean[] {true, false}) {
      plans.set(0);
      ApiException e =
          assertThrows(
              ApiException.class, () -> done(plan -> fail(ErrorCode.SCHEMA_CHANGING, planned)));
      assertEquals(ErrorCode.SCHEMA_CHANGING, e.code());
      assertEquals(3, plans.get());
    }
  }

  @Test
  void notForAnotherReason() {
    for (boolean planned : new boolean[] {true, false}) {
      plans.set(0);
      assertThrows(ApiException.class, () -> done(plan -> fail(ErrorCode.FORBIDDEN, planned)));
      assertEquals(1, plans.get());
    }
  }

  /** As often as more has to be read. */
  @Test
  void whenWhatItLacksHasBeenRead() {
    List<CompletableFuture<Void>> readings =
        Stream.generate(CompletableFuture<Void>::new).limit(5).toList();
    CompletableFuture<Integer> done =
        Replanned.of(
                DEADLINE,
                plans::getAndIncrement,
                plan ->
                    plan < readings.size()
                        ? unread(readings.get(plan), plan % 2 == 0)
                        : Uni.createFrom().item(plan))
            .subscribeAsCompletionStage();
    for (int i = 0; i < readings.size(); i++) {
      assertEquals(i + 1, plans.get());
      assertTrue(readings.get(i).complete(null));
    }
    assertEquals(readings.size(), done.join());
  }

  @Test
  void whenWhatItLacksCouldNotBeRead() {
    CompletableFuture<Void> failed = CompletableFuture.failedFuture(new IllegalStateException());
    assertEquals(3, done(plan -> plan < 3 ? unread(failed, true) : Uni.createFrom().item(plan)));
    plans.set(0);
    assertThrows(ApiException.class, () -> done(plan -> unread(failed, plan % 2 == 0)));
    assertEquals(3, plans.get(), "as often as without");
  }

  @Test
  void notWhenItsTimeIsOver() {
    for (long arrived :
        new long[] {System.nanoTime(), System.nanoTime() - Duration.ofHours(1).toNanos()}) {
      plans.set(0);
      Deadline deadline = Deadline.of(Duration.ofMillis(1), arrived);
      CompletableFuture<Void> reading = new CompletableFuture<>();
      ApiException e =
          assertThrows(ApiException.class, () -> done(deadline, plan -> unread(reading, true)));
      assertEquals(ErrorCode.SCHEMA_CHANGING, e.code());
      assertEquals(1, plans.get());
      assertTrue(reading.isCancelled(), "nobody waits for it any more");
    }
  }

  @Test
  void whatIsPlannedAlreadyIsPlannedAgain() {
    Uni<Integer> work =
        Replanned.of(
            DEADLINE,
            0,
            plans::incrementAndGet,
            plan ->
                plan < 2
                    ? fail(ErrorCode.SCHEMA_CHANGING, plan == 0)
                    : Uni.createFrom().item(plan));
    assertEquals(2, work.await().indefinitely());
  }
}
