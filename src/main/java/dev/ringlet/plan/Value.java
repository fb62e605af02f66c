package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What is bound to a marker: a column's value, null, or nothing at all, which leaves the column as
 * it is.
 */
public final class Value {
  private final ColumnMetadata column;
  private final ByteBuffer bytes;
  private final boolean set;

  private Value(ColumnMetadata column, ByteBuffer bytes, boolean set) {
    this.column = column;
    this.bytes = bytes;
    this.set = set;
  }

  static Value of(ColumnMetadata column, ByteBuffer bytes) {
    return new Value(column, bytes, true);
  }

  static Value ofNull(ColumnMetadata column) {
    return new Value(column, null, true);
  }

  static Value unset(ColumnMetadata column) {
    return new Value(column, null, false);
  }

  /**
   * A value from its text form, as in a path.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  static Value parse(ColumnMetadata column, String text) {
    try {
      return of(column, Codecs.of(column.getType()).parse(text));
    } catch (InvalidValueException e) {
      throw invalid(column, e);
    }
  }

  static ApiException invalid(ColumnMetadata column, InvalidValueException e) {
    ApiException invalid =
        new ApiException(
                ErrorCode.INVALID_VALUE,
                "Column %s: expected %s, got %s."
                    .formatted(column.getName().asInternal(), e.expected(), e.got()))
            .with("column", column.getName().asInternal())
            .with("cql_type", column.getType().asCql(true, false))
            .with("expected", e.expected())
            .with("got", e.got());
    return e.pointer().isEmpty() ? invalid : invalid.with("pointer", e.pointer());
  }

  public ColumnMetadata column() {
    return column;
  }

  /** The value in the native protocol's form, or null. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Whether anything is bound. */
  public boolean isSet() {
    return set;
  }

  boolean isNull() {
    return set && bytes == null;
  }

  boolean sameAs(Value other) {
    return Objects.equals(bytes, other.bytes);
  }

  /** The text form of a value that is not null, as it stands in a path. */
  public String text() {
    return Codecs.of(column.getType()).text(bytes);
  }

  /** The column and the value's text form: for people. */
  @Override
  public String toString() {
    return column.getName().asInternal() + "=" + (set ? bytes == null ? "null" : text() : "unset");
  }
}
