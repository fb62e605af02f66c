package dev.ringlet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Work is planned again if the schema was not what it was planned for, and only then. */
class ReplannedTest {
  private final AtomicInteger plans = new AtomicInteger();

  private int done(Function<Integer, Uni<Integer>> work) {
    return Replanned.of(plans::incrementAndGet, work).await().indefinitely();
  }

  /** Whether it shows when it is planned or when it is carried out. */
  private static Uni<Integer> fail(ErrorCode code, boolean planned) {
    ApiException e = new ApiException(code, "no");
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

  @Test
  void whatIsPlannedAlreadyIsPlannedAgain() {
    Uni<Integer> work =
        Replanned.of(
            0,
            plans::incrementAndGet,
            plan ->
                plan < 2
                    ? fail(ErrorCode.SCHEMA_CHANGING, plan == 0)
                    : Uni.createFrom().item(plan));
    assertEquals(2, work.await().indefinitely());
  }
}
