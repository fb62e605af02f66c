package dev.ringlet.value;

import static dev.ringlet.value.CodecTestSupport.driver;
import static dev.ringlet.value.CodecTestSupport.read;
import static dev.ringlet.value.CodecTestSupport.refused;
import static dev.ringlet.value.CodecTestSupport.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.data.ByteUtils;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.netty.util.NetUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One row a type and value; the driver says what the bytes must be. */
class ScalarTest {
  private static final String UUID_4 = "5b6962dd-3f90-4c93-8f61-eabfa4a803e2";
  private static final String UUID_1 = "50554d6e-29bb-11e5-b345-feff819cdc9f";

  /** type, JSON out, what it is to the driver. */
  static Stream<Arguments> values() {
    return Stream.of(
        row(DataTypes.ASCII, "\"\"", ""),
        row(DataTypes.ASCII, "\"a \\\"quoted\\\" one\"", "a \"quoted\" one"),
        row(DataTypes.TEXT, "\"\"", ""),
        row(DataTypes.TEXT, "\"größe 漢字 😀\"", "größe 漢字 😀"),
        row(DataTypes.TEXT, "\"\\u0000\\n\\t\\\\\"", "\u0000\n\t\\"),
        row(DataTypes.BLOB, "\"\"", ByteBuffer.allocate(0)),
        row(DataTypes.BLOB, "\"+/8=\"", ByteUtils.fromHexString("0xfbff")),
        row(DataTypes.BOOLEAN, "true", true),
        row(DataTypes.BOOLEAN, "false", false),
        row(DataTypes.TINYINT, "-128", Byte.MIN_VALUE),
        row(DataTypes.TINYINT, "127", Byte.MAX_VALUE),
        row(DataTypes.SMALLINT, "-32768", Short.MIN_VALUE),
        row(DataTypes.SMALLINT, "32767", Short.MAX_VALUE),
        row(DataTypes.INT, "-2147483648", Integer.MIN_VALUE),
        row(DataTypes.INT, "2147483647", Integer.MAX_VALUE),
        row(DataTypes.INT, "0", 0),
        row(DataTypes.BIGINT, "\"-9223372036854775808\"", Long.MIN_VALUE),
        row(DataTypes.BIGINT, "\"9223372036854775807\"", Long.MAX_VALUE),
        row(DataTypes.COUNTER, "\"-1\"", -1L),
        row(DataTypes.VARINT, "\"0\"", BigInteger.ZERO),
        row(DataTypes.VARINT, "\"-129\"", BigInteger.valueOf(-129)),
        row(DataTypes.VARINT, "\"9223372036854775808\"", BigInteger.ONE.shiftLeft(63)),
        row(DataTypes.VARINT, "\"-1" + "0".repeat(38) + "\"", BigInteger.TEN.pow(38).negate()),
        row(DataTypes.DECIMAL, "\"0\"", BigDecimal.ZERO),
        row(DataTypes.DECIMAL, "\"1.0\"", new BigDecimal("1.0")),
        row(DataTypes.DECIMAL, "\"1.00\"", new BigDecimal("1.00")),
        row(DataTypes.DECIMAL, "\"-0.05\"", new BigDecimal("-0.05")),
        row(DataTypes.DECIMAL, "\"-12.345\"", new BigDecimal("-12.345")),
        row(DataTypes.DECIMAL, "\"0.000001\"", new BigDecimal("0.000001")),
        row(DataTypes.DECIMAL, "\"1E-7\"", new BigDecimal("1E-7")),
        row(DataTypes.DECIMAL, "\"1E+38\"", new BigDecimal("1E+38")),
        row(DataTypes.DECIMAL, "\"1" + "0".repeat(38) + "\"", BigDecimal.TEN.pow(38)),
        row(
            DataTypes.DECIMAL,
            "\"-92233720368547758.08\"",
            new BigDecimal("-92233720368547758.08")),
        row(DataTypes.FLOAT, "0.1", 0.1f),
        row(DataTypes.FLOAT, "-0.0", -0.0f),
        row(DataTypes.FLOAT, "1.4E-45", Float.MIN_VALUE),
        row(DataTypes.FLOAT, "3.4028235E38", Float.MAX_VALUE),
        row(DataTypes.FLOAT, "\"NaN\"", Float.NaN),
        row(DataTypes.FLOAT, "\"-Infinity\"", Float.NEGATIVE_INFINITY),
        row(DataTypes.DOUBLE, "0.1", 0.1),
        row(DataTypes.DOUBLE, "-0.0", -0.0),
        row(DataTypes.DOUBLE, "4.9E-324", Double.MIN_VALUE),
        row(DataTypes.DOUBLE, "1.7976931348623157E308", Double.MAX_VALUE),
        row(DataTypes.DOUBLE, "\"NaN\"", Double.NaN),
        row(DataTypes.DOUBLE, "\"Infinity\"", Double.POSITIVE_INFINITY),
        row(DataTypes.UUID, '"' + UUID_4 + '"', UUID.fromString(UUID_4)),
        row(DataTypes.UUID, "\"00000000-0000-0000-0000-000000000000\"", new UUID(0, 0)),
        row(DataTypes.TIMEUUID, '"' + UUID_1 + '"', UUID.fromString(UUID_1)),
        row(DataTypes.TIMESTAMP, "\"1970-01-01T00:00:00.000Z\"", Instant.EPOCH),
        row(
            DataTypes.TIMESTAMP,
            "\"0001-01-01T00:00:00.000Z\"",
            Instant.parse("0001-01-01T00:00:00Z")),
        row(
            DataTypes.TIMESTAMP,
            "\"9999-12-31T23:59:59.999Z\"",
            Instant.parse("9999-12-31T23:59:59.999Z")),
        row(
            DataTypes.TIMESTAMP,
            "\"-292275055-05-16T16:47:04.192Z\"",
            Instant.ofEpochMilli(Long.MIN_VALUE)),
        row(
            DataTypes.TIMESTAMP,
            "\"+292278994-08-17T07:12:55.807Z\"",
            Instant.ofEpochMilli(Long.MAX_VALUE)),
        row(DataTypes.DATE, "\"1970-01-01\"", LocalDate.EPOCH),
        row(DataTypes.DATE, "\"0001-01-01\"", LocalDate.of(1, 1, 1)),
        row(DataTypes.DATE, "\"9999-12-31\"", LocalDate.of(9999, 12, 31)),
        row(DataTypes.DATE, "\"-5877641-06-23\"", LocalDate.ofEpochDay(Integer.MIN_VALUE)),
        row(DataTypes.DATE, "\"+5881580-07-11\"", LocalDate.ofEpochDay(Integer.MAX_VALUE)),
        row(DataTypes.TIME, "\"00:00:00.000000000\"", LocalTime.MIN),
        row(DataTypes.TIME, "\"23:59:59.999999999\"", LocalTime.MAX),
        row(
            DataTypes.DURATION,
            "\"1mo2d3h\"",
            CqlDuration.newInstance(1, 2, 3 * 3_600_000_000_000L)),
        row(DataTypes.DURATION, "\"-1mo2d3ns\"", CqlDuration.newInstance(-1, -2, -3)),
        row(DataTypes.DURATION, "\"0s\"", CqlDuration.newInstance(0, 0, 0)),
        row(
            DataTypes.DURATION,
            "\"-178956970y8mo2147483648d2562047h47m16s854ms775us808ns\"",
            CqlDuration.newInstance(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE)),
        row(DataTypes.INET, "\"127.0.0.1\"", NetUtil.LOCALHOST4),
        row(DataTypes.INET, "\"::1\"", NetUtil.LOCALHOST6));
  }

