package dev.ringlet.value;

import static dev.ringlet.value.CodecTestSupport.driver;
import static dev.ringlet.value.CodecTestSupport.read;
import static dev.ringlet.value.CodecTestSupport.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the driver can hold goes out and comes back unchanged. */
class CodecPropertiesTest {

  @Property
  void text(@ForAll String value) {
    String valid = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    unchanged(DataTypes.TEXT, valid);
  }

  @Property
  void blob(@ForAll byte[] value) {
    unchanged(DataTypes.BLOB, ByteBuffer.wrap(value));
  }

  @Property
  void integers(@ForAll byte b, @ForAll short s, @ForAll int i, @ForAll long l) {
    unchanged(DataTypes.TINYINT, b);
    unchanged(DataTypes.SMALLINT, s);
    unchanged(DataTypes.INT, i);
    unchanged(DataTypes.BIGINT, l);
  }

  @Property
  void varint(@ForAll BigInteger value, @ForAll byte[] any) {
    unchanged(DataTypes.VARINT, value);
    unchanged(DataTypes.VARINT, any.length == 0 ? BigInteger.ONE : new BigInteger(any));
  }

  @Property
  void decimal(
      @ForAll BigInteger unscaled, @ForAll @IntRange(min = -10_000, max = 10_000) int scale) {
    unchanged(DataTypes.DECIMAL, new BigDecimal(unscaled, scale));
    unchanged(DataTypes.DECIMAL, new BigDecimal(unscaled, Math.floorMod(scale, 40)));
    unchanged(
        DataTypes.DECIMAL, BigDecimal.valueOf(unscaled.longValue(), Math.floorMod(scale, 25)));
  }

  /** Of those that are nearly the same above all. */
  @Property
  void decimalsAreInOrder(
      @ForAll BigInteger unscaled,
      @ForAll @IntRange(min = -10_000, max = 10_000) int scale,
      @ForAll @IntRange(min = -1200, max = 1200) int zeros,
      @ForAll @IntRange(min = -12, max = 12) int more) {
    BigDecimal one = new BigDecimal(unscaled, scale);
    BigDecimal same = zeros < 0 ? one.stripTrailingZeros() : one.setScale(scale + zeros);
    BigDecimal other = same.add(new BigDecimal(BigInteger.valueOf(more), same.scale()));
    for (BigDecimal right : List.of(same, other, other.negate(), other.movePointLeft(1))) {
      ByteBuffer bytes = driver(DataTypes.DECIMAL, one);
      ByteBuffer others = driver(DataTypes.DECIMAL, right);
      Codec codec = Codecs.of(DataTypes.DECIMAL);
      assertEquals(one.compareTo(right), Integer.signum(codec.compare(bytes, others)));
      assertEquals(right.compareTo(one), Integer.signum(codec.compare(others, bytes)));
    }
  }

  @Property
  void floats(@ForAll int floatBits, @ForAll long doubleBits) {
    unchanged(DataTypes.FLOAT, Float.intBitsToFloat(floatBits));
    unchanged(DataTypes.DOUBLE, Double.longBitsToDouble(doubleBits));
  }

  @Property
  void uuid(@ForAll long high, @ForAll long low) {
    unchanged(DataTypes.UUID, new UUID(high, low));
    unchanged(DataTypes.TIMEUUID, new UUID((high & ~0xf000L) | 0x1000L, low));
  }

  @Property
  void times(@ForAll long millis, @ForAll int day, @ForAll("nanosOfDay") long nanos) {
    unchanged(DataTypes.TIMESTAMP, Instant.ofEpochMilli(millis));
    unchanged(DataTypes.DATE, LocalDate.ofEpochDay(day));
    unchanged(DataTypes.TIME, LocalTime.ofNanoOfDay(nanos));
  }

  @Property
  void inet(@ForAll int v4, @ForAll long high, @ForAll long low) {
    bytesUnchanged(DataTypes.INET, ByteBuffer.allocate(4).putInt(v4).flip());
    bytesUnchanged(DataTypes.INET, ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
  }

  @Property
  void containers(@ForAll Map<Integer, List<Long>> value) {
    unchanged(
        DataTypes.mapOf(DataTypes.INT, DataTypes.listOf(DataTypes.BIGINT)), new TreeMap<>(value));
  }

  @Provide
  Arbitrary<Long> nanosOfDay() {
    return Arbitraries.longs().between(0, 86_399_999_999_999L);
  }

  private static void unchanged(DataType type, Object value) {
    bytesUnchanged(type, driver(type, value));
  }

  private static void bytesUnchanged(DataType type, ByteBuffer bytes) {
    String json = write(type, bytes);
    ByteBuffer back = read(type, json);
    same(type, bytes, back, json);
    String text = Codecs.of(type).text(bytes);
    same(type, bytes, Codecs.of(type).parse(text), text);
  }

  private static void same(DataType type, ByteBuffer bytes, ByteBuffer back, String form) {
    if (type.equals(DataTypes.FLOAT) || type.equals(DataTypes.DOUBLE)) {
      assertEquals(driver(type, bytes), driver(type, back), form); // NaNs of any payload are one
    } else {
      assertEquals(bytes, back, form);
    }
  }
}
