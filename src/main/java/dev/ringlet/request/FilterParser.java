package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads filters, {@code column=operator.value}. */
final class FilterParser {
  private final List<Filter> filters = new ArrayList<>();
  private final Parameters parameters;
  private final int maxIn;
  private int combinations = 1;

  /**
   * @param parameters those that the request has besides
   * @param maxIn combinations of the values of all {@code in}
   */
  FilterParser(Parameters parameters, int maxIn) {
    this.parameters = parameters;
    this.maxIn = maxIn;
  }

  List<Filter> filters() {
    return filters;
  }

  /**
   * @throws ApiException {@link ErrorCode#INVALID_FILTER}, {@link ErrorCode#LIMIT_EXCEEDED}
   */
  void add(String name, String value) {
    String column = name;
    try {
      column = QuotedList.unquote(name);
      int dot = value.indexOf('.');
      Optional<Operator> operator =
          dot < 0 ? Optional.empty() : Operator.of(value.substring(0, dot));
      if (operator.isEmpty()) {
        throw noOperator(name, column, value);
      }
      filters.add(filter(column, operator.get(), value.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      throw invalid(column, "The filter on %s has %s.".formatted(column, e.getMessage()));
    }
  }

  private ApiException noOperator(String name, String column, String value) {
    String equal = FilterHints.equal(name, value);
    Optional<String> hint =
        FilterHints.ofOperator(name, value)
            .or(
                () ->
                    parameters
                        .instead(name)
                        .map(
                            other ->
                                name.matches("\\w+") && value.matches("[^()]*")
                                    ? other + " For a column of this name write " + equal
                                    : other))
            // a column nobody knows may be a parameter misspelt
            .or(() -> value.indexOf('.') < 0 ? parameters.meant(name) : Optional.empty())
            .or(() -> FilterHints.ofMisspelt(value))
            .or(() -> Optional.of("To find rows by this value write " + equal));
    return invalid(
            column,
            "A filter is column=op.value; the value of %s does not start with an operator."
                .formatted(column))
        .with("operators", Operator.symbols())
        .hint(hint);
  }

  private Filter filter(String column, Operator operator, String text) {
    return new Filter(
        column,
        operator,
        switch (operator.arity()) {
          case ONE -> List.of(text);
          case LIST -> list(column, operator, text);
          case PAIR -> pair(operator, text);
        });
  }

  private List<String> list(String column, Operator operator, String text) {
    List<String> items = items(operator, text, maxIn);
    // Cassandra makes a key of each combination before it reads any
    if (items.size() > maxIn / combinations) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "The values of in, of all columns multiplied, are %d at most.".formatted(maxIn))
          .with("limit", "ringlet.in.max")
          .with("column", column);
    }
    combinations *= items.size();
    return items;
  }

  private static List<String> pair(Operator operator, String text) {
    List<String> items = items(operator, text, 2);
    if (items.size() != 2) {
      throw new IllegalArgumentException("no pair: write " + operator.form());
    }
    return items;
  }

  private static List<String> items(Operator operator, String text, int max) {
    if (!text.startsWith("(") || !text.endsWith(")") || text.length() < 2) {
      throw new IllegalArgumentException("no list: write " + operator.form());
    }
    List<String> quoted = QuotedList.split(text.substring(1, text.length() - 1), max);
    if (quoted.contains("")) {
      throw new IllegalArgumentException("no value where one belongs: an empty text is \"\"");
    }
    return quoted.stream().map(QuotedList::unquote).toList();
  }

  private static ApiException invalid(String column, String detail) {
    return new ApiException(ErrorCode.INVALID_FILTER, detail).with("column", column);
  }
}
