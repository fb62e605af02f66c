package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.value.CqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which types the functions of CQL take and give, as in Cassandra's CastFcts, AggregateFcts and
 * VectorFcts. A test asks Cassandra about each of them.
 */
final class NativeFunctions {
  private static final List<DataType> NUMBERS =
      List.of(
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.VARINT,
          DataTypes.DECIMAL,
          DataTypes.FLOAT,
          DataTypes.DOUBLE);

  private static final List<DataType> TEXTS = List.of(DataTypes.ASCII, DataTypes.TEXT);

  /** To other types; each can be cast to itself. */
  private static final Map<DataType, List<DataType>> CASTS = new HashMap<>();

  static {
    List<DataType> all = Stream.concat(NUMBERS.stream(), TEXTS.stream()).toList();
    NUMBERS.forEach(number -> cast(number, all));
    cast(DataTypes.COUNTER, all);
    cast(DataTypes.INT, all, DataTypes.TIMESTAMP);
    cast(DataTypes.BIGINT, all, DataTypes.DATE);
    cast(DataTypes.TIMEUUID, TEXTS, DataTypes.TIMESTAMP, DataTypes.DATE);
    cast(DataTypes.TIMESTAMP, TEXTS, DataTypes.DATE, DataTypes.BIGINT, DataTypes.VARINT);
    cast(DataTypes.DATE, TEXTS, DataTypes.TIMESTAMP);
    cast(DataTypes.ASCII, List.of(DataTypes.TEXT));
    Stream.of(DataTypes.BOOLEAN, DataTypes.TIME, DataTypes.UUID, DataTypes.INET)
        .forEach(type -> cast(type, TEXTS));
  }

  private NativeFunctions() {}

  private static void cast(DataType from, List<DataType> to, DataType... others) {
    CASTS.put(from, Stream.concat(to.stream(), Stream.of(others)).toList());
  }

  /**
   * The type of a value that is cast.
   *
   * @param to the name of a type
   * @return nothing if there is no such cast
   */
  static Optional<CqlType> cast(CqlType from, String to) {
    return Stream.concat(scalar(from), others(from))
        .filter(type -> type.asCql(false, false).equals(to))
        .findFirst()
        .map(CqlType::of);
  }

  /** The names of the types that values of a type can be cast to. */
  static List<String> casts(CqlType from) {
    TreeSet<String> names = new TreeSet<>();
    others(from).forEach(type -> names.add(type.asCql(false, false)));
    return List.copyOf(names);
  }

  private static Stream<DataType> scalar(CqlType from) {
    return from.kind() == CqlType.Kind.SCALAR ? Stream.of(from.dataType()) : Stream.empty();
  }

  private static Stream<DataType> others(CqlType from) {
    return CASTS.getOrDefault(from.dataType(), List.of()).stream();
  }

  /** Whether values of the type have a sum and an average. */
  static boolean add(CqlType type) {
    return NUMBERS.contains(type.dataType()) || type.isCounter();
  }

  /** Whether values of the type are more or less similar. */
  static boolean compare(CqlType type) {
    return type.kind() == CqlType.Kind.VECTOR && type.element().dataType().equals(DataTypes.FLOAT);
  }
}
