package dev.ringlet.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The facts of each kind of type. */
class CqlTypeTest {
  private static final UserDefinedType ADDRESS =
      new UserDefinedTypeBuilder("ks", "address")
          .withField("street", DataTypes.TEXT)
          .withField("\"Zip\"", DataTypes.INT)
          .build();
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("int", DataTypes.INT),
          Map.entry("ascii", DataTypes.ASCII),
          Map.entry("duration", DataTypes.DURATION),
          Map.entry("counter", DataTypes.COUNTER),
          Map.entry("custom", DataTypes.custom("org.example.Type")),
          Map.entry("list", DataTypes.listOf(DataTypes.INT)),
          Map.entry("frozen list", DataTypes.frozenListOf(DataTypes.INT)),
          Map.entry("set", DataTypes.setOf(DataTypes.DURATION)),
          Map.entry("frozen set", DataTypes.frozenSetOf(DataTypes.INT)),
          Map.entry("map", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT)),
          Map.entry("frozen map", DataTypes.frozenMapOf(DataTypes.INT, DataTypes.DURATION)),
          Map.entry("vector", DataTypes.vectorOf(DataTypes.FLOAT, 3)),
          Map.entry("durations", DataTypes.vectorOf(DataTypes.DURATION, 3)),
          Map.entry("tuple", DataTypes.tupleOf(DataTypes.INT, DataTypes.DURATION)),
          Map.entry("udt", ADDRESS),
          Map.entry("frozen udt", ADDRESS.copy(true)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int         | SCALAR       |                        ordered idempotent
          ascii       | SCALAR       |                        ordered idempotent text
          duration    | SCALAR       |                                idempotent
          counter     | SCALAR       |                        ordered idempotent counter
          custom      | SCALAR       |                        ordered idempotent
          list        | LIST         | cells elements collection ordered
          frozen list | LIST         | collection             ordered idempotent
          set         | SET          | cells elements collection      idempotent
          frozen set  | SET          | collection             ordered idempotent
          map         | MAP          | cells elements collection ordered idempotent
          frozen map  | MAP          | collection                     idempotent
          vector      | VECTOR       |                        ordered idempotent
          durations   | VECTOR       |                        ordered idempotent
          tuple       | TUPLE        |                                idempotent
          udt         | USER_DEFINED | cells fields           ordered idempotent
          frozen udt  | USER_DEFINED |                        ordered idempotent
          """)
  void facts(String name, CqlType.Kind kind, String facts) {
    CqlType type = CqlType.of(TYPES.get(name));
    List<String> expected = List.of((facts == null ? "" : facts).split(" +"));
    assertEquals(kind, type.kind());
    assertEquals(expected.contains("cells"), type.isMultiCell());
    assertEquals(expected.contains("elements"), type.hasElementCells());
    assertEquals(expected.contains("fields"), type.hasFieldCells());
    assertEquals(expected.contains("collection"), type.isCollection());
    assertEquals(expected.contains("ordered"), type.isOrdered());
    assertEquals(expected.contains("idempotent"), type.isIdempotent());
    assertEquals(expected.contains("text"), type.isText());
    assertEquals(expected.contains("counter"), type.isCounter());
  }

  @Test
  void partsAreTypes() {
    CqlType map = CqlType.of(TYPES.get("map"));
    assertEquals(CqlType.of(DataTypes.TEXT), map.key());
    assertEquals(CqlType.INT, map.element());
    assertEquals(List.of(CqlType.INT), CqlType.of(TYPES.get("list")).parts());
    assertEquals(CqlType.INT, CqlType.INT.listOf().element());
    assertEquals(CqlType.of(DataTypes.setOf(DataTypes.INT)), CqlType.INT.setOf());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int         | int
          list        | list<int>
          frozen list | list<int>
          map         | map<text,int>
          vector      | vector3<float>
          tuple       | tuple<int,duration>
          udt         | "ks"."address"{"street" text,"Zip" int}
          frozen udt  | "ks"."address"{"street" text,"Zip" int}
          """)
  void theShapeIsWhatBytesMean(String name, String shape) {
    assertEquals(shape, CqlType.of(TYPES.get(name)).shape());
  }
}
