package dev.ringlet.plan;

import java.util.List;

/**
 * An INSERT, UPDATE or DELETE.
 *
 * @param values one a bind marker
 * @param key the values of the row's primary key, or of as much of it as there is
 * @param idempotent whether doing it twice is the same as doing it once, so that it may be sent
 *     again
 */
public record WritePlan(String cql, List<Value> values, List<Value> key, boolean idempotent) {
  public WritePlan {
    values = List.copyOf(values);
    key = List.copyOf(key);
  }
}
