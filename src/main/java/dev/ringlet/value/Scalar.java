package dev.ringlet.value;

import static dev.ringlet.value.Json.Accepts.BOOLEANS;
import static dev.ringlet.value.Json.Accepts.NUMBERS;
import static dev.ringlet.value.Json.Accepts.STRINGS;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.ringlet.bytes.OutputText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The table of scalar types. A new type is one row here, and one in its test. */
@SuppressWarnings("ImmutableEnumChecker") // its functions hold no state
enum Scalar implements Codec {
  ASCII(DataTypes.ASCII, -1, "ASCII text", STRINGS, Texts::write, Texts::text, Texts::parseAscii),
  TEXT(DataTypes.TEXT, -1, "text", STRINGS, Texts::write, Texts::text, Texts::parse),
  BLOB(
      DataTypes.BLOB,
      -1,
      "base64 (0x… is CQL's form)",
      STRINGS,
      Blobs::write,
      Blobs::text,
      Blobs::parse),
  BOOLEAN(
      DataTypes.BOOLEAN,
      1,
      "true or false",
      BOOLEANS,
      Booleans::write,
      Booleans::text,
      Booleans::parse),
  TINYINT(
      DataTypes.TINYINT,
      -1,
      "an integer from -128 to 127",
      NUMBERS,
      Integers::write,
      Integers::text,
      Integers::parse8),
  SMALLINT(
      DataTypes.SMALLINT,
      -1,
      "an integer from -32768 to 32767",
      NUMBERS,
      Integers::write,
      Integers::text,
      Integers::parse16),
  INT(
      DataTypes.INT,
      4,
      "an integer from -2147483648 to 2147483647",
      NUMBERS,
      Integers::write,
      Integers::text,
      Integers::parse32),
  BIGINT(
      DataTypes.BIGINT,
      8,
      "an integer from -9223372036854775808 to 9223372036854775807",
      NUMBERS,
      Integers::writeLong,
      Integers::text,
      Integers::parse64),
  COUNTER(
      DataTypes.COUNTER,
      8,
      "an integer from -9223372036854775808 to 9223372036854775807",
      NUMBERS,
      Integers::writeLong,
      Integers::text,
      Integers::parse64),
  VARINT(
      DataTypes.VARINT,
      -1,
      "an integer (with an exponent, of at most 1000 digits)",
      NUMBERS,
      Integers::writeLong,
      Integers::text,
      Integers::parseVarint),
  DECIMAL(
      DataTypes.DECIMAL,
      -1,
      "a decimal number (with a scale from -10000 to 10000)",
      NUMBERS,
      Decimals::write,
      Decimals::text,
      Decimals::parse),
  FLOAT(
      DataTypes.FLOAT,
      4,
      "a number in the range of float, or \"NaN\", \"Infinity\", \"-Infinity\"",
      NUMBERS,
      Floats::writeFloat,
      Floats::floatText,
      Floats::parseFloat),
  DOUBLE(
      DataTypes.DOUBLE,
      8,
      "a number in the range of double, or \"NaN\", \"Infinity\", \"-Infinity\"",
      NUMBERS,
      Floats::writeDouble,
      Floats::doubleText,
      Floats::parseDouble),
  UUID(DataTypes.UUID, 16, "a UUID", STRINGS, Uuids::write, Uuids::text, Uuids::parse),
  TIMEUUID(
      DataTypes.TIMEUUID,
      16,
      "a version 1 UUID",
      STRINGS,
      Uuids::write,
      Uuids::text,
      Uuids::parseTimeUuid),
  TIMESTAMP(
      DataTypes.TIMESTAMP,
      8,
      "an ISO 8601 date and time with offset, or epoch milliseconds",
      NUMBERS,
      Times::writeTimestamp,
      Times::timestampText,
      Times::parseTimestamp),
  DATE(DataTypes.DATE, -1, "an ISO 8601 date", STRINGS, null, Times::dateText, Times::parseDate),
  TIME(
      DataTypes.TIME,
      -1,
      "a time of day as 10:00:00.000000000",
      STRINGS,
      null,
      Times::timeText,
      Times::parseTime),
  DURATION(
      DataTypes.DURATION,
      -1,
      "a duration as 1mo2d3h or P1M2DT3H",
      STRINGS,
      null,
      Durations::text,
      Durations::parse),
  INET(DataTypes.INET, -1, "an IPv4 or IPv6 address", STRINGS, null, Inets::text, Inets::parse);

