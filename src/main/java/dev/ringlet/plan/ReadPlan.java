package dev.ringlet.plan;

import java.util.List;

/**
 * A SELECT.
 *
 * @param values one a bind marker
 * @param pageSize rows to fetch at most
 * @param single whether it asks for one row by its whole primary key
 */
public record ReadPlan(String cql, List<Value> values, int pageSize, boolean single) {
  public ReadPlan {
    values = List.copyOf(values);
  }
}
