package dev.ringlet.access;

import dev.ringlet.error.ApiException;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.request.Percent;
import dev.ringlet.request.QueryLimits;
import dev.ringlet.request.QueryParser;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The values that a rule lets a primary key column have: a filter with claims in braces.
 *
 * @param many whether it may have several
 */
record RowTemplate(String column, boolean many, List<Template> values) {
  /** All values of a claim, which are written without the parentheses of others. */
  private static final Pattern IN_CLAIM = Pattern.compile("=in\\.(\\{[^{}]+})(?=&|$)");

  /** Each may make a statement of its own. */
  private static final int MOST = 1000;

  /**
   * @param filters in the grammar of the API, as of {@code customer=eq.{sub}&region=in.(eu,us)}
   * @throws IllegalArgumentException what is wrong with them
   */
  static List<RowTemplate> all(String filters, QueryLimits limits) {
    List<RowTemplate> templates = new ArrayList<>();
    try {
      String query = IN_CLAIM.matcher(filters).replaceAll("=in.($1)");
      for (Filter filter : QueryParser.filters(Percent.octets(query), limits)) {
        if (filter.isTuple() || !filter.place().isColumn()) {
          throw new IllegalArgumentException("Rows are chosen by columns, each by itself.");
        } else if (!filter.operator().picks()) {
          throw new IllegalArgumentException("Rows are chosen by eq and in.");
        }
        if (templates.stream().anyMatch(other -> other.column().equals(filter.column()))) {
          throw new IllegalArgumentException("The column " + filter.column() + " comes twice.");
        }
        templates.add(
            new RowTemplate(
                filter.column(),
                filter.operator() == Operator.IN,
                filter.operands().stream().map(Template::of).toList()));
      }
    } catch (ApiException e) {
      throw new IllegalArgumentException(e.detail(), e);
    }
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("There is no filter.");
    }
    return List.copyOf(templates);
  }

  /**
   * The values for a caller.
   *
   * @throws IllegalArgumentException if a claim is missing or does not fit, for the caller
   */
  RowLimit limit(Column of, Claims claims) {
    List<Value> allowed = new ArrayList<>();
    for (Template template : values) {
      List<String> texts = template.texts(claims);
      if (texts.isEmpty()) {
        throw new IllegalArgumentException("a claim that it names is missing");
      }
      if (!many && texts.size() > 1) {
        throw new IllegalArgumentException("a claim that it names is a list");
      }
      texts.forEach(text -> allowed.add(value(of, text)));
    }
    if (allowed.size() > MOST) {
      throw new IllegalArgumentException("a claim that it names has too many values");
    }
    return new RowLimit(of, allowed.stream().distinct().toList());
  }

  private static Value value(Column column, String text) {
    try {
      return Value.parse(column, text);
    } catch (ApiException e) {
      throw new IllegalArgumentException(
          "a claim does not fit the column "
              + column.name()
              + " of the type "
              + column.type().cql(),
          e);
    }
  }
}