  @FunctionalInterface
  interface Writer {
    void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException;
  }

  /** What min and max make of timeuuid columns. */
  private static final DataType LEGACY_TIMEUUID =
      DataTypes.custom("org.apache.cassandra.db.marshal.LegacyTimeUUIDType");

  private static final Map<DataType, Scalar> BY_TYPE =
      Arrays.stream(values()).collect(Collectors.toMap(scalar -> scalar.type, Function.identity()));

  private final DataType type;
  private final int fixedLength;
  private final String expected;
  private final Json.Accepts accepts;
  private final Writer writer;
  private final Function<ByteBuffer, String> printer;
  private final Function<String, ByteBuffer> parser;

  /**
   * @param writer how the JSON differs from a string with the text form, or null
   * @param parser throws any {@code RuntimeException} for a text that is not such a value
   */
  Scalar(
      DataType type,
      int fixedLength,
      String expected,
      Json.Accepts accepts,
      Writer writer,
      Function<ByteBuffer, String> printer,
      Function<String, ByteBuffer> parser) {
    this.type = type;
    this.fixedLength = fixedLength;
    this.expected = expected;
    this.accepts = accepts;
    this.writer = writer;
    this.printer = printer;
    this.parser = parser;
  }

  /** The row of a type, or null for containers and custom types. */
  static Scalar of(DataType type) {
    return type.equals(LEGACY_TIMEUUID) ? TIMEUUID : BY_TYPE.get(type);
  }

  @Override
  public String expected() {
    return expected;
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    if (writer == null) {
      json.writeString(text(value));
    } else {
      writer.write(value, json, numbers);
    }
  }

  @Override
  public String text(ByteBuffer value) {
    return printer.apply(value);
  }

  @Override
  public ByteBuffer read(JsonParser json) throws IOException {
    if (!accepts.test(json)) {
      throw Json.unexpected(json, expected);
    }
    String text = json.getText();
    if (accepts == NUMBERS && text.length() > json.streamReadConstraints().getMaxNumberLength()) {
      throw Json.numberTooLong(json);
    }
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      throw Json.unexpected(json, expected);
    }
  }

  @Override
  public ByteBuffer parse(String text) {
    if (accepts == NUMBERS && text.length() > LONGEST_NUMBER) {
      throw new InvalidValueException(
          "%s, in at most %d characters".formatted(expected, LONGEST_NUMBER), text);
    }
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      throw new InvalidValueException(expected, text);
    }
  }

  @Override
  public void writeLiteral(ByteBuffer value, boolean inside, OutputText out) {
    String plain = Literals.WRITTEN.getOrDefault(type, printer).apply(value);
    out.append(inside && Literals.QUOTED.contains(type) ? Literals.quoted(plain) : plain);
  }

  @Override
  public String ofLiteral(String literal) {
    String plain = this == TEXT || this == ASCII ? literal : Literals.unquoted(literal);
    return Literals.READ.getOrDefault(type, UnaryOperator.identity()).apply(plain);
  }

  @Override
  public void readLiteral(String literal, JsonGenerator json) throws IOException {
    String text = ofLiteral(Literals.unquoted(literal));
    if (accepts == BOOLEANS && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      json.writeBoolean(text.equalsIgnoreCase("true"));
    } else {
      json.writeString(text);
    }
  }

  @Override
  public int compare(ByteBuffer one, ByteBuffer other) {
    return switch (this) {
      case TINYINT, SMALLINT, INT, BIGINT, COUNTER, VARINT, TIMESTAMP ->
          Integers.compare(one, other);
      case DECIMAL -> Decimals.compare(one, other);
      case FLOAT -> Floats.compareFloats(one, other);
      case DOUBLE -> Floats.compareDoubles(one, other);
      case UUID -> Uuids.compare(one, other);
      case TIMEUUID -> Uuids.compareTimeUuids(one, other);
      case ASCII, TEXT, BLOB, BOOLEAN, DATE, TIME, DURATION, INET -> Wire.compare(one, other);
    };
  }

  @Override
  public int fixedLength() {
    return fixedLength;
  }

  @Override
  public boolean scalar() {
    return true;
  }

  @Override
  public boolean present(ByteBuffer value) {
    if (value == null) {
      return false;
    }
    return switch (this) {
      case TEXT, ASCII, BLOB -> true;
      case DECIMAL -> Decimals.hasDigits(value);
      case TIME -> Times.isOfDay(value);
      default -> value.hasRemaining();
    };
  }
}
