package dev.ringlet.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps in their usual form are written and read by hand: as java.time does it. */
class TimesTest {
  private static final DateTimeFormatter JAVA =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** Somewhat more than the years of four digits. */
  @Property
  void isWrittenAndReadAsByJava(
      @ForAll @LongRange(min = -63_000_000_000_000L, max = 260_000_000_000_000L) long millis) {
    assertSame(millis);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        999,
        -62_167_219_200_000L, // the year 0
        -62_167_219_200_001L,
        253_402_300_799_999L, // the last of the year 9999
        253_402_300_800_000L,
        1_709_164_800_000L, // 29 February
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void edgesAreWrittenAndReadAsByJava(long millis) {
    assertSame(millis);
  }

  private static void assertSame(long millis) {
    String text = JAVA.format(Instant.ofEpochMilli(millis));
    assertEquals(text, Times.timestampText(ByteBuffer.allocate(8).putLong(0, millis)));
    if (Math.abs(millis) < 1L << 48) {
      assertEquals(millis, Times.parseTimestamp(text).getLong(0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T06:00:00Z",
        "2026-13-01T06:00:00Z",
        "2026-00-10T06:00:00.000Z",
        "2026-01-10T24:00:00Z",
        "2026-01-10T23:60:00Z",
        "2026-01-10T23:59:60Z",
        "2026-01-10T23:59:59,000Z",
        "2026-01-10T23:59:59.0000",
        "2026/01/10T23:59:59Z"
      })
  void whatIsNoTimeIsNone(String text) {
    assertThrows(DateTimeException.class, () -> Times.parseTimestamp(text));
  }
}
