package dev.ringlet.header;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import java.util.List;
import java.util.Map;

/** The headers that begin with Cassandra-, each of which is an option of CQL. */
public final class CassandraHeaders {
  private static final List<String> KNOWN =
      List.of(Headers.CONSISTENCY, Headers.SERIAL_CONSISTENCY, Headers.TTL, Headers.TIMESTAMP);

  private static final List<String> WITHOUT_PREFIX =
      KNOWN.stream().map(name -> name.substring(Headers.CASSANDRA.length())).toList();

  private CassandraHeaders() {}

  /**
   * A misspelt header would otherwise do nothing, and nobody would know.
   *
   * @param headers the name and value of each
   * @throws ApiException {@link ErrorCode#INVALID_HEADER} if one begins with Cassandra- and is none
   */
  public static void requireKnown(Iterable<Map.Entry<String, String>> headers) {
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey();
      if (name.regionMatches(true, 0, Headers.CASSANDRA, 0, Headers.CASSANDRA.length())
          && KNOWN.stream().noneMatch(name::equalsIgnoreCase)) {
        ApiException e =
            new ApiException(ErrorCode.INVALID_HEADER, "There is no header %s.".formatted(name))
                .with("header", name)
                .with("known", KNOWN);
        throw e.hint(
            Suggestion.question(
                Suggestion.nearest(name.substring(Headers.CASSANDRA.length()), WITHOUT_PREFIX)
                    .stream()
                    .map(Headers.CASSANDRA::concat)
                    .toList()));
      }
    }
  }
}
