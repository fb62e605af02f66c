package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an item of {@code order}. */
final class OrderParser {
  /**
   * As others write it: {@code -day}, {@code day desc}, {@code day:DESC}, {@code day}. None of its
   * parts is looked at twice, however long they are.
   */
  private static final Pattern OTHERS =
      Pattern.compile("(?<sign>[-+ ]?)(?<column>\\w++)(?:[ .:]++(?<word>\\w*+)(?s:.*+))?+");

  private OrderParser() {}

  /**
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   * @throws IllegalArgumentException if a quote is not closed
   */
  static Order parse(String item) {
    int ann = item.indexOf(".ann.", QuotedList.endOfQuotes(item));
    if (ann > 0) {
      String vector = item.substring(ann + ".ann.".length());
      return new Order(QuotedList.unquote(item.substring(0, ann)), Order.Direction.ANN, vector);
    }
    int dot = item.lastIndexOf('.');
    String column = item.substring(0, Math.max(dot, 0));
    return switch (item.substring(column.length())) {
      case ".asc" -> new Order(QuotedList.unquote(column), Order.Direction.ASC, "");
      case ".desc" -> new Order(QuotedList.unquote(column), Order.Direction.DESC, "");
      default ->
          throw new ApiException(
                  ErrorCode.INVALID_PARAMETER,
                  "An item of order is column.asc, column.desc or column.ann.[vector]; \"%s\" is none."
                      .formatted(item))
              .with("parameter", "order")
              .hint(directed(item));
    };
  }

  /** In the direction that it says, or in both. */
  private static Optional<String> directed(String item) {
    Matcher order = OTHERS.matcher(item);
    if (!order.matches()) {
      return Optional.empty();
    }
    String word = Optional.ofNullable(order.group("word")).orElse("");
    boolean down = order.group("sign").equals("-") || word.matches("(?i)d.*");
    boolean up = order.group("sign").matches("[+ ]") || word.matches("(?i)a.*");
    String column = "order=" + order.group("column");
    return Optional.of(
        "Write "
            + (down == up
                ? column + ".asc or " + column + ".desc"
                : column + (up ? ".asc" : ".desc")));
  }
}
