package dev.ringlet.shape;

/**
 * Regular expressions (ECMA-262, as JSON Schema has them) of the text forms of scalar types. None
 * has anchors or groups that count.
 */
final class Patterns {
  static final String ASCII = "[\\u0000-\\u007f]*";

  static final String VARINT_GIVEN = "(?:0|-?[1-9][0-9]*)";
  static final String VARINT_TAKEN = "-?[0-9]+(?:\\.0+)?";

  static final String DECIMAL_GIVEN = "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:E[+-][1-9][0-9]{0,9})?";

  /** With longer exponents it depends on the fraction whether there is such a decimal. */
  static final String DECIMAL_TAKEN = "-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?0*[0-9]{1,9})?";

  static final String NO_NUMBER = "NaN|-?Infinity";

  static final String FLOAT_GIVEN =
      "(?:-?(?:0|[1-9][0-9]*)\\.[0-9]+(?:E-?[1-9][0-9]{0,2})?|" + NO_NUMBER + ')';

  static final String UUID_GIVEN = uuid("[0-9a-f]", "");
  static final String UUID_TAKEN = uuid("[0-9a-fA-F]", "");
  static final String TIMEUUID_GIVEN = uuid("[0-9a-f]", "1");
  static final String TIMEUUID_TAKEN = uuid("[0-9a-fA-F]", "1");

  /** Of base64, what is left of two and of one byte has bits that are zero. */
  static final String BLOB_GIVEN = base64("[A-Za-z0-9+/]", "==", "=");

  /** Without padding it is not what CQL writes. */
  static final String BLOB_TAKEN =
      "(?!0[xX](?:[0-9a-fA-F]{4})*[0-9a-fA-F]?$)(?:%s|%s)"
          .formatted(
              base64("[A-Za-z0-9+/]", "(?:==)?", "=?"), base64("[A-Za-z0-9_-]", "(?:==)?", "=?"));

  /** A year has four digits, or a sign and as many as it needs. */
  private static final String YEAR =
      "(?:[0-9]{4}|\\+(?=[0-9]{5,10}-)0*%s|-(?=[0-9]{4,10}-)(?!0+-)0*%s)";

  private static final String LEAP_YEAR =
      "(?:0[48]|[2468][048]|[13579][26]|(?:[02468][048]|[13579][26])00)";

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
      "(?:0s|-?(?=[0-9])(?:[0-9]{1,9}y)?(?:[0-9]{1,2}mo)?(?:[0-9]{1,10}d)?"
          + "(?:[0-9]{1,7}h)?(?:[0-9]{1,2}m)?(?:[0-9]{1,2}s)?"
          + "(?:[0-9]{1,3}ms)?(?:[0-9]{1,3}us)?(?:[0-9]{1,3}ns)?)";

  private static final String HOURS = "0*" + Digits.upTo("1999999");

  /** Any of these are together in the range of durations. */
  static final String DURATION_TAKEN =
      "-?(?:(?=[0-9])(?:$8[yY])?(?:$8[mM][oO])?(?:$8[wW])?(?:$9[dD])?(?:$H[hH])?(?:$7[mM])?"
              .replace("$H", HOURS)
              .replace("$7", "0*[0-9]{1,7}")
              .replace("$8", "0*[0-9]{1,8}")
              .replace("$9", "0*[0-9]{1,9}")
          + "(?:0*[0-9]{1,8}[sS])?(?:0*[0-9]{1,11}[mM][sS])?"
          + "(?:0*[0-9]{1,14}[uU\\u00b5][sS])?(?:0*[0-9]{1,17}[nN][sS])?"
          + "|P(?=[0-9T])(?:0*[0-9]{1,8}Y)?(?:0*[0-9]{1,8}M)?(?:0*[0-9]{1,9}D)?(?:T(?=[0-9])"
          + "(?:$H(?:[.,][0-9]{1,11}(?=H$))?H)?".replace("$H", HOURS)
          + "(?:0*[0-9]{1,7}(?:[.,][0-9]{1,10}(?=M$))?M)?"
          + "(?:0*[0-9]{1,8}(?:[.,][0-9]{1,9})?S)?)?"
          + "|P0*[0-9]{1,8}W|P[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})";

  private static final String IPV4 = "$(?:\\.$){3}".replace("$", Digits.upTo("255"));

  static final String INET_GIVEN = "(?:%s|%s)".formatted(IPV4, ipv6("[0-9a-f]{1,4}"));
  static final String INET_TAKEN = "(?:%s|%s)".formatted(IPV4, ipv6("[0-9a-fA-F]{1,4}"));

  private Patterns() {}

  /**
   * Numbers that are neither beyond the range of a floating point type nor so small that it has
   * nothing for them.
   *
   * @param digits how many a number may have before and after its point, and its greatest exponent
   */
  static String floatTaken(int digits) {
    return "(?:-?(?:[0-9]{1,$}(?:\\.[0-9]{1,$})?|[1-9](?:\\.[0-9]+)?[eE][+-]?0*%s)|%s)"
        .replace("$", String.valueOf(digits))
        .formatted(Digits.upTo(String.valueOf(digits)), NO_NUMBER);
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

  /** Days that there are; in the years of the first and the last one all days. */
  private static String date(String lastYear, String firstYear) {
    return "(?=[+-]?[0-9]+-(?!02-29)|[+-]?[0-9]*%s-)".formatted(LEAP_YEAR)
        + YEAR.formatted(Digits.upTo(lastYear), Digits.upTo(firstYear))
        + '-'
        + MONTH_AND_DAY;
  }

  /** Eight groups, of which the last two may be an IPv4 address; or fewer around two colons. */
  private static String ipv6(String group) {
    return ("(?:@:){7}@|(?:@:){6}#|(?=(?::{0,2}@){0,7}:{0,2}$|(?::{0,2}@){0,5}:{1,2}#$)"
            + "(?:@(?::@)*)?::(?:(?:@:)*(?:@|#))?")
        .replace("#", IPV4)
        .replace("@", group);
  }
}
