package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the query of a request, strictly: nothing is ignored. Names that are not reserved are
 * columns to filter by; a column with a reserved name is written in double quotes.
 */
public final class QueryParser {
  private static final Set<String> RESERVED =
      Set.of("select", "order", "limit", "after", "scan", "split", "explain");
  private static final Pattern FUNCTION = Pattern.compile("(writetime|ttl)\\((.*)\\)");
  private static final Pattern SPLIT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");
  private static final int MAX_PARTS = 4096;

  private final Map<String, String> reserved = new HashMap<>();
  private final List<Filter> filters = new ArrayList<>();
  private final QueryLimits limits;
  private int combinations = 1;

  private QueryParser(QueryLimits limits) {
    this.limits = limits;
  }

  /**
   * @param raw the query as in the request line, or null
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}, {@link ErrorCode#INVALID_FILTER},
   *     {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public static ReadQuery parse(String raw, QueryLimits limits) {
    return raw == null || raw.isEmpty() ? ReadQuery.ALL : parsed(raw, limits).query();
  }

  private static QueryParser parsed(String raw, QueryLimits limits) {
    QueryParser parser = new QueryParser(limits);
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        if (!pair.isEmpty()) {
          parser.add(pair);
        }
      }
    }
    return parser;
  }

  /**
   * For requests that take no query.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  public static void requireNone(String raw) {
    if (raw != null && !raw.isEmpty()) {
      String name = raw.split("[=&]", 2)[0];
      throw invalid(name, "There is no parameter " + name + " here.");
    }
  }

  /**
   * For DELETE, which takes filters and nothing else.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}, {@link ErrorCode#INVALID_FILTER},
   *     {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public static List<Filter> filters(String raw, QueryLimits limits) {
    QueryParser parser = parsed(raw, limits);
    for (String name : parser.reserved.keySet()) {
      throw invalid(name, "There is no parameter " + name + " here.");
    }
    return parser.filters;
  }

  /**
   * For POST, which takes {@code op=…} and nothing else.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  public static RowOperation operation(String raw) {
    if (raw == null || raw.isEmpty() || raw.equals("op=insert")) {
      return RowOperation.INSERT;
    }
    if (!raw.equals("op=delete")) {
      throw invalid(
          raw.split("[=&]", 2)[0], "POST takes op=insert or op=delete, once, or nothing.");
    }
    return RowOperation.DELETE;
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    if (!RESERVED.contains(name)) {
      filters.add(filter(name, value));
    } else if (reserved.put(name, value) != null) {
      throw invalid(name, "The parameter " + name + " comes twice.");
    }
  }

  private ReadQuery query() {
    return new ReadQuery(
        list("select", limits.select(), QueryParser::selector),
        filters,
        list("order", Integer.MAX_VALUE, QueryParser::order),
        Optional.ofNullable(reserved.get("limit")).map(QueryParser::limit),
        Optional.ofNullable(reserved.get("after")),
        flag("scan"),
        Optional.ofNullable(reserved.get("split")).map(QueryParser::split),
        flag("explain"));
  }

  private <T> List<T> list(String name, int max, Function<String, T> item) {
    String value = reserved.get(name);
    if (value == null) {
      return List.of();
    }
    try {
      List<String> items = QuotedList.split(value, max);
      if (items.size() > max) {
        throw beyond("ringlet." + name + ".max", "%s has %d items at most.".formatted(name, max))
            .with("parameter", name);
      }
      return items.stream().map(item).toList();
    } catch (IllegalArgumentException e) {
      throw invalid(name, "The parameter " + name + " has " + e.getMessage() + ".");
    }
  }

  private boolean flag(String name) {
    return switch (reserved.getOrDefault(name, "false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, "The parameter " + name + " is true or false.");
    };
  }

  private Filter filter(String name, String value) {
    String column = name;
    try {
      column = QuotedList.unquote(name);
      int dot = value.indexOf('.');
      String symbol = dot < 0 ? value : value.substring(0, dot);
      Optional<Operator> operator = Operator.of(symbol);
      if (dot < 0 || operator.isEmpty()) {
        ApiException e =
            new ApiException(
                    ErrorCode.INVALID_FILTER,
                    "A filter is column=op.value; the value of %s does not start with an operator."
                        .formatted(column))
                .with("column", column)
                .with("operators", Operator.symbols());
        // a column nobody knows may be a parameter misspelt
        ApiException hinted = Suggestion.hint(e, name, RESERVED);
        throw dot < 0 ? hinted : Suggestion.hint(e, symbol, Operator.symbols());
      }
      List<String> operands = operands(operator.get(), value.substring(dot + 1));
      if (operator.get() == Operator.IN) {
        combine(column, operands.size());
      }
      return new Filter(column, operator.get(), operands);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
              ErrorCode.INVALID_FILTER,
              "The filter on %s has %s.".formatted(column, e.getMessage()))
          .with("column", column);
    }
  }

  /** Cassandra makes a key of each combination before it reads any. */
  private void combine(String column, int values) {
    if (values > limits.in() / combinations) {
      throw beyond(
              "ringlet.in.max",
              "The values of in, of all columns multiplied, are %d at most.".formatted(limits.in()))
          .with("column", column);
    }
    combinations *= values;
  }

