package dev.ringlet.header;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Percent;
import dev.ringlet.request.QuotedList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The attributes of a CloudEvent in binary mode, in headers that begin with ce- (HTTP binding of
 * CloudEvents 1.0.2, section 3.1.3).
 */
public final class EventHeaders {
  private static final String PREFIX = "ce-";

  /** What Content-Type says instead. */
  private static final String TYPE = "datacontenttype";

  private EventHeaders() {}

  /**
   * @param headers the name and value of each
   * @return by their names; empty if this is no event
   * @throws ApiException {@link ErrorCode#INVALID_EVENT} if one comes twice or cannot be read
   */
  public static Map<String, String> attributes(Iterable<Map.Entry<String, String>> headers) {
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        String name = header.getKey().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        if (attributes.put(name, decoded(name, header.getValue())) != null) {
          throw invalid(name, "comes twice");
        }
      }
    }
    if (attributes.containsKey(TYPE)) {
      throw invalid(TYPE, "does not go beside Content-Type, which says the same");
    }
    return attributes;
  }

  private static String decoded(String name, String value) {
    try {
      return Percent.decode(unquoted(value), false);
    } catch (IllegalArgumentException e) {
      throw invalid(name, "cannot be read: its value " + e.getMessage());
    }
  }

  private static String unquoted(String value) {
    try {
      return QuotedList.unquote(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has " + e.getMessage(), e);
    }
  }

  private static ApiException invalid(String attribute, String why) {
    return new ApiException(
            ErrorCode.INVALID_EVENT, "The header %s%s %s.".formatted(PREFIX, attribute, why))
        .with("attribute", attribute);
  }
}
