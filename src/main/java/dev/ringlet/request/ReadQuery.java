package dev.ringlet.request;

import java.util.List;
import java.util.Optional;

/**
 * What the query of a GET asks for.
 *
 * @param select empty for all columns
 * @param after the page token
 */
public record ReadQuery(
    List<Selector> select,
    List<Filter> filters,
    Grouping grouping,
    List<Order> order,
    Optional<Integer> limit,
    Optional<String> after,
    boolean scan,
    Optional<Split> split,
    boolean explain) {

  /** No query: all columns, and no more rows than a page has. */
  public static final ReadQuery ALL =
      new ReadQuery(
          List.of(),
          List.of(),
          Grouping.NONE,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          false);

  public ReadQuery {
    select = List.copyOf(select);
    filters = List.copyOf(filters);
    order = List.copyOf(order);
  }

  /** Whether it asks for all columns of all rows, as they are found. */
  public boolean isPlain() {
    return select.isEmpty() && order.isEmpty() && split.isEmpty() && grouping.isNone();
  }

  /** Whether it reads the token of the partition key, and so all of its columns. */
  public boolean selectsToken() {
    return select.stream()
        .anyMatch(selector -> selector.expression().has(one -> one == Function.TOKEN));
  }

  /** Whether all rows are made one. */
  public boolean isAggregate() {
    return !select.isEmpty()
        && !grouping.isBy()
        && select.stream().anyMatch(selector -> selector.expression().isAggregate());
  }
}
