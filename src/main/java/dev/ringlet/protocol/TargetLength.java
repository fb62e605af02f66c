package dev.ringlet.protocol;

/**
 * How long the target of a request may be. A page token, which may be of the longest keys that
 * Cassandra takes, has room of its own beside the rest of it.
 */
public final class TargetLength {
  /** With the method and the version, as the request line of it. */
  private static final int LONGEST = 32_768 - "OPTIONS  HTTP/1.1".length();

  private static final String TOKEN = "after=";

  private TargetLength() {}

  public static boolean isTooLong(String target) {
    return target.length() > LONGEST && target.length() - token(target) > LONGEST;
  }

  /** The length of the page token in it. */
  private static int token(String target) {
    int at = target.indexOf('?');
    while (at >= 0 && !target.startsWith(TOKEN, at + 1)) {
      at = target.indexOf('&', at + 1);
    }
    if (at < 0) {
      return 0;
    }
    int end = target.indexOf('&', at + 1);
    return (end < 0 ? target.length() : end) - at;
  }
}
