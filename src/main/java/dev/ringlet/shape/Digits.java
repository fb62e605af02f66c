package dev.ringlet.shape;

/** Regular expressions (ECMA-262, as JSON Schema has them) of bounded integers. */
final class Digits {
  private Digits() {}

  /** Integers of so many bits as they are written: no zero stands in front. */
  static String given(int bits) {
    return "(?:0|-?(?!0)%s|-%s)".formatted(upTo(max(bits)), least(bits));
  }

  /** The same with zeros in front, and with a fraction of zeros. */
  static String taken(int bits) {
    return "(?:-?0*%s|-0*%s)(?:\\.0+)?".formatted(upTo(max(bits)), least(bits));
  }

  /** Digits of a number that is not above the limit. */
  static String upTo(String limit) {
    String longest = asLong(limit);
    return limit.length() == 1
        ? longest
        : "(?:[0-9]%s|%s)".formatted(times(1, limit.length() - 1), longest);
  }

  private static String asLong(String limit) {
    char digit = limit.charAt(0);
    int more = limit.length() - 1;
    String below = digit == '0' ? "" : upTo((char) (digit - 1)) + exactly(more) + '|';
    return "(?:" + below + digit + (more == 0 ? "" : asLong(limit.substring(1))) + ')';
  }

  private static String upTo(char digit) {
    return digit == '0' ? "0" : "[0-" + digit + ']';
  }

  private static String exactly(int digits) {
    return digits == 0 ? "" : digits == 1 ? "[0-9]" : "[0-9]{" + digits + '}';
  }

  private static String times(int least, int most) {
    return least == most ? "" : "{" + least + ',' + most + '}';
  }

  private static String max(int bits) {
    return Long.toString(Long.MAX_VALUE >> (64 - bits));
  }

  private static String least(int bits) {
    return Long.toString(Long.MIN_VALUE >> (64 - bits)).substring(1);
  }
}
