package dev.ringlet.header;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import java.util.function.Function;

/**
 * The conditions of a read (RFC 9110, section 13.1). Those about dates are none: rows have no date
 * (sections 13.1.3 and 13.1.4).
 *
 * @param ifMatch the tags, or {@code *} alone; empty without the header
 * @param ifNoneMatch the same
 */
public record ReadConditions(List<String> ifMatch, List<String> ifNoneMatch) {
  /** Whatever there is. */
  public static final List<String> ANY = List.of("*");

  private static final ReadConditions NONE = new ReadConditions(List.of(), List.of());

  public ReadConditions {
    ifMatch = List.copyOf(ifMatch);
    ifNoneMatch = List.copyOf(ifNoneMatch);
  }

  /**
   * @param headers the values of a header by its name
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}
   */
  public static ReadConditions of(Function<String, List<String>> headers) {
    List<String> match = headers.apply(ConditionParser.IF_MATCH);
    List<String> noneMatch = headers.apply(ConditionParser.IF_NONE_MATCH);
    return match.isEmpty() && noneMatch.isEmpty()
        ? NONE
        : new ReadConditions(
            ConditionParser.tags(ConditionParser.IF_MATCH, match),
            ConditionParser.tags(ConditionParser.IF_NONE_MATCH, noneMatch));
  }
}
