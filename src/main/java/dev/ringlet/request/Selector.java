package dev.ringlet.request;

import java.util.List;
import java.util.Optional;

/**
 * An item of {@code select}: {@code expression} or {@code alias:expression}.
 *
 * @param alias the name in the answer, if it is another than the default
 */
public record Selector(Optional<String> alias, Expression expression) {
  /** Calls, one inside of the other: more make no sense, but could be sent. */
  private static final int DEEPEST = 8;

  private static final String CAST = "cast(";

  /**
   * @throws IllegalArgumentException if a name is empty, something is not closed, or a function has
   *     too many or too few arguments
   */
  static Selector parse(String item) {
    int colon = QuotedList.endOfAlias(item);
    Optional<String> alias =
        colon >= 0 ? Optional.of(QuotedList.unquote(item.substring(0, colon))) : Optional.empty();
    if (alias.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("an empty name");
    }
    return new Selector(alias, expression(item.substring(colon + 1), DEEPEST));
  }

  /** A column under its own name. */
  public static Selector of(String column) {
    return new Selector(Optional.empty(), new Expression.At(Place.of(column)));
  }

  /** What has no function's name before a parenthesis is a column. */
  private static Expression expression(String text, int deepest) {
    int open = text.indexOf('(');
    if (open < 0 || !text.endsWith(")")) {
      return new Expression.At(Place.parse(text));
    }
    if (deepest == 0) {
      throw new IllegalArgumentException("functions inside of functions, more than eight deep");
    }
    String inside = text.substring(open + 1, text.length() - 1);
    if (text.startsWith(CAST)) {
      return cast(inside, deepest);
    }
    return Function.of(text.substring(0, open))
        .map(function -> call(function, inside, deepest))
        .orElseGet(() -> new Expression.At(Place.parse(text)));
  }

  private static Expression cast(String inside, int deepest) {
    int as = inside.lastIndexOf(" as ");
    if (as < 0) {
      throw new IllegalArgumentException("a cast that is not as in cast(column as type)");
    }
    return new Expression.Cast(
        expression(inside.substring(0, as).strip(), deepest - 1), inside.substring(as + 4).strip());
  }

  private static Expression call(Function function, String inside, int deepest) {
    List<String> arguments = inside.isBlank() ? List.of() : QuotedList.split(inside);
    if (!function.takes(arguments.size())) {
      throw new IllegalArgumentException(
          "too many or too few arguments of the function " + function.symbol());
    }
    return new Expression.Call(
        function,
        arguments.stream()
            .map(String::strip)
            .map(text -> argument(function, text, deepest))
            .toList());
  }

  private static Expression argument(Function function, String text, int deepest) {
    return function.isSimilarity() && text.startsWith("[")
        ? new Expression.Vector(text)
        : expression(text, deepest - 1);
  }

  /** The name in the answer. */
  public String name() {
    return alias.orElseGet(expression::text);
  }
}
