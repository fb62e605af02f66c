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
import java.util.function.BiFunction;

/** Reads rows that are records of CSV, by the columns that the header line names. */
public final class CsvRow {
  private final RowNames names;
  private final List<String> columns;

  private CsvRow(RowNames names, List<String> columns) {
    this.names = names;
    this.columns = columns;
  }

  /**
   * @param header the record with the columns' names
   * @throws ApiException {@link ErrorCode#INVALID_CSV}, {@link ErrorCode#UNKNOWN_COLUMN}
   */
  public static CsvRow of(Table table, RowNames names, byte[] header) {
    List<String> columns = new ArrayList<>();
    int enough = table.columns().size() + 3; // one of so many must be wrong
    for (Optional<String> name : CsvFields.of(header, enough)) {
      String column = names.require(table, name.orElse(""), ColumnHints::inHeader).name();
      if (columns.contains(column)) {
        throw new ApiException(
                ErrorCode.INVALID_CSV, "The header names the column " + name.get() + " twice.")
            .with("column", name.get());
      }
      columns.add(column);
    }
    names.requireIn(columns);
    return new CsvRow(names, columns);
  }

  /** A record by these columns; an empty field is null. */
  public RowBody row(byte[] record) {
    return new RowBody() {
      @Override
      public Map<Column, Value> values(Table table) {
        return read(table, record, (column, value) -> value);
      }

      @Override
      public Map<Column, List<Assignment>> changes(Table table) {
        return read(table, record, Changes::of);
      }
    };
  }

  private <T> Map<Column, T> read(Table table, byte[] record, BiFunction<Column, Value, T> what) {
    List<Optional<String>> fields = CsvFields.of(record, columns.size());
    if (fields.size() != columns.size()) {
      throw new ApiException(
          ErrorCode.INVALID_CSV,
          "The record has %d fields, the header %d.".formatted(fields.size(), columns.size()));
    }
    Map<Column, T> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Column column = names.require(table, columns.get(i), ColumnHints::inHeader);
      Value value =
          fields
              .get(i)
              .map(text -> Value.parse(column, text))
              .orElseGet(() -> Value.ofNull(column));
      row.put(column, what.apply(column, value));
    }
    return row;
  }
}