  private List<String> operands(Operator operator, String text) {
    if (operator != Operator.IN && operator != Operator.ENTRY) {
      return List.of(text);
    }
    if (!text.startsWith("(") || !text.endsWith(")") || text.length() < 2) {
      throw new IllegalArgumentException("no list: write " + operator.symbol() + ".(a,b,\"c,d\")");
    }
    int max = operator == Operator.IN ? limits.in() : 2;
    List<String> quoted = QuotedList.split(text.substring(1, text.length() - 1), max);
    if (quoted.contains("")) {
      throw new IllegalArgumentException("no value where one belongs: an empty text is \"\"");
    }
    List<String> items = quoted.stream().map(QuotedList::unquote).toList();
    if (operator == Operator.ENTRY && items.size() != 2) {
      throw new IllegalArgumentException("no pair: write entry.(key,value)");
    }
    return items;
  }

  private static Selector selector(String item) {
    int colon = QuotedList.endOfAlias(item);
    Optional<String> alias =
        colon >= 0 ? Optional.of(QuotedList.unquote(item.substring(0, colon))) : Optional.empty();
    String rest = colon >= 0 ? item.substring(colon + 1) : item;
    Matcher function = FUNCTION.matcher(rest);
    boolean called = function.matches();
    String column = QuotedList.unquote(called ? function.group(2) : rest);
    if (column.isEmpty() || alias.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("an empty name");
    }
    Selector.Function what =
        !called
            ? Selector.Function.VALUE
            : function.group(1).equals("ttl") ? Selector.Function.TTL : Selector.Function.WRITETIME;
    return new Selector(alias, what, column);
  }

  private static Order order(String item) {
    int ann = item.indexOf(".ann.");
    if (ann > 0) {
      String column = QuotedList.unquote(item.substring(0, ann));
      return new Order(column, Order.Direction.ANN, item.substring(ann + ".ann.".length()));
    }
    int dot = item.lastIndexOf('.');
    String direction = dot < 0 ? "" : item.substring(dot + 1);
    return switch (direction) {
      case "asc" -> new Order(QuotedList.unquote(item.substring(0, dot)), Order.Direction.ASC, "");
      case "desc" ->
          new Order(QuotedList.unquote(item.substring(0, dot)), Order.Direction.DESC, "");
      default ->
          throw new IllegalArgumentException(
              "\"" + item + "\": write column.asc, column.desc or column.ann.[vector]");
    };
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) == 0) {
      throw invalid("limit", "The parameter limit is a whole number from 1.");
    }
    return Integer.parseInt(text);
  }

  private static Split split(String text) {
    Matcher split = SPLIT.matcher(text);
    if (split.matches()) {
      int part = Integer.parseInt(split.group(1));
      int parts = Integer.parseInt(split.group(2));
      if (part >= 1 && part <= parts && parts <= MAX_PARTS) {
        return new Split(part, parts);
      }
    }
    throw invalid("split", "The parameter split is i/n, with i from 1 to n and n up to 4096.");
  }

  private static String decode(String raw) {
    try {
      return Percent.decode(raw, true);
    } catch (IllegalArgumentException e) {
      throw invalid(raw, "The query " + e.getMessage() + ".");
    }
  }

  private static ApiException beyond(String limit, String detail) {
    return new ApiException(ErrorCode.LIMIT_EXCEEDED, detail).with("limit", limit);
  }

  private static ApiException invalid(String parameter, String detail) {
    return new ApiException(ErrorCode.INVALID_PARAMETER, detail).with("parameter", parameter);
  }
}
