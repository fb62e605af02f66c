package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the query of a request, strictly: nothing is ignored. Names that are not reserved are
 * columns to filter by; a column with a reserved name is written in double quotes.
 */
public final class QueryParser {
  private static final Pattern SPLIT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");
  private static final int MAX_PARTS = 4096;

  /** What limit says elsewhere for all rows, and where it has an offset. */
  private static final Pattern ALL = Pattern.compile("(?i)0|-1|all|none|null|unlimited");

  private static final Pattern OFFSET = Pattern.compile("[0-9]+, ?[0-9]+");

  private final Map<String, String> reserved = new HashMap<>();
  private final FilterParser filters;
  private final QueryLimits limits;

  private QueryParser(Parameters parameters, QueryLimits limits) {
    this.limits = limits;
    filters = new FilterParser(parameters, limits.in());
  }

  /**
   * @param raw the query as in the request line, or null
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}, {@link ErrorCode#INVALID_FILTER},
   *     {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public static ReadQuery parse(String raw, QueryLimits limits) {
    return raw == null || raw.isEmpty()
        ? ReadQuery.ALL
        : parsed(raw, Parameters.OF_READ, limits).query();
  }

  private static QueryParser parsed(String raw, Parameters parameters, QueryLimits limits) {
    QueryParser parser = new QueryParser(parameters, limits);
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
   * For operations of a batch, which take what PUT, PATCH and DELETE do, but for parameters.
   *
   * @throws ApiException as {@link #write}
   */
  public static List<Filter> filtersOfWrite(String raw, QueryLimits limits) {
    WriteQuery query = write(raw, limits);
    if (query.explain()) {
      throw Parameters.NONE.absent("explain");
    }
    return query.filters();
  }

  /**
   * For PUT, PATCH and DELETE.
   *
   * @param raw as of {@link #parse}
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}, {@link ErrorCode#INVALID_FILTER},
   *     {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public static WriteQuery write(String raw, QueryLimits limits) {
    if (raw == null || raw.isEmpty()) {
      return WriteQuery.NONE;
    }
    QueryParser parser = parsed(raw, Parameters.OF_WRITE, limits);
    for (String name : parser.reserved.keySet()) {
      if (!Parameters.OF_WRITE.has(name)) {
        throw Parameters.OF_WRITE.absent(name);
      }
    }
    return new WriteQuery(parser.filters.filters(), parser.flag("explain"));
  }

  /**
   * For what takes filters and nothing else.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}, {@link ErrorCode#INVALID_FILTER},
   *     {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public static List<Filter> filters(String raw, QueryLimits limits) {
    QueryParser parser = parsed(raw, Parameters.NONE, limits);
    for (String name : parser.reserved.keySet()) {
      throw Parameters.NONE.absent(name);
    }
    return parser.filters.filters();
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    if (!Parameters.OF_READ.has(name)) {
      filters.add(name, value);
    } else if (reserved.put(name, value) != null) {
      throw invalid(name, "The parameter " + name + " comes twice.");
    }
  }

  private ReadQuery query() {
    return new ReadQuery(
        list("select", limits.select(), Selector::parse),
        filters.filters(),
        new Grouping(
            list("group", limits.select(), QueryParser::name),
            flag("distinct"),
            number("per_partition")),
        list("order", Integer.MAX_VALUE, OrderParser::parse),
        number("limit"),
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
        throw new ApiException(
                ErrorCode.LIMIT_EXCEEDED, "%s has %d items at most.".formatted(name, max))
            .with("limit", "ringlet.select.max")
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

  private static String name(String item) {
    String name = QuotedList.unquote(item);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an empty name");
    }
    return name;
  }

  private Optional<Integer> number(String name) {
    return Optional.ofNullable(reserved.get(name)).map(text -> number(name, text));
  }

  private static int number(String name, String text) {
    long number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
    if (number == 0 || number > Integer.MAX_VALUE) {
      throw invalid(
              name,
              "The parameter %s is a whole number from 1 to %d."
                  .formatted(name, Integer.MAX_VALUE)) // an int in CQL
          .hint(name.equals("limit") ? limitMeant(text) : Optional.empty());
    }
    return (int) number;
  }

  private static Optional<String> limitMeant(String text) {
    if (ALL.matcher(text).matches()) {
      return Optional.of(
          "All rows are the answer to Accept: application/x-ndjson without a limit.");
    }
    return OFFSET.matcher(text).matches() ? Optional.of(Parameters.PAGES) : Optional.empty();
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

  private static ApiException invalid(String parameter, String detail) {
    return new ApiException(ErrorCode.INVALID_PARAMETER, detail).with("parameter", parameter);
  }
}
