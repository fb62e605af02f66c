package dev.ringlet.request;

import java.util.List;

/**
 * What the query of a PUT, PATCH or DELETE says: filters on columns of the primary key say which
 * row, those on other columns on which condition.
 *
 * @param explain whether nothing is to be written
 */
public record WriteQuery(List<Filter> filters, boolean explain) {
  public static final WriteQuery NONE = new WriteQuery(List.of(), false);

  public WriteQuery {
    filters = List.copyOf(filters);
  }
}
