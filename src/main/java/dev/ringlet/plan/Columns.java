package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Columns by name, and the names of columns. */
final class Columns {
  private Columns() {}

  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, with the name that was probably meant
   */
  static ColumnMetadata require(Table table, String name) {
    return require(table, name, ColumnHints::inQuery);
  }

  /**
   * @param hints what is said of a name that is no column
   * @throws ApiException as the other
   */
  static ColumnMetadata require(
      Table table, String name, BiFunction<Table, String, Optional<String>> hints) {
    ColumnMetadata column = table.column(name);
    if (column == null) {
      throw new ApiException(
              ErrorCode.UNKNOWN_COLUMN,
              "The table %s has no column %s.".formatted(table.name(), name))
          .with("column", name)
          .hint(hints.apply(table, name));
    }
    return column;
  }

  /** How a path is written that has values of these columns. */
  static String path(Table table, List<ColumnMetadata> columns) {
    StringBuilder path = new StringBuilder("/v1/" + table.keyspace() + "/" + table.name());
    columns.forEach(column -> path.append("/{").append(column.getName().asInternal()).append('}'));
    return path.toString();
  }

  static List<String> names(Collection<ColumnMetadata> columns) {
    return columns.stream().map(column -> column.getName().asInternal()).toList();
  }
}
