package dev.ringlet.shape;

/** Regular expressions of bounded integers. */
final class Digits {
  private Digits() {}

  /** Integers of so many bits as they are written: no zero stands in front. */
  static String given(int bits) {
    return "0|-?%s|-%s".formatted(upTo(max(bits), '1'), least(bits));
  }

  /** The same with zeros in front, and with a fraction of zeros. */
  static String taken(int bits) {
    return "(?:-?0*%s|-0*%s)(?:\\.0+)?".formatted(upTo(max(bits), '0'), least(bits));
  }

  /** Digits of a number that is not above the limit. */
  static String upTo(String limit) {
    return upTo(limit, '0');
  }

  /**
   * @param first the least digit in front
   */
  private static String upTo(String limit, char first) {
    int shorter = limit.length() - 1;
    String longest = asLong(limit, first);
    return shorter == 0
        ? longest
        : "(?:[%c-9]%s|%s)".formatted(first, between(0, shorter - 1), longest);
  }

  private static String asLong(String limit, char first) {
    char digit = limit.charAt(0);
    int more = limit.length() - 1;
    String last = digit + (more == 0 ? "" : asLong(limit.substring(1), '0'));
    return digit == first
        ? last
        : "(?:%s%s|%s)".formatted(range(first, (char) (digit - 1)), between(more, more), last);
  }

  private static String range(char first, char last) {
    return first == last ? String.valueOf(first) : "[%c-%c]".formatted(first, last);
  }

  private static String between(int least, int most) {
    String digits =
        least == most ? "[0-9]{%d}".formatted(most) : "[0-9]{%d,%d}".formatted(least, most);
    return most == 0 ? "" : digits;
  }

  private static String max(int bits) {
    return Long.toString(Long.MAX_VALUE >> (64 - bits));
  }

  private static String least(int bits) {
    return Long.toString(Long.MIN_VALUE >> (64 - bits)).substring(1);
  }
}
