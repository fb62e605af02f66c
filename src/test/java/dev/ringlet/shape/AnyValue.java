package dev.ringlet.shape;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.Edges;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Types of any depth, and values of them, as the driver has both. */
public final class AnyValue {
  private static final List<DataType> SCALARS = List.copyOf(Edges.BY_TYPE.keySet());
  private static final List<String> FIELDS = List.of("street", "House No", "größe", "$now");

  private final Random random;

  public AnyValue(Random random) {
    this.random = random;
  }

  /** A type with so many types around the scalars. */
  public DataType type(int depth) {
    return depth == 0 ? pick(SCALARS) : container(depth);
  }

  private DataType container(int depth) {
    return switch (random.nextInt(7)) {
      case 0 -> DataTypes.listOf(type(random.nextInt(depth)));
      case 1 -> DataTypes.setOf(type(depth - 1));
      case 2 -> DataTypes.mapOf(type(random.nextInt(depth)), type(depth - 1));
      case 3 -> DataTypes.mapOf(type(0), type(depth - 1));
      case 4 -> DataTypes.vectorOf(type(depth - 1), 1 + random.nextInt(3));
      case 5 -> DataTypes.tupleOf(type(depth - 1), type(0), type(random.nextInt(depth)));
      default -> userDefined(depth);
    };
  }

  private UserDefinedType userDefined(int depth) {
    UserDefinedTypeBuilder udt =
        new UserDefinedTypeBuilder(
            CqlIdentifier.fromInternal("ks"),
            CqlIdentifier.fromInternal("Type " + random.nextInt(Integer.MAX_VALUE)));
    FIELDS.forEach(
        field -> udt.withField(CqlIdentifier.fromInternal(field), type(random.nextInt(depth))));
    return udt.build();
  }

  /** A value that is not null. */
  public Object value(DataType type) {
    if (type instanceof ListType list) {
      return values(list.getElementType(), random.nextInt(4));
    } else if (type instanceof SetType set) {
      return distinct(set.getElementType());
    } else if (type instanceof VectorType vector) {
      return CqlVector.newInstance(values(vector.getElementType(), vector.getDimensions()));
    } else if (type instanceof MapType map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      distinct(map.getKeyType()).forEach(key -> entries.put(key, value(map.getValueType())));
      return entries;
    } else if (type instanceof TupleType tuple) {
      return tuple.newValue(nullable(tuple.getComponentTypes()));
    } else if (type instanceof UserDefinedType udt) {
      return udt.newValue(nullable(udt.getFieldTypes()));
    }
    return random.nextBoolean() ? pick(Edges.BY_TYPE.get(type)) : scalar(type);
  }

  /** As Cassandra has the elements of a set and the keys of a map: sorted, 0 or 0.0, not both. */
  private Set<Object> distinct(DataType type) {
    Codec codec = Codecs.of(type);
    Set<Object> sorted =
        new TreeSet<>(Comparator.comparing(value -> Edges.bytes(type, value), codec::compare));
    sorted.addAll(values(type, random.nextInt(4)));
    return sorted;
  }

  private List<Object> values(DataType type, int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(type));
    }
    return values;
  }

  private Object[] nullable(List<DataType> types) {
    return types.stream().map(type -> random.nextInt(4) == 0 ? null : value(type)).toArray();
  }

  private Object scalar(DataType type) {
    int shift = random.nextInt(64);
    long number = random.nextLong() >> shift;
    return switch (type.toString().toUpperCase(Locale.ROOT)) {
      case "ASCII" -> "x" + number;
      case "TEXT" -> "ß\"\\\t😀" + number;
      case "BLOB" -> ByteBuffer.wrap(BigInteger.valueOf(number).toByteArray());
      case "BOOLEAN" -> number < 0;
      case "TINYINT" -> (byte) number;
      case "SMALLINT" -> (short) number;
      case "INT" -> (int) number;
      case "BIGINT" -> number;
      case "VARINT" -> new BigInteger(shift * 4, random).negate();
      case "DECIMAL" -> new BigDecimal(BigInteger.valueOf(number), random.nextInt(100) - 50);
      case "FLOAT" -> Float.intBitsToFloat((int) random.nextLong());
      case "DOUBLE" -> Double.longBitsToDouble(random.nextLong());
      case "UUID" -> new UUID(number, random.nextLong());
      case "TIMEUUID" -> new UUID((random.nextLong() & ~0xf000L) | 0x1000, number);
      case "TIMESTAMP" -> Instant.ofEpochMilli(number);
      case "DATE" -> LocalDate.ofEpochDay(random.nextInt() >> (shift / 2));
      case "TIME" -> LocalTime.ofNanoOfDay(Math.floorMod(number, 86_400_000_000_000L));
      case "INET" -> address(number);
      case "DURATION" ->
          CqlDuration.newInstance(
              (int) Math.abs(number >> 33), random.nextInt(1 << 20), Math.abs(number / 2));
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private InetAddress address(long number) {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) number);
    bytes[random.nextInt(bytes.length)] = (byte) number;
    bytes[random.nextInt(bytes.length)] = (byte) (number >> 9);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
