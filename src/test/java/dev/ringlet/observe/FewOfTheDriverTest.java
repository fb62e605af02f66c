package dev.ringlet.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FewOfTheDriverTest {
  private static final String POOL = "com.datastax.oss.driver.internal.core.pool.ChannelPool";
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private final FewOfTheDriver filter = new FewOfTheDriver();

  private long passing(String logger, Level level, Instant from) {
    return IntStream.range(0, 50)
        .filter(
            second -> {
              LogRecord line = new LogRecord(level, "no");
              line.setLoggerName(logger);
              line.setInstant(from.plusSeconds(second));
              return filter.isLoggable(line);
            })
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    "com.datastax.oss.driver.internal.core.pool.ChannelPool, WARNING, 3",
    "com.datastax.oss.driver.internal.core.pool.ChannelPool, FINE, 3",
    "com.datastax.oss.driver.internal.core.pool.ChannelPool, SEVERE, 50",
    "dev.ringlet.cql.Connection, WARNING, 50",
    ", WARNING, 50"
  })
  void aFewOfEachLoggerOfTheDriverPassInAMinute(String logger, String level, long passing) {
    assertEquals(passing, passing(logger, Level.parse(level), NOON));
  }

  @Test
  void eachMinuteAndEachLoggerBeginsAnew() {
    assertEquals(3, passing(POOL, Level.WARNING, NOON));
    assertEquals(3, passing(POOL + "s", Level.WARNING, NOON));
    assertEquals(3, passing(POOL, Level.WARNING, NOON.plusSeconds(60)));
  }
}
