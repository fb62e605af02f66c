package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Statement;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteClockTest {
  private static final long NOW = 1_795_881_600_000_000L;

  private final AtomicLong wall = new AtomicLong(NOW);
  private final WriteClock clock = new WriteClock(1_000_000, wall::get);

  @Test
  void timestampsThatAreAboutNowArePassedOn() {
    assertEquals(NOW, clock.checked(NOW));
    assertEquals(NOW - 1_000_000, clock.checked(NOW - 1_000_000));
    assertEquals(NOW + 1_000_000, clock.checked(NOW + 1_000_000));
  }

  @Test
  void othersAreRefused() {
    assertRefused(NOW - 1_000_001);
    assertRefused(NOW + 1_000_001);
    assertRefused(4_309_310_940L); // since the machine was booted
    assertRefused(0);
  }

  @Test
  void aClockThatIsPutBackIsNoticedAndForgivenWhenItHasCaughtUp() {
    wall.set(NOW - 5_000_000);
    assertFalse(clock.isRight(NOW));
    assertEquals(5_000_000, clock.difference(NOW));
    wall.set(NOW - 1_000_000);
    assertTrue(clock.isRight(NOW));
  }

  @Test
  void whereNodesGiveTheTimestampsThereIsNoneToDoubt() {
    long none = Statement.NO_DEFAULT_TIMESTAMP;
    assertEquals(none, clock.checked(none));
    assertEquals(0, clock.difference(none));
  }

  @Test
  void theToleranceIsASetting() {
    WriteClock patient = new WriteClock(TestConfig.of(Map.of("ringlet.clock.tolerance", "1h")));
    long halfAnHourAgo = (System.currentTimeMillis() - 1_800_000) * 1000;
    assertTrue(patient.isRight(halfAnHourAgo));
    assertFalse(new WriteClock(TestConfig.defaults()).isRight(halfAnHourAgo));
  }

  private void assertRefused(long timestamp) {
    ApiException e = assertThrows(ApiException.class, () -> clock.checked(timestamp));
    assertEquals(ErrorCode.CLOCK_WRONG, e.code());
  }
}
