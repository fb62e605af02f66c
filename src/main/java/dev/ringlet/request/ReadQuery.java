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
}