  @ParameterizedTest
  @MethodSource("values")
  void goesOutAndComesBackAsTheDriversBytes(DataType type, String json, Object value) {
    ByteBuffer bytes = driver(type, value);
    assertEquals(json, write(type, bytes));
    assertEquals(bytes, read(type, json));
    String text = Codecs.of(type).text(bytes);
    assertEquals(bytes, Codecs.of(type).parse(text), "as text " + text);
  }

  /** type, JSON in, the same as this. */
  static Stream<Arguments> otherForms() {
    return Stream.of(
        row(DataTypes.INT, "\"12\"", 12),
        row(DataTypes.INT, "1e2", 100),
        row(DataTypes.INT, "-5.0", -5),
        row(DataTypes.INT, "500e-2", 5),
        row(DataTypes.INT, "0e-1000000000", 0),
        row(DataTypes.BIGINT, "12", 12L),
        row(DataTypes.BIGINT, "9007199254740993", 9007199254740993L),
        row(DataTypes.VARINT, "1e3", BigInteger.valueOf(1000)),
        row(DataTypes.DECIMAL, "1.50", new BigDecimal("1.50")),
        row(DataTypes.DECIMAL, "1e10000", new BigDecimal("1e10000")),
        row(DataTypes.DECIMAL, "1e-10000", new BigDecimal("1e-10000")),
        row(DataTypes.DECIMAL, "1.5e10001", new BigDecimal("15e10000")),
        row(DataTypes.FLOAT, "\"1.5\"", 1.5f),
        row(DataTypes.DOUBLE, "3", 3.0),
        row(
            DataTypes.UUID,
            '"' + UUID_4.toUpperCase(java.util.Locale.ROOT) + '"',
            UUID.fromString(UUID_4)),
        row(
            DataTypes.TIMESTAMP,
            "\"2026-11-22T10:00+01:00\"",
            Instant.parse("2026-11-22T09:00:00Z")),
        row(
            DataTypes.TIMESTAMP,
            "\"2026-11-22T10:00:00.5-0330\"",
            Instant.parse("2026-11-22T13:30:00.5Z")),
        row(
            DataTypes.TIMESTAMP,
            "\"2026-11-22T10:00:00+01\"",
            Instant.parse("2026-11-22T09:00:00Z")),
        row(DataTypes.TIMESTAMP, "-1", Instant.ofEpochMilli(-1)),
        row(
            DataTypes.TIMESTAMP,
            "\"2026-11-22 10:00:00.123999+00:00\"",
            Instant.parse("2026-11-22T10:00:00.123Z")),
        row(DataTypes.TIME, "\"10:00\"", LocalTime.of(10, 0)),
        row(DataTypes.TIME, "\"10:00:00.25\"", LocalTime.of(10, 0, 0, 250_000_000)),
        row(
            DataTypes.DURATION,
            "\"P1M2DT3H\"",
            CqlDuration.newInstance(1, 2, 3 * 3_600_000_000_000L)),
        row(DataTypes.DURATION, "\"2w\"", CqlDuration.newInstance(0, 14, 0)),
        row(
            DataTypes.INET,
            "\"2001:DB8:0:0:0:0:0:1\"",
            NetUtil.createInetAddressFromIpAddressString("2001:db8::1")),
        row(DataTypes.BLOB, "\"-_8\"", ByteUtils.fromHexString("0xfbff")),
        row(DataTypes.BLOB, "\"+/8\"", ByteUtils.fromHexString("0xfbff")));
  }

