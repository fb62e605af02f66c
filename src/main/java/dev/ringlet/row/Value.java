package dev.ringlet.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import dev.ringlet.value.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** What is bound to a marker: a value, null, or nothing at all, which leaves a column as it is. */
public final class Value {
  /** Bytes of memory, about: this object and its place in a list. */
  private static final int OBJECT = 40;

  /** The same of a buffer and its array, besides what is in it. */
  private static final int BUFFER = 80;

  private enum State {
    SET,
    UNSET,
    EXPECTED
  }

  private final String name;
  private final CqlType type;
  private final ByteBuffer bytes;
  private final State state;

  private Value(String name, CqlType type, ByteBuffer bytes, State state) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
    this.state = state;
  }

  public static Value of(String name, CqlType type, ByteBuffer bytes) {
    return new Value(name, type, bytes, State.SET);
  }

  public static Value of(Column column, ByteBuffer bytes) {
    return of(column.name(), column.type(), bytes);
  }

  public static Value ofNull(Column column) {
    return of(column, null);
  }

  public static Value unset(Column column) {
    return unset(column.name(), column.type());
  }

  public static Value unset(String name, CqlType type) {
    return new Value(name, type, null, State.UNSET);
  }

  /** What a condition expects of the column, once the row has been read. */
  public static Value expected(Column column) {
    return new Value(column.name(), column.type(), null, State.EXPECTED);
  }

  /**
   * The same if nothing is expected, otherwise the column's value.
   *
   * @param row the bytes of a column by its name
   */
  public Value in(Function<String, ByteBuffer> row) {
    return state == State.EXPECTED ? of(name, type, row.apply(name)) : this;
  }

  /** A number that belongs to no column, as of LIMIT. */
  public static Value ofInt(String name, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).putInt(value).flip();
    return of(name, CqlType.INT, bytes);
  }

  /**
   * A column's value from the parser's current token on.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}; {@link ErrorCode#INVALID_JSON} of a
   *     member that comes twice, {@link ErrorCode#LIMIT_EXCEEDED} of a number that is too long
   */
  public static Value read(Column column, JsonParser json) throws IOException {
    try {
      return json.currentToken() == JsonToken.VALUE_NULL
          ? ofNull(column)
          : of(column, column.codec().read(json));
    } catch (InvalidValueException e) {
      throw invalid(column, e);
    } catch (ApiException e) {
      throw e.with("column", column.name());
    }
  }

  /**
   * A column's value from its text form, as in a path.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  public static Value parse(Column column, String text) {
    return parse(column, column.type(), text);
  }

  /** A value that belongs to a column but has another type, as an element of its collection has. */
  public static Value parse(Column column, CqlType type, String text) {
    Codec codec = type.equals(column.type()) ? column.codec() : Codecs.of(type);
    try {
      return of(column.name(), type, codec.parse(text));
    } catch (InvalidValueException e) {
      throw invalid(column, type, e);
    }
  }

  static ApiException invalid(Column column, InvalidValueException e) {
    return invalid(column, column.type(), e);
  }

  private static ApiException invalid(Column column, CqlType type, InvalidValueException e) {
    ApiException invalid =
        new ApiException(
                ErrorCode.INVALID_VALUE,
                "Column %s: expected %s, got %s.".formatted(column.name(), e.expected(), e.got()))
            .with("column", column.name())
            .with("cql_type", type.cql())
            .with("expected", e.expected())
            .with("got", e.got());
    ApiException placed = e.pointer().isEmpty() ? invalid : invalid.with("pointer", e.pointer());
    return placed.hint(ValueHints.of(type, e));
  }

  /** The column, or what else it is for. */
  public String name() {
    return name;
  }

  public CqlType type() {
    return type;
  }

  /** The value in the native protocol's form, or null. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** How many bytes it has. */
  public int size() {
    return bytes == null ? 0 : bytes.remaining();
  }

  /** How many bytes of memory it takes, about. */
  public int memory() {
    return bytes == null ? OBJECT : OBJECT + BUFFER + bytes.remaining();
  }

  /** Whether anything is bound. */
  public boolean isSet() {
    return state == State.SET;
  }

  /** Whether it is what the row has when it is read, before the write. */
  public boolean isExpected() {
    return state == State.EXPECTED;
  }

  /** Whether writing it twice is the same as writing it once. */
  public boolean isIdempotent() {
    return bytes == null || type.isIdempotent();
  }

  public boolean isNull() {
    return isSet() && bytes == null;
  }

  public boolean sameAs(Value other) {
    return Objects.equals(bytes, other.bytes);
  }

  /** The text form of a value that is not null, as it stands in a path. */
  public String text() {
    return Codecs.of(type).text(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value value
        && name.equals(value.name)
        && type.equals(value.type)
        && state == value.state
        && Objects.equals(bytes, value.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, state, bytes);
  }

  /** The name and the value's text form: for people. */
  @Override
  public String toString() {
    return name
        + "="
        + (isSet() ? bytes == null ? "null" : text() : state.name().toLowerCase(Locale.ROOT));
  }
}
