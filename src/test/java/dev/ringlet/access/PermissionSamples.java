package dev.ringlet.access;

import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Permissions for tests of other rooms. */
public final class PermissionSamples {
  private PermissionSamples() {}

  public static Permission of(Table table, Set<Verb> may) {
    return Permission.granted(table, may, may);
  }

  /** For rows whose first column of the key has one of these values. */
  public static Permission ofRows(Table table, Set<Verb> may, String... values) {
    Column first = table.primaryKey().get(0);
    RowLimit limit =
        new RowLimit(first, Stream.of(values).map(text -> Value.parse(first, text)).toList());
    return new Permission(table, may, may, List.of(limit), Optional.empty(), Optional.empty());
  }
}
