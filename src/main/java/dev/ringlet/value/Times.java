package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
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

  /** What a timestamp looks like: its digits are zeros here. */
  private static final String PLAIN = "0000-00-00T00:00:00.000Z";

  /** Where its seconds end. */
  private static final int SECONDS = 19;

  private static final ZoneOffset UTC = ZoneOffset.UTC;

  /** Day 0 of CQL's date is the middle of an unsigned int. */
  private static final int EPOCH = Integer.MIN_VALUE;

  private Times() {}

  static void writeTimestamp(ByteBuffer value, JsonGenerator json, NumberForm numbers)
      throws IOException {
    byte[] text = timestamp(value);
    json.writeRawUTF8String(text, 0, text.length);
  }

  static String timestampText(ByteBuffer value) {
    return new String(timestamp(value), StandardCharsets.US_ASCII);
  }

  private static byte[] timestamp(ByteBuffer value) {
    long millis = value.getLong(value.position());
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, 1000), (int) Math.floorMod(millis, 1000L) * 1_000_000, UTC);
    return time.getYear() < 0 || time.getYear() > 9999
        ? INSTANT.format(Instant.ofEpochMilli(millis)).getBytes(StandardCharsets.US_ASCII)
        : plain(time);
  }

  /** As the formatter has it, which makes twenty objects for that. */
  private static byte[] plain(LocalDateTime time) {
    byte[] text = PLAIN.getBytes(StandardCharsets.US_ASCII);
    digits(text, 4, time.getYear());
    digits(text, 7, time.getMonthValue());
    digits(text, 10, time.getDayOfMonth());
    digits(text, 13, time.getHour());
    digits(text, 16, time.getMinute());
    digits(text, 19, time.getSecond());
    digits(text, 23, time.getNano() / 1_000_000);
    return text;
  }

  /** Those before a place, where zeros are. */
  private static void digits(byte[] text, int end, int number) {
    int left = number;
    for (int i = end - 1; left > 0; i--) {
      text[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** ISO 8601 with an offset, cut to milliseconds as CQL does, or epoch milliseconds. */
  static ByteBuffer parseTimestamp(String text) {
    return ByteBuffer.allocate(8).putLong(millis(text)).flip();
  }

  private static long millis(String text) {
    if (text.indexOf(':') < 0) {
      return Integers.inRange(text, 64);
    }
    return isPlain(text) ? plain(text) : instant(text).toEpochMilli();
  }

  /** Whether it is written as it is in answers, with milliseconds or without. */
  private static boolean isPlain(String text) {
    int end = text.length() - 1;
    if ((end != SECONDS && end != PLAIN.length() - 1) || text.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (digit != (PLAIN.charAt(i) == '0') || (!digit && c != PLAIN.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static long plain(String text) {
    LocalDateTime time =
        LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, SECONDS));
    int millis = text.length() == PLAIN.length() ? number(text, SECONDS + 1, SECONDS + 4) : 0;
    return time.toEpochSecond(UTC) * 1000 + millis;
  }

  private static int number(String text, int begin, int end) {
    return Integer.parseInt(text, begin, end, 10);
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

  /** Cassandra stores any number of nanoseconds as a time. */
  static boolean isOfDay(ByteBuffer value) {
    return value.remaining() == 8
        && ChronoField.NANO_OF_DAY.range().isValidValue(value.getLong(value.position()));
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
