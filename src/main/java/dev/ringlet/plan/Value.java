package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What is bound to a marker: a value, null, or nothing at all, which leaves a column as it is. */
public final class Value {
  private final CqlIdentifier name;
  private final DataType type;
  private final ByteBuffer bytes;
  private final boolean set;

  private Value(CqlIdentifier name, DataType type, ByteBuffer bytes, boolean set) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
    this.set = set;
  }

  static Value of(CqlIdentifier name, DataType type, ByteBuffer bytes) {
    return new Value(name, type, bytes, true);
  }

  static Value of(ColumnMetadata column, ByteBuffer bytes) {
    return of(column.getName(), column.getType(), bytes);
  }

  static Value ofNull(ColumnMetadata column) {
    return of(column, null);
  }

  static Value unset(ColumnMetadata column) {
    return unset(column.getName(), column.getType());
  }

  static Value unset(CqlIdentifier name, DataType type) {
    return new Value(name, type, null, false);
  }

  /** A number that belongs to no column, as of LIMIT. */
  static Value ofInt(String name, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).putInt(value).flip();
    return of(CqlIdentifier.fromInternal(name), DataTypes.INT, bytes);
  }

  /**
   * A column's value from the parser's current token on.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  static Value read(ColumnMetadata column, JsonParser json) throws IOException {
    try {
      return json.currentToken() == JsonToken.VALUE_NULL
          ? ofNull(column)
          : of(column, Codecs.of(column.getType()).read(json));
    } catch (InvalidValueException e) {
      throw invalid(column, e);
    }
  }

  /**
   * A column's value from its text form, as in a path.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  static Value parse(ColumnMetadata column, String text) {
    return parse(column, column.getType(), text);
  }

  /** A value that belongs to a column but has another type, as an element of its collection has. */
  static Value parse(ColumnMetadata column, DataType type, String text) {
    try {
      return of(column.getName(), type, Codecs.of(type).parse(text));
    } catch (InvalidValueException e) {
      throw invalid(column, type, e);
    }
  }

  static ApiException invalid(ColumnMetadata column, InvalidValueException e) {
    return invalid(column, column.getType(), e);
  }

  private static ApiException invalid(
      ColumnMetadata column, DataType type, InvalidValueException e) {
    ApiException invalid =
        new ApiException(
                ErrorCode.INVALID_VALUE,
                "Column %s: expected %s, got %s."
                    .formatted(column.getName().asInternal(), e.expected(), e.got()))
            .with("column", column.getName().asInternal())
            .with("cql_type", type.asCql(true, true))
            .with("expected", e.expected())
            .with("got", e.got());
    ApiException placed = e.pointer().isEmpty() ? invalid : invalid.with("pointer", e.pointer());
    return placed.hint(ValueHints.of(type, e));
  }

  /** The column, or what else it is for. */
  public CqlIdentifier name() {
    return name;
  }

  public DataType type() {
    return type;
  }

  /** The value in the native protocol's form, or null. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Whether anything is bound. */
  public boolean isSet() {
    return set;
  }

  /**
   * Whether writing it twice is the same as writing it once: two writes of a list that is not
   * frozen may leave the elements of both, for each element has a place of its own in time.
   */
  boolean isIdempotent() {
    return bytes == null || !(type instanceof ListType list) || list.isFrozen();
  }

  boolean isNull() {
    return set && bytes == null;
  }

  boolean sameAs(Value other) {
    return Objects.equals(bytes, other.bytes);
  }

  /** The text form of a value that is not null, as it stands in a path. */
  public String text() {
    return Codecs.of(type).text(bytes);
  }

  /** The name and the value's text form: for people. */
  @Override
  public String toString() {
    return name.asInternal() + "=" + (set ? bytes == null ? "null" : text() : "unset");
  }
}
