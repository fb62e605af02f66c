package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @ParameterizedTest
  @CsvSource({"0, PT5S", "1, PT4.999999999S", "5000000000, PT0S", "7000000000, PT-2S"})
  void theTimeSinceTheRequestCameIsTakenOff(long passed, Duration left) {
    assertEquals(left, Deadline.of(TIMEOUT, 100).left(100 + passed));
  }

  /** {@link System#nanoTime()} may start anywhere, and overflow. */
  @Property
  void onlyTheDifferenceOfTheTimesCounts(
      @ForAll long arrived, @ForAll @LongRange(min = 0, max = 10_000_000_000L) long passed) {
    assertEquals(TIMEOUT.minusNanos(passed), Deadline.of(TIMEOUT, arrived).left(arrived + passed));
  }

  @Property
  void eachStatementOfAStreamHasAllOfIt(@ForAll long arrived, @ForAll long now) {
    Deadline each = Deadline.of(TIMEOUT, arrived).forEach();
    assertEquals(TIMEOUT, each.left(now));
    assertEquals(each, each.forEach());
  }
}