  @ParameterizedTest
  @MethodSource("otherForms")
  void acceptsOtherForms(DataType type, String json, Object value) {
    assertEquals(driver(type, value), read(type, json));
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        row(DataTypes.ASCII, "\"ü\"", ""),
        row(DataTypes.ASCII, "1", ""),
        row(DataTypes.TEXT, "1", ""),
        row(DataTypes.TEXT, "true", ""),
        row(DataTypes.TEXT, "[]", ""),
        row(DataTypes.TEXT, "\"\\ud800\"", ""),
        row(DataTypes.BLOB, "\"%\"", ""),
        row(DataTypes.BLOB, "\"a\"", ""),
        row(DataTypes.BLOB, "\"AB==\"", ""),
        row(DataTypes.BLOB, "\"AB\"", ""),
        row(DataTypes.BLOB, "\"AAB=\"", ""),
        row(DataTypes.BLOB, "\"AAB\"", ""),
        row(DataTypes.BLOB, "\"_B==\"", ""),
        row(DataTypes.BLOB, "\"0x0102\"", ""),
        row(DataTypes.BLOB, "\"0X010A\"", ""),
        row(DataTypes.BOOLEAN, "1", ""),
        row(DataTypes.BOOLEAN, "\"true\"", ""),
        row(DataTypes.TINYINT, "128", ""),
        row(DataTypes.SMALLINT, "-32769", ""),
        row(DataTypes.INT, "2147483648", ""),
        row(DataTypes.DURATION, "\"PT0." + "1".repeat(1000) + "S\"", ""),
        row(DataTypes.DURATION, "\"PT0." + "0".repeat(1000) + "S\"", ""),
        row(DataTypes.INT, "1.5", ""),
        row(DataTypes.INT, "true", ""),
        row(DataTypes.INT, "\"\"", ""),
        row(DataTypes.INT, "\"+1\"", ""),
        row(DataTypes.INT, "\" 1\"", ""),
        row(DataTypes.INT, "\"\\u0661\"", ""),
        row(DataTypes.INT, "\"0x1\"", ""),
        row(DataTypes.BIGINT, "9223372036854775808", ""),
        row(DataTypes.VARINT, "1e1000000000", ""),
        row(DataTypes.VARINT, "0.5", ""),
        row(DataTypes.VARINT, "1e-1000000000", ""),
        row(DataTypes.INT, "100e-3", ""),
        row(DataTypes.DECIMAL, "\"1,5\"", ""),
        row(DataTypes.DECIMAL, "1e10001", ""),
        row(DataTypes.DECIMAL, "\"1E-10001\"", ""),
        row(DataTypes.DECIMAL, "1.5e-10000", ""),
        row(DataTypes.DECIMAL, "\"-1E+2000000000\"", ""),
        row(DataTypes.DECIMAL, "1e2147483648", ""),
        row(DataTypes.DECIMAL, "1e99999999999999999999", ""),
        row(DataTypes.DECIMAL, "\"NaN\"", ""),
        row(DataTypes.FLOAT, "3.5e38", ""),
        row(DataTypes.FLOAT, "1e-50", ""),
        row(DataTypes.FLOAT, "\"1f\"", ""),
        row(DataTypes.FLOAT, "\"nan\"", ""),
        row(DataTypes.DOUBLE, "1e309", ""),
        row(DataTypes.DOUBLE, "\"0x1p3\"", ""),
        row(DataTypes.UUID, "\"1-1-1-1-1\"", ""),
        row(DataTypes.UUID, "\"\"", ""),
        row(DataTypes.TIMEUUID, '"' + UUID_4 + '"', ""),
        row(DataTypes.TIMESTAMP, "\"2026-11-22T10:00:00\"", ""),
        row(DataTypes.TIMESTAMP, "\"2026-11-22\"", ""),
        row(DataTypes.TIMESTAMP, "\"2026-02-30T10:00:00Z\"", ""),
        row(DataTypes.TIMESTAMP, "\"2026-11-22T10:00:00ZZ\"", ""),
        row(DataTypes.TIMESTAMP, "\"2026-11-22T10:00:00+01:00:30\"", ""),
        row(DataTypes.TIMESTAMP, "\":\"", ""),
        row(DataTypes.TIMESTAMP, "\"2026 -11-22T10:00Z\"", ""),
        row(DataTypes.TIMESTAMP, "\" -0001-11-22T10:00Z\"", ""),
        row(DataTypes.TIMESTAMP, "1.5", ""),
        row(DataTypes.DATE, "\"2026-02-29\"", ""),
        row(DataTypes.DATE, "20260101", ""),
        row(DataTypes.DATE, "\"+5881580-07-12\"", ""),
        row(DataTypes.TIME, "\"24:00:00\"", ""),
        row(DataTypes.TIME, "\"10:00:00Z\"", ""),
        row(DataTypes.DURATION, "\"1x\"", ""),
        row(DataTypes.DURATION, "\"\"", ""),
        row(DataTypes.INET, "\"localhost\"", ""),
        row(DataTypes.INET, "\"fe80::1%eth0\"", ""),
        row(DataTypes.INET, "\"256.0.0.1\"", ""));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void refusesWhatIsNoSuchValue(DataType type, String json, String ignored) {
    assertEquals(Codecs.of(type).expected(), refused(type, json).expected());
  }

