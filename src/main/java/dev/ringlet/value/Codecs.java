package dev.ringlet.value;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
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
    return scalar == null ? container(type) : scalar;
  }

  /** The bytes of a list of values. */
  public static ByteBuffer list(List<ByteBuffer> values) {
    return Wire.collection(values.size(), values);
  }

  private static Codec container(DataType type) {
    if (type instanceof ListType list) {
      return new CollectionCodec(name(type), of(list.getElementType()), false);
    } else if (type instanceof SetType set) {
      return new CollectionCodec(name(type), of(set.getElementType()), true);
    } else if (type instanceof MapType map) {
      return new MapCodec(name(type), of(map.getKeyType()), of(map.getValueType()));
    } else if (type instanceof VectorType vector) {
      return new VectorCodec(name(type), of(vector.getElementType()), vector.getDimensions());
    } else if (type instanceof TupleType tuple) {
      return new TupleCodec(name(type), all(tuple.getComponentTypes()));
    } else if (type instanceof UserDefinedType udt) {
      List<String> fields = udt.getFieldNames().stream().map(CqlIdentifier::asInternal).toList();
      return new UdtCodec(udt.getName().asInternal(), fields, all(udt.getFieldTypes()));
    }
    return Scalar.BLOB;
  }

  private static String name(DataType type) {
    return type.asCql(false, false);
  }

  private static List<Codec> all(List<DataType> types) {
    return types.stream().map(Codecs::of).toList();
  }
}
