package dev.ringlet.row;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.ColumnHints;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rows that are records of CSV, by the columns that the header line names. */
public final class CsvRow {
  private final List<String> columns;

  private CsvRow(List<String> columns) {
    this.columns = columns;
  }

  /**
   * @param header the record with the columns' names
   * @throws ApiException {@link ErrorCode#INVALID_CSV}, {@link ErrorCode#UNKNOWN_COLUMN}
   */
  public static CsvRow of(Table table, byte[] header) {
    List<String> columns = new ArrayList<>();
    int enough = table.columns().size() + 1; // one of so many must be wrong
    for (Optional<String> name : CsvFields.of(header, enough)) {
      String column = table.require(name.orElse(""), ColumnHints::inHeader).name();
      if (columns.contains(column)) {
        throw new ApiException(
                ErrorCode.INVALID_CSV, "The header names the column " + name.get() + " twice.")
            .with("column", name.get());
      }
      columns.add(column);
    }
    return new CsvRow(columns);
  }

  /**
   * A row; an empty field is null.
   *
   * @throws ApiException {@link ErrorCode#INVALID_CSV}, {@link ErrorCode#INVALID_VALUE}, {@link
   *     ErrorCode#UNKNOWN_COLUMN} if the table has lost one since the header was read
   */
  public Map<Column, Value> read(Table table, byte[] record) {
    List<Optional<String>> fields = CsvFields.of(record, columns.size());
    if (fields.size() != columns.size()) {
      throw new ApiException(
          ErrorCode.INVALID_CSV,
          "The record has %d fields, the header %d.".formatted(fields.size(), columns.size()));
    }
    Map<Column, Value> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Column column = table.require(columns.get(i));
      row.put(
          column,
          fields
              .get(i)
              .map(text -> Value.parse(column, text))
              .orElseGet(() -> Value.ofNull(column)));
    }
    return row;
  }
}