  @Test
  void everyScalarTypeHasAValueAndAMisfitHere() {
    for (Scalar scalar : Scalar.values()) {
      DataType type = scalar == Scalar.COUNTER ? DataTypes.COUNTER : typeOf(scalar);
      assertEquals(
          1, values().filter(row -> row.get()[0].equals(type)).limit(1).count(), scalar.name());
      if (scalar != Scalar.COUNTER) {
        assertEquals(
            1, misfits().filter(row -> row.get()[0].equals(type)).limit(1).count(), scalar.name());
      }
    }
  }

  @Test
  void writesLongNumbersAsNumbersOnRequest() {
    assertEquals("12", write(DataTypes.BIGINT, driver(DataTypes.BIGINT, 12L), NumberForm.JSON));
    assertEquals(
        "1.50",
        write(
            DataTypes.DECIMAL, driver(DataTypes.DECIMAL, new BigDecimal("1.50")), NumberForm.JSON));
    assertEquals(
        "1E+20",
        write(
            DataTypes.DECIMAL,
            driver(DataTypes.DECIMAL, new BigDecimal("1E+20")),
            NumberForm.JSON));
    BigInteger large = BigInteger.TEN.pow(30);
    assertEquals(
        large.toString(),
        write(DataTypes.VARINT, driver(DataTypes.VARINT, large), NumberForm.JSON));
  }

