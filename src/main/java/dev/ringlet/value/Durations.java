package dev.ringlet.value;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * duration: months, days and nanoseconds of one sign. Cassandra's own text goes out; what CQL's
 * literals are comes in. Driver and Cassandra lose the least numbers, of which there is no negative
 * in their types.
 */
final class Durations {
  private enum Unit {
    YEAR(12, "y"),
    MONTH(1, "mo"),
    WEEK(7, "w"),
    DAY(1, "d"),
    HOUR(3_600_000_000_000L, "h"),
    MINUTE(60_000_000_000L, "m"),
    SECOND(1_000_000_000, "s"),
    MILLISECOND(1_000_000, "ms"),
    MICROSECOND(1_000, "us"),
    NANOSECOND(1, "ns");

    /** In months, days or nanoseconds. */
    private final long size;

    private final String symbol;

    Unit(long size, String symbol) {
      this.size = size;
      this.symbol = symbol;
    }
  }

  /** A way to write durations; each group of its pattern is an amount of a unit, or missing. */
  private record Form(Pattern pattern, List<Unit> units) {
    private static Form of(String pattern, Unit... units) {
      return new Form(Pattern.compile(pattern), List.of(units));
    }
  }

  /** ISO 8601 lets the last part have a fraction; CQL does not know it. */
  private static final String AMOUNT = "(\\d++(?:[.,]\\d{1,18}+(?=[HMS]$))?)";

  private static final List<Form> FORMS =
      List.of(
          Form.of(
              "(?i)(?:(\\d++)y)?(?:(\\d++)mo)?(?:(\\d++)w)?(?:(\\d++)d)?(?:(\\d++)h)?(?:(\\d++)m)?"
                  + "(?:(\\d++)s)?(?:(\\d++)ms)?(?:(\\d++)[u\u00b5]s)?(?:(\\d++)ns)?",
              Unit.values()),
          Form.of(
              "P(?:(\\d++)Y)?(?:(\\d++)M)?(?:(\\d++)D)?"
                  + "(?:T(?=\\d)(?:$H)?(?:$M)?(?:$S)?)?".replace("$", AMOUNT),
              Unit.YEAR,
              Unit.MONTH,
              Unit.DAY,
              Unit.HOUR,
              Unit.MINUTE,
              Unit.SECOND),
          Form.of("P(\\d++)W", Unit.WEEK),
          Form.of(
              "P(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2}):(\\d{2}):(\\d{2})",
              Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND));

  private static final Unit[] TIME = {
    Unit.HOUR, Unit.MINUTE, Unit.SECOND, Unit.MILLISECOND, Unit.MICROSECOND, Unit.NANOSECOND
  };

  private Durations() {}

  static String text(ByteBuffer value) {
    CqlDuration duration = TypeCodecs.DURATION.decode(value.duplicate(), DefaultProtocolVersion.V5);
    StringBuilder text = new StringBuilder();
    append(text, Math.abs((long) duration.getMonths()), Unit.YEAR, Unit.MONTH);
    append(text, Math.abs((long) duration.getDays()), Unit.DAY);
    append(text, Math.abs(duration.getNanoseconds()), TIME);
    if (text.isEmpty()) {
      return "0s";
    }
    boolean negative =
        duration.getMonths() < 0 || duration.getDays() < 0 || duration.getNanoseconds() < 0;
    return negative ? text.insert(0, '-').toString() : text.toString();
  }

  static ByteBuffer parse(String text) {
    if (text.length() > Codec.LONGEST_NUMBER) {
      throw new IllegalArgumentException("more digits than are read at once");
    }
    boolean negative = text.startsWith("-");
    String amounts = negative ? text.substring(1) : text;
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(amounts);
      if (matcher.matches()) {
        return TypeCodecs.DURATION.encode(
            duration(form, matcher, negative), DefaultProtocolVersion.V5);
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static CqlDuration duration(Form form, Matcher matcher, boolean negative) {
    // negative, for there is one more of these
    long months = 0;
    long days = 0;
    long nanoseconds = 0;
    boolean any = false;
    for (int i = 0; i < form.units().size(); i++) {
      String amount = matcher.group(i + 1);
      if (amount != null) {
        any = true;
        Unit unit = form.units().get(i);
        long less = less(amount, unit);
        switch (unit) {
          case YEAR, MONTH -> months = Math.addExact(months, less);
          case WEEK, DAY -> days = Math.addExact(days, less);
          default -> nanoseconds = Math.addExact(nanoseconds, less);
        }
      }
    }
    if (!any) {
      throw new IllegalArgumentException("no amount of anything");
    }
    return CqlDuration.newInstance(
        Math.toIntExact(negative ? months : -months),
        Math.toIntExact(negative ? days : -days),
        negative ? nanoseconds : Math.negateExact(nanoseconds));
  }

  private static long less(String amount, Unit unit) {
    int whole = amount.split("[.,]", 2)[0].length();
    long less = Math.multiplyExact(Long.parseLong("-" + amount.substring(0, whole)), unit.size);
    if (whole == amount.length()) {
      return less;
    }
    BigDecimal fraction = new BigDecimal("-0." + amount.substring(whole + 1));
    return Math.addExact(less, fraction.multiply(BigDecimal.valueOf(unit.size)).longValueExact());
  }

  /**
   * @param amount without a sign, in the last of the units
   */
  private static void append(StringBuilder text, long amount, Unit... units) {
    long rest = amount;
    for (Unit unit : units) {
      long whole = Long.divideUnsigned(rest, unit.size);
      if (whole != 0) {
        text.append(Long.toUnsignedString(whole)).append(unit.symbol);
      }
      rest = Long.remainderUnsigned(rest, unit.size);
    }
  }
}
