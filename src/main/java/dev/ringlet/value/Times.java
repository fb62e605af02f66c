package dev.ringlet.value;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/** timestamp, date and time, in ISO 8601. */
final class Times {
  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** Z, +01 or +0100. */
  private static final DateTimeFormatter PLAIN_OFFSET = withOffset("X");

  /** +01:00. Optional parts of one formatter would take 2026-11-22T10:00ZZ. */
  private static final DateTimeFormatter COLON_OFFSET = withOffset("XXX");

  private static final Pattern SPACE_FOR_T = Pattern.compile("^([^T ]+) (?=[0-9])");
  private static final Pattern SPACE_BEFORE_OFFSET = Pattern.compile(" (?=(?:Z|[+-][0-9:]+)$)");

  private static final DateTimeFormatter NANOSECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSSSS");

  /** Day 0 of CQL's date is the middle of an unsigned int. */
  private static final int EPOCH = Integer.MIN_VALUE;

  private Times() {}

  static String timestampText(ByteBuffer value) {
    return INSTANT.format(Instant.ofEpochMilli(value.getLong(value.position())));
  }

  /** ISO 8601 with an offset, cut to milliseconds as CQL does, or epoch milliseconds. */
  static ByteBuffer parseTimestamp(String text) {
    long millis = text.indexOf(':') < 0 ? Integers.inRange(text, 64) : instant(text).toEpochMilli();
    return ByteBuffer.allocate(8).putLong(millis).flip();
  }

  static String dateText(ByteBuffer value) {
    return LocalDate.ofEpochDay(day(value)).toString();
  }

  /** The day of a date, since 1970. */
  static int day(ByteBuffer value) {
    return value.getInt(value.position()) - EPOCH;
  }

  static ByteBuffer parseDate(String text) {
    int days = Math.toIntExact(LocalDate.parse(text).toEpochDay());
    return ByteBuffer.allocate(4).putInt(days + EPOCH).flip();
  }

  static String timeText(ByteBuffer value) {
    return NANOSECONDS.format(LocalTime.ofNanoOfDay(value.getLong(value.position())));
  }

  static ByteBuffer parseTime(String text) {
    if (text.endsWith(".")) {
      throw new IllegalArgumentException("LocalTime takes a point without digits");
    }
    return ByteBuffer.allocate(8).putLong(LocalTime.parse(text).toNanoOfDay()).flip();
  }

  private static DateTimeFormatter withOffset(String pattern) {
    return new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
        .appendPattern(pattern)
        .toFormatter()
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static Instant instant(String text) {
    String iso = text.indexOf(' ') < 0 ? text : withoutSpaces(text);
    return OffsetDateTime.parse(iso, offsetOf(iso)).toInstant();
  }

  private static String withoutSpaces(String text) {
    String separated = SPACE_FOR_T.matcher(text).replaceFirst("$1T");
    return SPACE_BEFORE_OFFSET.matcher(separated).replaceFirst("");
  }

  private static DateTimeFormatter offsetOf(String text) {
    boolean colon = text.regionMatches(text.length() - 3, ":", 0, 1);
    return colon ? COLON_OFFSET : PLAIN_OFFSET;
  }
}
