package dev.ringlet.row;

import dev.ringlet.body.CsvFields;
import dev.ringlet.bytes.Room;
import dev.ringlet.config.CsvForm;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.ColumnHints;
import dev.ringlet.schema.Table;
import dev.ringlet.value.InvalidValueException;
import dev.ringlet.value.Literals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads rows that are records of CSV, by the columns that the header line names. */
public final class CsvRow {
  private final RowNames names;
  private final CsvForm form;
  private final List<String> columns;

  private CsvRow(RowNames names, CsvForm form, List<String> columns) {
    this.names = names;
    this.form = form;
    this.columns = columns;
  }

  /**
   * @param header the record with the columns' names
   * @throws ApiException {@link ErrorCode#INVALID_CSV}, {@link ErrorCode#UNKNOWN_COLUMN}
   */
  public static CsvRow of(Table table, RowNames names, CsvForm form, byte[] header) {
    int enough = table.columns().size() + names.own().size() + 1; // one of so many must be wrong
    List<String> columns =
        CsvFields.of(header, form, enough).stream().map(name -> name.orElse("")).toList();
    return of(table, names, form, columns);
  }

  /**
   * @param columns named elsewhere
   * @throws ApiException as the other
   */
  public static CsvRow of(Table table, RowNames names, CsvForm form, List<String> columns) {
    List<String> found = new ArrayList<>();
    for (String name : columns) {
      String column = names.require(table, name, ColumnHints::inHeader).name();
      if (found.contains(column)) {
        throw new ApiException(
                ErrorCode.INVALID_CSV, "The header names the column " + name + " twice.")
            .with("column", name);
      }
      found.add(column);
    }
    names.requireIn(found);
    return new CsvRow(names, form, found);
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
    List<Optional<String>> fields = CsvFields.of(record, form, columns.size());
    if (fields.size() != columns.size()) {
      throw new ApiException(
          ErrorCode.INVALID_CSV,
          "The record has %d fields, the header %d.".formatted(fields.size(), columns.size()));
    }
    Room room = new Room(record.length); // each field has had its own
    Map<Column, T> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Column column = names.require(table, columns.get(i), ColumnHints::inHeader);
      Value value =
          fields.get(i).map(text -> value(column, text)).orElseGet(() -> Value.ofNull(column));
      room.take(value.size());
      row.put(column, what.apply(column, value));
    }
    return row;
  }

  private Value value(Column column, String text) {
    return switch (form.dialect()) {
      case PLAIN -> plain(column, text);
      case CQLSH -> literal(column, text);
      case DSBULK -> dsbulk(column, text);
    };
  }

  private static Value literal(Column column, String text) {
    try {
      return Value.of(column, Literals.parse(column.codec(), text));
    } catch (InvalidValueException e) {
      throw Value.invalid(column, e);
    }
  }

  private static Value plain(Column column, String text) {
    try {
      return Value.parse(column, text);
    } catch (ApiException e) {
      throw e.hint(
          Optional.of("It is one of cqlsh's: Content-Type: text/csv;dialect=cqlsh")
              .filter(hint -> isLiteral(column, text)));
    }
  }

  private static boolean isLiteral(Column column, String text) {
    try {
      return !column.codec().scalar() && literal(column, text).isSet();
    } catch (ApiException e) {
      return false;
    }
  }

  /** What is empty is null to dsbulk, in quotes as well, where it is no value. */
  private static Value dsbulk(Column column, String text) {
    return text.isEmpty() && !column.codec().present(ByteBuffer.allocate(0))
        ? Value.ofNull(column)
        : Value.parse(column, DsbulkText.READ.of(column.type(), text));
  }
}
