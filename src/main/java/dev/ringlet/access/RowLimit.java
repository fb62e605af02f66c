package dev.ringlet.access;

import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import java.util.List;

/**
 * The values that a primary key column may have for a caller.
 *
 * @param values at least one
 */
public record RowLimit(Column column, List<Value> values) {
  public RowLimit {
    values = List.copyOf(values);
  }

  public boolean allows(Value value) {
    return values.stream().anyMatch(value::sameAs);
  }
}
