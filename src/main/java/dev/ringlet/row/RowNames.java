package dev.ringlet.row;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What names in a body stand for: columns of the table, but for those of the members that have a
 * row's own TTL and write timestamp. These are read as if they were columns, and are none.
 */
public record RowNames(Optional<Column> ttl, Optional<Column> timestamp) {
  /** Columns alone. */
  public static final RowNames COLUMNS = of(Optional.empty(), Optional.empty());

  /**
   * @param ttl the name of the member with it, if there is one
   * @param timestamp the same
   */
  public static RowNames of(Optional<String> ttl, Optional<String> timestamp) {
    return new RowNames(
        ttl.map(name -> member(name, CqlType.INT)),
        timestamp.map(name -> member(name, CqlType.BIGINT)));
  }

  private static Column member(String name, CqlType type) {
    return new Column(name, name, Column.Kind.REGULAR, false, type, Codecs.of(type));
  }

  /** The members that are no columns of the table. */
  List<Column> own() {
    return Stream.of(ttl, timestamp).flatMap(Optional::stream).toList();
  }

  /**
   * @param columns of CSV
   * @throws ApiException {@link ErrorCode#INVALID_CSV} if one with what is a row's own is missing
   */
  void requireIn(List<String> columns) {
    own().stream()
        .map(Column::name)
        .filter(name -> !columns.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new ApiException(
                      ErrorCode.INVALID_CSV,
                      "The query names the column %s, which the header does not have."
                          .formatted(name))
                  .with("column", name);
            });
  }

  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}
   */
  Column require(
      Table table, String name, BiFunction<List<String>, String, Optional<String>> hints) {
    if (is(ttl, name)) {
      return ttl.get();
    }
    return is(timestamp, name) ? timestamp.get() : table.require(name, hints);
  }

  private static boolean is(Optional<Column> member, String name) {
    return member.isPresent() && member.get().name().equals(name);
  }
}
