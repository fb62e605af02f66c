package dev.ringlet.request;

import java.util.Locale;
import java.util.Optional;

/**
 * A column of the answer: {@code column}, {@code alias:column}, {@code writetime(column)} or {@code
 * ttl(column)}.
 *
 * @param alias the name in the answer, if it is another than the default
 */
public record Selector(Optional<String> alias, Function function, String column) {

  /** What is read of the column. */
  public enum Function {
    VALUE,
    WRITETIME,
    TTL
  }

  /** The name in the answer. */
  public String name() {
    return alias.orElseGet(
        () ->
            function == Function.VALUE
                ? column
                : function.name().toLowerCase(Locale.ROOT) + "(" + column + ")");
  }
}