  @Test
  void anIpv4AddressInIpv6FormIsTheIpv4Address() {
    ByteBuffer address = read(DataTypes.INET, "\"1.2.3.4\"");
    for (String form : List.of("::ffff:1.2.3.4", "::FFFF:102:304", "0:0:0:0:0:ffff:1.2.3.4")) {
      assertEquals(address, read(DataTypes.INET, '"' + form + '"'), form);
    }
    ByteBuffer mapped = ByteBuffer.allocate(16).putInt(8, 0xffff).putInt(12, 0x01020304);
    assertEquals("\"1.2.3.4\"", write(DataTypes.INET, mapped));
    assertEquals("1.2.3.4", Codecs.of(DataTypes.INET).text(mapped));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0xc080", "0xc1bf", "0xeda080", "0xe08080", "0xf4908080", "0xf7bfbfbf", "0x61c3"})
  void bytesThatAreNotUtf8AreReplaced(String bytes) {
    ByteBuffer value = ByteUtils.fromHexString(bytes);
    String text = new String(Wire.bytes(value), StandardCharsets.UTF_8);
    assertEquals(text, Codecs.of(DataTypes.TEXT).text(value));
    assertEquals('"' + text + '"', write(DataTypes.TEXT, value));
    assertEquals("[\"" + text + "\"]", write(DataTypes.listOf(DataTypes.TEXT), listOf(value)));
  }

  private static ByteBuffer listOf(ByteBuffer value) {
    return Wire.collection(1, List.of(value));
  }

  @Test
  void showsTheEmptyValueOfOldAsNullWhereItIsNoValueOfTheType() {
    ByteBuffer empty = ByteBuffer.allocate(0);
    assertEquals("null", write(DataTypes.INT, empty));
    assertEquals("null", write(DataTypes.UUID, empty));
    assertEquals("\"\"", write(DataTypes.TEXT, empty));
    assertEquals("null", write(DataTypes.INT, null));
  }

  @Test
  void showsWhatIsNoValueOfTheTypeAsNull() {
    for (String time : List.of("0x00004e94914f0000", "0xffffffffffffffff", "0x7fffffffffffffff")) {
      assertNull(DataTypes.TIME, ByteUtils.fromHexString(time));
    }
    assertNull(DataTypes.TIME, ByteBuffer.allocate(0));
    assertNull(DataTypes.DECIMAL, ByteBuffer.allocate(4));
    assertNull(DataTypes.DECIMAL, ByteBuffer.allocate(0));
  }

  private static void assertNull(DataType type, ByteBuffer value) {
    assertEquals(false, Codecs.of(type).present(value));
    assertEquals("null", write(type, value));
    DataType list = DataTypes.listOf(type);
    assertEquals("[null]", write(list, listOf(value)));
    assertEquals("[]", Literals.text(Codecs.of(list), listOf(value)));
  }

  /** Others may have written them. */
  @Test
  void showsDecimalsOfEveryScale() {
    for (String decimal :
        List.of("1E+10001", "-1.5E+2000000000", "1E-10001", "1E-2147483647", "9.9E+2147483648")) {
      BigDecimal stored = JsonNumbers.parse(decimal);
      assertEquals(
          '"' + decimal + '"', write(DataTypes.DECIMAL, driver(DataTypes.DECIMAL, stored)));
      assertEquals(
          "a decimal number (with a scale from -10000 to 10000)",
          refused(DataTypes.DECIMAL, '"' + decimal + '"').expected());
    }
  }

  @Test
  void showsAnEmptyKeyOfAMapAsTheEmptyName() {
    ByteBuffer entry = ByteBuffer.allocate(16).putInt(1).putInt(0).putInt(4).putInt(7).flip();
    assertEquals("{\"\":7}", write(DataTypes.mapOf(DataTypes.INT, DataTypes.INT), entry));
  }

  @Test
  void refusesTextWithMoreDigitsThanCanBeReadInTime() {
    String digits = "1".repeat(1001);
    for (DataType type : List.of(DataTypes.VARINT, DataTypes.DECIMAL, DataTypes.TIMESTAMP)) {
      namesTheLimit(type, digits);
      namesTheLimit(DataTypes.listOf(type), "[" + digits + "]");
      namesTheLimit(DataTypes.listOf(type), "[\"" + digits + "\"]");
      namesTheLimit(DataTypes.mapOf(type, type), "{\"" + digits + "\":1}");
    }
  }

  private static void namesTheLimit(DataType type, String text) {
    var e = assertThrows(InvalidValueException.class, () -> Codecs.of(type).parse(text));
    assertTrue(e.expected().contains("at most 1000 characters"), e.expected());
  }

  @Test
  void readsACustomTypeAsABlob() {
    DataType custom = DataTypes.custom("org.apache.cassandra.db.marshal.DynamicCompositeType");
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), read(custom, "\"AQI=\""));
  }

  @Test
  void saysWhatCame() {
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class, () -> Codecs.of(DataTypes.INT).parse("x".repeat(500)));
    assertEquals("an integer from -2147483648 to 2147483647", e.expected());
    assertEquals("x".repeat(100) + "…", e.got());
  }

  private static DataType typeOf(Scalar scalar) {
    return Stream.concat(values(), misfits())
        .map(row -> (DataType) row.get()[0])
        .filter(type -> Codecs.of(type) == scalar)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row for " + scalar));
  }

  private static Arguments row(DataType type, String json, Object value) {
    return Arguments.of(type, json, value);
  }
}
