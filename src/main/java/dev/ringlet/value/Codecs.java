package dev.ringlet.value;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds the codec of a CQL type: a row of {@link Scalar}, or a container around its elements'
 * codecs.
 */
public final class Codecs {
  private Codecs() {}

  /**
   * The codec of any type. A type that only its server knows (a custom class) is read and written
   * as a blob.
   */
  public static Codec of(DataType type) {
    Scalar scalar = Scalar.of(type);
    return scalar == null ? container(CqlType.of(type)) : scalar;
  }

  /** The same of a type whose facts are known. */
  public static Codec of(CqlType type) {
    Scalar scalar = Scalar.of(type.dataType());
    return scalar == null ? container(type) : scalar;
  }

  /** The bytes of a list of values. */
  public static ByteBuffer list(List<ByteBuffer> values) {
    return Wire.collection(values.size(), values);
  }

  /**
   * The bytes of the greatest or the smallest timeuuid of a timestamp's bytes, as CQL's maxTimeuuid
   * and minTimeuuid make it.
   */
  public static ByteBuffer boundOfTimeuuids(boolean most, ByteBuffer timestamp) {
    return Uuids.bound(most, timestamp);
  }

  /** Whether a timestamp is of a time that timeuuids have. */
  public static boolean isOfTimeuuids(ByteBuffer timestamp) {
    return Uuids.hasTime(timestamp);
  }

  /** The bytes of a tuple of values. */
  public static ByteBuffer tuple(List<ByteBuffer> values) {
    return Wire.tuple(values);
  }

  private static Codec container(CqlType type) {
    DataType known = type.dataType();
    return switch (type.kind()) {
      case LIST, SET ->
          new CollectionCodec(name(known), of(type.element()), type.kind() == CqlType.Kind.SET);
      case MAP -> new MapCodec(name(known), of(type.key()), of(type.element()));
      case VECTOR ->
          new VectorCodec(name(known), of(type.element()), ((VectorType) known).getDimensions());
      case TUPLE -> new TupleCodec(name(known), all(type.parts()));
      case USER_DEFINED ->
          new UdtCodec(
              type.userDefined().getName().asInternal(), type.fieldNames(), all(type.parts()));
      case SCALAR -> Scalar.BLOB;
    };
  }

  private static String name(DataType type) {
    return type.asCql(false, false);
  }

  private static List<Codec> all(List<CqlType> types) {
    return types.stream().map(Codecs::of).toList();
  }
}
