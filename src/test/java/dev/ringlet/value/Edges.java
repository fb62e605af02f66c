package dev.ringlet.value;

import com.datastax.oss.driver.api.core.data.ByteUtils;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.netty.util.NetUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The values at the edges of each scalar type, as the driver has them. */
public final class Edges {
  /** No two of a type are equal to Cassandra. */
  public static final Map<DataType, List<Object>> BY_TYPE = byType();

  private Edges() {}

  private static Map<DataType, List<Object>> byType() {
    Map<DataType, List<Object>> edges = new LinkedHashMap<>();
    edges.put(DataTypes.ASCII, List.of("", "\u0000", "A", "a", "a,\"b\"", "~", "null", "\u007f"));
    edges.put(
        DataTypes.TEXT,
        List.of("", "\u0000", "a", "\n\t\\'\"", " x ", "é", "\uffff", "😀", "漢字", "e\u0301"));
    edges.put(DataTypes.BLOB, blobs("0x", "0x00", "0x0000", "0x7f", "0x80", "0xff", "0xfbff"));
    edges.put(DataTypes.BOOLEAN, List.of(false, true));
    edges.put(DataTypes.TINYINT, List.of((byte) 0, (byte) 1, (byte) -1, (byte) -128, (byte) 127));
    edges.put(
        DataTypes.SMALLINT,
        List.of((short) 0, (short) 255, (short) -1, Short.MIN_VALUE, Short.MAX_VALUE));
    edges.put(
        DataTypes.INT, List.of(0, 255, -1, -256, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE));
    edges.put(
        DataTypes.BIGINT, List.of(0L, 255L, -1L, 1L << 53, -4294967296L, Long.MIN_VALUE, MAX));
    edges.put(DataTypes.VARINT, varints());
    edges.put(DataTypes.DECIMAL, decimals());
    edges.put(
        DataTypes.FLOAT,
        List.of(
            0f,
            -0f,
            0.1f,
            -1.5f,
            16_777_216f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY));
    edges.put(
        DataTypes.DOUBLE,
        List.of(
            0d,
            -0d,
            0.1,
            -1.5,
            9_007_199_254_740_992d,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY));
    edges.put(DataTypes.UUID, uuids(false));
    edges.put(DataTypes.TIMEUUID, uuids(true));
    edges.put(
        DataTypes.TIMESTAMP,
        List.of(
            Instant.EPOCH,
            Instant.ofEpochMilli(-1),
            Instant.parse("0000-02-29T23:59:59.999Z"),
            Instant.parse("-0001-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.ofEpochMilli(Long.MIN_VALUE),
            Instant.ofEpochMilli(Long.MAX_VALUE)));
    edges.put(
        DataTypes.DATE,
        List.of(
            LocalDate.EPOCH,
            LocalDate.of(1969, 12, 31),
            LocalDate.of(0, 2, 29),
            LocalDate.of(-1, 1, 1),
            LocalDate.of(9999, 12, 31),
            LocalDate.of(10_000, 1, 1),
            LocalDate.ofEpochDay(Integer.MIN_VALUE),
            LocalDate.ofEpochDay(Integer.MAX_VALUE)));
    edges.put(
        DataTypes.TIME,
        List.of(
            LocalTime.MIN,
            LocalTime.ofNanoOfDay(1),
            LocalTime.of(12, 0),
            LocalTime.of(23, 59),
            LocalTime.MAX));
    edges.put(
        DataTypes.INET,
        List.of(
            address("0.0.0.0"),
            address("10.0.0.1"),
            address("255.255.255.255"),
            address("::"),
            address("::1"),
            address("::a00:1"),
            address("64:ff9b::a00:1"),
            address("::ffff:0:a00:1"),
            address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
    edges.put(DataTypes.DURATION, durations());
    return Collections.unmodifiableMap(edges);
  }

  private static final long MAX = Long.MAX_VALUE;

  private static List<Object> blobs(String... hexadecimal) {
    return Arrays.stream(hexadecimal).<Object>map(ByteUtils::fromHexString).toList();
  }

  private static List<Object> varints() {
    BigInteger two63 = BigInteger.ONE.shiftLeft(63);
    return List.of(
        BigInteger.ZERO,
        BigInteger.valueOf(-1),
        BigInteger.valueOf(127),
        BigInteger.valueOf(128),
        BigInteger.valueOf(-128),
        BigInteger.valueOf(-129),
        two63,
        two63.negate(),
        two63.subtract(BigInteger.ONE),
        two63.negate().subtract(BigInteger.ONE),
        BigInteger.TEN.pow(999),
        BigInteger.TEN.pow(998).negate());
  }

  private static List<Object> decimals() {
    return List.of(
        new BigDecimal("0"),
        new BigDecimal("1.0"),
        new BigDecimal("-0.05"),
        new BigDecimal("0.000001"),
        new BigDecimal("1E-7"),
        new BigDecimal("1E+38"),
        new BigDecimal("-92233720368547758.08"),
        new BigDecimal("9223372036854775808"),
        new BigDecimal(BigInteger.TEN.pow(990), 3),
        new BigDecimal(BigInteger.ONE, -10_000),
        new BigDecimal(BigInteger.valueOf(-12), -10_000),
        new BigDecimal(BigInteger.valueOf(Long.MAX_VALUE), -10_000),
        new BigDecimal(BigInteger.ONE, 10_000),
        new BigDecimal(BigInteger.valueOf(-123), 10_000),
        new BigDecimal(BigInteger.TEN.pow(30), -10_000));
  }

  private static List<Object> uuids(boolean ofTime) {
    long mask = ofTime ? ~0xf000L : -1;
    long version = ofTime ? 0x1000 : 0;
    long[] highs = {0, 1, -1, 0x8000L << 48, 0x7fffffff_ffff_4fffL, 0x00000001_0000_1001L};
    Object[] uuids = new Object[highs.length * 2];
    for (int i = 0; i < highs.length; i++) {
      long high = (highs[i] & mask) | version;
      uuids[2 * i] = new UUID(high, 0x8000_0000_0000_007fL);
      uuids[2 * i + 1] = new UUID(high, 0x7fff_ff80_ffff_ff80L);
    }
    return Arrays.asList(uuids);
  }

  private static List<Object> durations() {
    return List.of(
        CqlDuration.newInstance(0, 0, 0),
        CqlDuration.newInstance(1, 2, 3),
        CqlDuration.newInstance(-13, -1, -3_723_004_005_006L),
        CqlDuration.newInstance(0, 0, -1),
        CqlDuration.newInstance(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE),
        CqlDuration.newInstance(Integer.MIN_VALUE, 0, 0),
        CqlDuration.newInstance(0, Integer.MIN_VALUE, 0),
        CqlDuration.newInstance(0, 0, Long.MIN_VALUE),
        CqlDuration.newInstance(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE));
  }

  private static Object address(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text);
  }

  /** The bytes of the driver for a value. */
  public static ByteBuffer bytes(DataType type, Object value) {
    return CodecTestSupport.driver(type, value);
  }
}
