package dev.ringlet.shape;

/**
 * Regular expressions of the text forms of scalar types: of all of a text, as far as nothing else
 * is said. They have what the engines of all languages have, and so none looks ahead: what would is
 * a pattern of its own, of texts that are refused.
 */
final class Patterns {
  static final String ASCII = "[\\u0000-\\u007f]*";

  static final String VARINT_GIVEN = "(?:0|-?[1-9][0-9]*)";
  static final String VARINT_TAKEN = "-?[0-9]+(?:\\.0+)?";

  static final String DECIMAL_GIVEN = "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:E[+-][1-9][0-9]{0,9})?";

  /** With longer exponents it depends on the fraction whether the decimal is taken. */
  static final String DECIMAL_TAKEN = "-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?0*[0-9]{1,3})?";

  static final String NO_NUMBER = "NaN|-?Infinity";

  static final String FLOAT_GIVEN =
      "(?:-?(?:0|[1-9][0-9]*)\\.[0-9]+(?:E-?[1-9][0-9]{0,2})?|" + NO_NUMBER + ')';

  static final String FLOAT_TAKEN =
      floatTaken(37, 45, "(?:[12](?:\\.[0-9]+)?|3\\.4028235)[eE]\\+?38");

  static final String DOUBLE_TAKEN =
      floatTaken(
          307,
          323,
          "1(?:\\.[0-6][0-9]*|\\.7976931348623157)?[eE]\\+?308|[3-9](?:\\.[0-9]+)?[eE]-324");

  static final String UUID_GIVEN = uuid("[0-9a-f]", "");
  static final String UUID_TAKEN = uuid("[0-9a-fA-F]", "");
  static final String TIMEUUID_GIVEN = uuid("[0-9a-f]", "1");
  static final String TIMEUUID_TAKEN = uuid("[0-9a-fA-F]", "1");

  /** Of base64, what is left of two and of one byte has bits that are zero. */
  static final String BLOB_GIVEN = base64("[A-Za-z0-9+/]", "==", "=");

  static final String BLOB_TAKEN =
      base64("[A-Za-z0-9+/]", "(?:==)?", "=?") + '|' + base64("[A-Za-z0-9_-]", "(?:==)?", "=?");

  /** A blob as CQL writes it, where it is not base64 with its padding. */
  static final String CQL_BLOB = "^0[xX](?:[0-9a-fA-F]{4})*[0-9a-fA-F]?$";

  /** A year has four digits, or a sign and at least as many as it needs. */
  private static final String YEAR = "(?:[0-9]{4}|\\+0*%s|-0*%s)";

  /** Years with a sign that have too few or too many digits, and February 29 in other years. */
  static final String NO_DATE =
      "^\\+[0-9]{1,4}-|^-(?:[0-9]{1,3}|0+)-|^[+-][0-9]{11,}-"
          + "|(?:[02468][1235679]|[13579][01345789])(?:00)?-02-29";

