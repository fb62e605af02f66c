package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.access.Rate;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often callers may come, by a clock of the test. */
class CallerRatesTest {
  private final CallerRates rates = new CallerRates();
  private long now = Duration.ofDays(1).toNanos();

  private int taken(Rate rate, String caller, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      try {
        rates.requireLeft(List.of(rate), caller, now);
        rates.take(rate, caller, now);
        taken++;
      } catch (ApiException e) {
        assertEquals(ErrorCode.RATE_LIMITED, e.code());
      }
    }
    return taken;
  }

  @Test
  void aBurstHasTwoSecondsAndThenItIsTheRate() {
    Rate five = new Rate("five", 5);
    assertEquals(10, taken(five, "a", 20));
    for (int second = 0; second < 3; second++) {
      now += Duration.ofSeconds(1).toNanos();
      assertEquals(5, taken(five, "a", 20));
    }
    now += Duration.ofHours(1).toNanos();
    assertEquals(10, taken(five, "a", 20));
  }

  @Test
  void eachCallerHasTheirOwn() {
    Rate one = new Rate("one", 1);
    assertEquals(2, taken(one, "a", 5));
    assertEquals(2, taken(one, "b", 5));
  }

  @Test
  void itIsSaidWhenToComeAgain() {
    Rate one = new Rate("one", 1);
    assertEquals(2, taken(one, "a", 2));
    ApiException e = assertThrows(ApiException.class, () -> rates.take(one, "a", now));
    assertEquals(1, e.members().get("retry_after"));
  }

  @Test
  void whoHasAnyRuleLeftIsNotRefusedYet() {
    Rate one = new Rate("one", 1);
    Rate two = new Rate("two", 2);
    assertEquals(2, taken(one, "a", 5));
    rates.requireLeft(List.of(one, two), "a", now);
    assertEquals(4, taken(two, "a", 5));
    ApiException e =
        assertThrows(ApiException.class, () -> rates.requireLeft(List.of(one, two), "a", now));
    assertEquals(ErrorCode.RATE_LIMITED, e.code());
  }
}
