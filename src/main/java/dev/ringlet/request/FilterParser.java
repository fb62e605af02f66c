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
    String compared = name;
    try {
      int dot = value.indexOf('.');
      Optional<Operator> operator =
          dot < 0 ? Optional.empty() : Operator.of(value.substring(0, dot), parameters.ofWrite());
      if (operator.isEmpty()) {
        throw noOperator(name, QuotedList.unquote(name), value);
      }
      List<Place> places = places(name);
      Filter compares = new Filter(places, operator.get(), List.of());
      compared = compares.column();
      String text = value.substring(dot + 1);
      List<String> operands = isTuple(name) ? tuples(compares, text) : operands(compares, text);
      filters.add(new Filter(places, operator.get(), operands));
    } catch (IllegalArgumentException e) {
      throw invalid(compared, "The filter on %s has %s.".formatted(compared, e.getMessage()));
    }
  }

  private static boolean isTuple(String name) {
    return name.startsWith("(") && name.endsWith(")");
  }

  /** One, or several in parentheses. */
  private static List<Place> places(String name) {
    return isTuple(name)
        ? QuotedList.split(name.substring(1, name.length() - 1)).stream().map(Place::parse).toList()
        : List.of(Place.parse(name));
  }

  private ApiException noOperator(String name, String column, String value) {
    if (parameters.ofWrite() && value.indexOf('.') < 0 && parameters.instead(name).isPresent()) {
      return parameters.absent(name);
    }
    String equal = FilterHints.equal(name, value);
    Optional<String> hint =
        FilterHints.ofOperator(name, value, parameters.ofWrite())
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
            .or(() -> FilterHints.ofMisspelt(value, parameters.ofWrite()))
            .or(() -> Optional.of("To find rows by this value write " + equal));
    return invalid(
            column,
            "A filter is column=op.value; the value of %s does not start with an operator."
                .formatted(column))
        .with("operators", Operator.symbols(parameters.ofWrite()))
        .hint(hint);
  }

  private List<String> operands(Filter filter, String text) {
    Operator operator = filter.operator();
    return switch (operator.arity()) {
      case ONE -> List.of(text);
      case LIST -> list(filter.column(), operator, text).stream().map(QuotedList::unquote).toList();
      case PAIR -> pair(operator, text);
      case NULL -> presence(text);
    };
  }

  private List<String> tuples(Filter filter, String text) {
    boolean many = filter.operator() == Operator.IN;
    if (!many && filter.operator() != Operator.EQ && !filter.operator().isRange()) {
      throw new IllegalArgumentException(
          "an operator for one column: several take eq, in, lt, lte, gt and gte");
    }
    List<String> tuples = many ? list(filter.column(), Operator.IN, text) : List.of(text);
    return tuples.stream().flatMap(tuple -> tuple(filter, tuple).stream()).toList();
  }

  private static List<String> tuple(Filter filter, String text) {
    int size = filter.places().size();
    List<String> items = text.startsWith("(") ? items(filter.operator(), text, size) : List.of();
    if (items.size() != size) {
      throw new IllegalArgumentException(
          "no %d values in parentheses for as many columns".formatted(size));
    }
    return items.stream().map(QuotedList::unquote).toList();
  }

  private static List<String> presence(String text) {
    if (!text.equals("null") && !text.equals("not_null")) {
      throw new IllegalArgumentException("something else than null or not_null after is");
    }
    return List.of(text);
  }

  /** The items as they are written. */
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
    return items.stream().map(QuotedList::unquote).toList();
  }

  private static List<String> items(Operator operator, String text, int max) {
    if (!text.startsWith("(") || !text.endsWith(")") || text.length() < 2) {
      throw new IllegalArgumentException("no list: write " + operator.form());
    }
    List<String> quoted = QuotedList.values(text.substring(1, text.length() - 1), max);
    if (quoted.contains("")) {
      throw new IllegalArgumentException("no value where one belongs: an empty text is \"\"");
    }
    return quoted;
  }

  private static ApiException invalid(String column, String detail) {
    return new ApiException(ErrorCode.INVALID_FILTER, detail).with("column", column);
  }
}
