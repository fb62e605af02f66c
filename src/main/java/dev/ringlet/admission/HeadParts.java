package dev.ringlet.admission;

import java.util.List;
import java.util.Optional;

/**
 * What the parts of a query, and of a header, take in memory besides its text: thousands of values
 * of a list are there until Cassandra has answered, and of a write while its body is waited for.
 */
public final class HeadParts {
  /** A query that is not longer has few. */
  private static final int SHORT = 1024;

  /** A value of a list. */
  private static final int ITEM = 64;

  private static final String COMMA = "%2C";

  /** A filter, with the lists that it has, even if they are empty. */
  private static final int FILTER = 256;

  private HeadParts() {}

  /** In bytes, about; rather too many. */
  public static long ofQuery(Optional<String> query) {
    return query.filter(text -> text.length() > SHORT).map(HeadParts::counted).orElse(0L);
  }

  private static long counted(String query) {
    long bytes = 0;
    for (int i = 0; i < query.length(); i++) {
      bytes +=
          switch (query.charAt(i)) {
            case '&' -> FILTER;
            case ',' -> ITEM;
            case '%' -> query.regionMatches(true, i, COMMA, 0, COMMA.length()) ? ITEM : 0;
            default -> 0;
          };
    }
    return bytes;
  }

  /** In bytes, about. */
  public static long ofList(List<String> items) {
    return (long) ITEM * items.size();
  }
}