  private static final String MONTH_AND_DAY =
      "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
          + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))";

  static final String DATE = date("5881580", "5877641");

  private static final String HOUR_AND_MINUTE = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";

  static final String TIME_GIVEN = HOUR_AND_MINUTE + ":[0-5][0-9]\\.[0-9]{9}";
  static final String TIME_TAKEN = HOUR_AND_MINUTE + "(?::[0-5][0-9](?:\\.[0-9]{1,9})?)?";

  private static final String DAY_OF_TIMESTAMP = date("292278994", "292275055");

  static final String TIMESTAMP_GIVEN =
      DAY_OF_TIMESTAMP + 'T' + HOUR_AND_MINUTE + ":[0-5][0-9]\\.[0-9]{3}Z";

  private static final String OFFSET =
      "(?: ?Z|z| ?[+-](?:(?:0[0-9]|1[0-7])(?::?[0-5][0-9])?|18(?::?00)?))";

  static final String TIMESTAMP_TAKEN =
      "(?:%s[Tt ]%s(?::[0-5][0-9](?:\\.[0-9]{0,9})?)?%s|%s)"
          .formatted(DAY_OF_TIMESTAMP, HOUR_AND_MINUTE, OFFSET, Digits.taken(64));

  /** Cassandra's own text of months, days and nanoseconds. */
  static final String DURATION_GIVEN =
      "-?(?:[0-9]{1,9}y)?(?:[0-9]{1,2}mo)?(?:[0-9]{1,10}d)?"
          + "(?:[0-9]{1,7}h)?(?:[0-9]{1,2}m)?(?:[0-9]{1,2}s)?"
          + "(?:[0-9]{1,3}ms)?(?:[0-9]{1,3}us)?(?:[0-9]{1,3}ns)?";

  /** All of these together are in the range of durations. */
  private static final String HOURS = "0*" + Digits.upTo("1999999");

  private static final String MINUTES = "0*[0-9]{1,7}";
  private static final String SECONDS = "0*[0-9]{1,8}";

  private static final String CQL_DURATION =
      "(?:$8[yY])?(?:$8[mM][oO])?(?:$8[wW])?(?:$9[dD])?(?:$H[hH])?(?:$M[mM])?(?:$S[sS])?"
          + "(?:0*[0-9]{1,11}[mM][sS])?(?:0*[0-9]{1,14}[uU\\u00b5][sS])?(?:0*[0-9]{1,17}[nN][sS])?";

  /** The last part of a time may have a fraction. */
  private static final String ISO_DURATION =
      "P(?:$8Y)?(?:$8M)?(?:$9D)?(?:T(?:(?:$HH)?(?:$MM)?(?:$S(?:[.,][0-9]{1,9})?S)?"
          + "|(?:$HH)?$M[.,][0-9]{1,10}M|$H[.,][0-9]{1,11}H))?";

  static final String DURATION_TAKEN =
      "-?(?:%s|%s|P$8W|P[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
          .formatted(CQL_DURATION, ISO_DURATION)
          .replace("$8", "0*[0-9]{1,8}")
          .replace("$9", "0*[0-9]{1,9}")
          .replace("$H", HOURS)
          .replace("$M", MINUTES)
          .replace("$S", SECONDS);

  /** Of these parts none is there. */
  static final String NO_DURATION = "^-?P?$|T$";

  private static final String IPV4 = "$(?:\\.$){3}".replace("$", Digits.upTo("255"));

  static final String INET_GIVEN = IPV4 + '|' + ipv6("[0-9a-f]{1,4}");
  static final String INET_TAKEN = IPV4 + '|' + ipv6("[0-9a-fA-F]{1,4}");

  /** More than eight groups, of which an IPv4 address is two and what two colons stand for one. */
  static final String NO_INET =
      "^[^:](?:[^:]*:){8}[^:]+$|(?:[^:]*:){9}|^[^:](?:[^:]*:){7}[^:]*\\.|(?:[^:]*:){8}[^:]*\\.";

  private Patterns() {}

  /**
   * Numbers that are neither beyond the range of a floating point type nor so small that it has
   * nothing for them.
   *
   * @param most the greatest exponent that any digits may have
   * @param least the least one, without its sign
   * @param edges some numbers with other exponents
   */
  private static String floatTaken(int most, int least, String edges) {
    return "-?(?:[0-9]{1,%1$d}(?:\\.[0-9]{1,%2$d})?|[1-9](?:\\.[0-9]+)?[eE](?:\\+?0*%3$s|-0*%4$s)|%5$s)|%6$s"
        .formatted(
            most,
            least,
            Digits.upTo(String.valueOf(most)),
            Digits.upTo(String.valueOf(least)),
            edges,
            NO_NUMBER);
  }

  private static String uuid(String digit, String version) {
    return "@{8}-@{4}-%s@{%d}-@{4}-@{12}"
        .formatted(version, 4 - version.length())
        .replace("@", digit);
  }

  private static String base64(String digit, String two, String one) {
    return "(?:@{4})*(?:@[AQgw]%s|@{2}[AEIMQUYcgkosw048]%s)?"
        .formatted(two, one)
        .replace("@", digit);
  }

  /** In the years of the first and of the last day, all days. */
  private static String date(String lastYear, String firstYear) {
    return YEAR.formatted(Digits.upTo(lastYear), Digits.upTo(firstYear)) + '-' + MONTH_AND_DAY;
  }

  /** Eight groups, of which the last two may be an IPv4 address; or some around two colons. */
  private static String ipv6(String group) {
    return "(?:@:){7}@|(?:@:){6}#|(?:@(?::@)*)?::(?:(?:@:)*(?:@|#))?"
        .replace("#", IPV4)
        .replace("@", group);
  }
}
