package dev.ringlet.value;

import static dev.ringlet.value.CodecTestSupport.driver;
import static dev.ringlet.value.CodecTestSupport.read;
import static dev.ringlet.value.CodecTestSupport.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The edges of each type go out and come back as the driver's bytes, in every form and place. */
class EdgesTest {

  static Stream<Arguments> edges() {
    return Edges.BY_TYPE.entrySet().stream()
        .flatMap(edges -> edges.getValue().stream().map(v -> Arguments.of(edges.getKey(), v)));
  }

  @ParameterizedTest
  @MethodSource("edges")
  void comeBackUnchanged(DataType type, Object value) {
    unchanged(type, value);
    ByteBuffer bytes = driver(type, value);
    assertEquals(bytes, read(type, write(type, bytes, NumberForm.JSON)));
  }

  @ParameterizedTest
  @MethodSource("edges")
  void comeBackUnchangedInsideOfOtherTypes(DataType type, Object value) {
    unchanged(DataTypes.listOf(type), List.of(value, value));
    unchanged(DataTypes.mapOf(DataTypes.INT, type), Map.of(1, value));
    unchanged(DataTypes.vectorOf(type, 2), CqlVector.newInstance(List.of(value, value)));
    TupleType tuple = DataTypes.tupleOf(type, type);
    unchanged(tuple, tuple.newValue(value, null));
    UserDefinedType udt =
        new UserDefinedTypeBuilder("ks", "u").withField("a", type).withField("b", type).build();
    unchanged(udt, udt.newValue(null, value));
    if (!type.equals(DataTypes.DURATION)) {
      unchanged(DataTypes.setOf(type), Set.of(value));
      unchanged(DataTypes.mapOf(type, type), Map.of(value, value));
      unchanged(DataTypes.mapOf(tuple, type), Map.of(tuple.newValue(value, value), value));
    }
  }

  @Test
  void thereAreSomeOfEveryScalarType() {
    for (Scalar scalar : Scalar.values()) {
      boolean any = Edges.BY_TYPE.keySet().stream().anyMatch(type -> Codecs.of(type) == scalar);
      assertEquals(scalar != Scalar.COUNTER, any, scalar.name());
    }
  }

  private static void unchanged(DataType type, Object value) {
    ByteBuffer bytes = driver(type, value);
    String json = write(type, bytes);
    assertEquals(bytes, read(type, json), json);
    String text = Codecs.of(type).text(bytes);
    assertEquals(bytes, Codecs.of(type).parse(text), text);
  }
}
