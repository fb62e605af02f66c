package dev.ringlet.row;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import dev.ringlet.schema.Table;
import java.util.Collection;
import java.util.List;

/** Columns by name, and the names of columns. */
public final class Columns {
  private Columns() {}

  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, with the name that was probably meant
   */
  public static ColumnMetadata require(Table table, String name) {
    ColumnMetadata column = table.column(name);
    if (column == null) {
      ApiException unknown =
          new ApiException(
                  ErrorCode.UNKNOWN_COLUMN,
                  "The table %s has no column %s.".formatted(table.name(), name))
              .with("column", name);
      throw Suggestion.hint(unknown, name, names(table.columns()));
    }
    return column;
  }

  public static List<String> names(Collection<ColumnMetadata> columns) {
    return columns.stream().map(column -> column.getName().asInternal()).toList();
  }
}
