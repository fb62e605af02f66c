package dev.ringlet.value;

import static dev.ringlet.value.CodecTestSupport.driver;
import static dev.ringlet.value.CodecTestSupport.read;
import static dev.ringlet.value.CodecTestSupport.refused;
import static dev.ringlet.value.CodecTestSupport.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import com.sun.management.ThreadMXBean;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerCodecTest {
  private static final DataType INTS = DataTypes.listOf(DataTypes.INT);
  private static final DataType BY_TEXT = DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT);
  private static final DataType BY_INT = DataTypes.mapOf(DataTypes.INT, DataTypes.INT);
  private static final TupleType PAIR = DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT);
  private static final UserDefinedType PERSON =
      new UserDefinedTypeBuilder("ks", "person")
          .withField("name", DataTypes.TEXT)
          .withField(CqlIdentifier.fromInternal("Age"), DataTypes.INT)
          .withField("tags", DataTypes.setOf(DataTypes.TEXT))
          .build();

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(INTS, "[]", List.of()),
        Arguments.of(INTS, "[3,1,3]", List.of(3, 1, 3)),
        Arguments.of(DataTypes.setOf(DataTypes.TEXT), "[\"a\"]", Set.of("a")),
        Arguments.of(DataTypes.listOf(INTS), "[[1],[]]", List.of(List.of(1), List.of())),
        Arguments.of(BY_TEXT, "{}", Map.of()),
        Arguments.of(BY_TEXT, "{\"\":1}", Map.of("", 1)),
        Arguments.of(
            DataTypes.mapOf(DataTypes.INT, DataTypes.BIGINT), "{\"-7\":\"8\"}", Map.of(-7, 8L)),
        Arguments.of(
            DataTypes.mapOf(DataTypes.BLOB, DataTypes.BOOLEAN),
            "{\"AQ==\":true}",
            Map.of(ByteBuffer.wrap(new byte[] {1}), true)),
        Arguments.of(
            DataTypes.mapOf(INTS, DataTypes.TEXT), "[[[1,2],\"x\"]]", Map.of(List.of(1, 2), "x")),
        Arguments.of(PAIR, "[1,\"a\"]", PAIR.newValue(1, "a")),
        Arguments.of(PAIR, "[null,\"a\"]", PAIR.newValue(null, "a")),
        Arguments.of(
            PERSON,
            "{\"name\":\"Ada\",\"Age\":null,\"tags\":[\"x\"]}",
            PERSON.newValue("Ada", null, Set.of("x"))),
        Arguments.of(
            DataTypes.vectorOf(DataTypes.FLOAT, 3),
            "[0.5,-1.0,2.0]",
            CqlVector.newInstance(0.5f, -1f, 2f)),
        Arguments.of(
            DataTypes.vectorOf(DataTypes.TEXT, 2),
            "[\"a\",\"" + "b".repeat(300) + "\"]",
            CqlVector.newInstance("a", "b".repeat(300))),
        Arguments.of(
            DataTypes.vectorOf(DataTypes.SMALLINT, 2),
            "[1,2]",
            CqlVector.newInstance((short) 1, (short) 2)),
        Arguments.of(
            DataTypes.vectorOf(DataTypes.vectorOf(DataTypes.INT, 2), 2),
            "[[1,2],[3,4]]",
            CqlVector.newInstance(
                List.of(CqlVector.newInstance(1, 2), CqlVector.newInstance(3, 4)))),
        Arguments.of(
            DataTypes.mapOf(DataTypes.TEXT, DataTypes.listOf(PERSON)),
            "{\"team\":[{\"name\":\"Ada\",\"Age\":36,\"tags\":null}]}",
            Map.of("team", List.of(PERSON.newValue("Ada", 36, null)))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void goesOutAndComesBackAsTheDriversBytes(DataType type, String json, Object value) {
    ByteBuffer bytes = driver(type, value);
    assertEquals(json, write(type, bytes));
    assertEquals(bytes, read(type, json));
    assertEquals(json, Codecs.of(type).text(bytes));
    assertEquals(bytes, Codecs.of(type).parse(json));
  }

  @Test
  void takesShorterTuplesAndPartialObjects() {
    assertEquals(driver(PAIR, PAIR.newValue(1, null)), read(PAIR, "[1]"));
    assertEquals(driver(PERSON, PERSON.newValue(null, 3, null)), read(PERSON, "{\"Age\":3}"));
  }

  @Test
  void takesAMapAsPairsToo() {
    assertEquals(driver(BY_TEXT, Map.of("a", 1)), read(BY_TEXT, "[[\"a\",1]]"));
    DataType byList = DataTypes.mapOf(INTS, DataTypes.TEXT);
    assertEquals(driver(byList, Map.of(List.of(1), "x")), read(byList, "{\"[1]\":\"x\"}"));
  }

  @Test
  void sortsSetsAndMapsAsCassandraDoes() {
    assertEquals("[-1,2,10]", sorted(DataTypes.setOf(DataTypes.INT), "[10,-1,2,10]"));
    assertEquals("{\"-1\":2,\"10\":1}", sorted(BY_INT, "{\"10\":1,\"-1\":2}"));
    assertEquals("{\"-1\":2,\"10\":1}", sorted(BY_INT, "[[10,1],[-1,2]]"));
    assertEquals(
        "[\"a\",\"\uffff\",\"😀\"]",
        sorted(DataTypes.setOf(DataTypes.TEXT), "[\"😀\",\"\uffff\",\"a\"]"));
    assertEquals("[\"1.0\",\"2\"]", sorted(DataTypes.setOf(DataTypes.DECIMAL), "[2,1.0,1.00]"));
    DataType nested = DataTypes.listOf(DataTypes.setOf(DataTypes.setOf(DataTypes.INT)));
    assertEquals("[[[],[1],[1,2],[2]]]", sorted(nested, "[[[2],[2,1],[1],[]]]"));
    assertEquals(
        "{\"name\":null,\"Age\":null,\"tags\":[\"a\",\"b\"]}",
        sorted(PERSON, "{\"tags\":[\"b\",\"a\"]}"));
  }

  private static String sorted(DataType type, String json) {
    return write(type, read(type, json));
  }

  @Test
  void showsFieldsAddedToATypeLaterAsNull() {
    ByteBuffer older = ByteBuffer.allocate(7).putInt(3).put(new byte[] {'A', 'd', 'a'}).flip();
    assertEquals("{\"name\":\"Ada\",\"Age\":null,\"tags\":null}", write(PERSON, older));
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        Arguments.of(INTS, "{}", ""),
        Arguments.of(INTS, "\"[1]\"", ""),
        Arguments.of(INTS, "[1,null]", "/1"),
        Arguments.of(INTS, "[1,2,\"x\"]", "/2"),
        Arguments.of(DataTypes.listOf(INTS), "[[1],[2,true]]", "/1/1"),
        Arguments.of(BY_TEXT, "[1]", "/0"),
        Arguments.of(BY_TEXT, "[[\"a\"]]", "/0"),
        Arguments.of(BY_TEXT, "[[\"a\",1,2]]", "/0/2"),
        Arguments.of(BY_TEXT, "[[\"a\",1],[\"a\",2]]", "/1/0"),
        Arguments.of(
            DataTypes.mapOf(DataTypes.listOf(DataTypes.DECIMAL), DataTypes.INT),
            "[[[1.0],1],[[1.00],2]]",
            "/1/0"),
        Arguments.of(BY_TEXT, "{\"a\":null}", "/a"),
        Arguments.of(BY_TEXT, "{\"a\":\"x\"}", "/a"),
        Arguments.of(DataTypes.mapOf(DataTypes.INT, DataTypes.INT), "{\"x\":1}", "/x"),
        Arguments.of(PAIR, "[1,\"a\",2]", "/2"),
        Arguments.of(PAIR, "{}", ""),
        Arguments.of(PERSON, "{\"age\":1}", "/age"),
        Arguments.of(PERSON, "[]", ""),
        Arguments.of(DataTypes.vectorOf(DataTypes.FLOAT, 2), "[1]", ""),
        Arguments.of(DataTypes.vectorOf(DataTypes.FLOAT, 2), "[1,2,3]", "/2"),
        Arguments.of(DataTypes.vectorOf(DataTypes.FLOAT, 2), "[1,null]", "/1"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void refusesAndSaysWhere(DataType type, String json, String pointer) {
    assertEquals(pointer, refused(type, json).pointer());
  }

  @Test
  void aMemberThatComesTwiceIsNoJson() {
    for (String json : List.of("{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}")) {
      ApiException e = assertThrows(ApiException.class, () -> read(BY_TEXT, json));
      assertEquals(ErrorCode.INVALID_JSON, e.code());
    }
    assertThrows(
        ApiException.class,
        () -> read(DataTypes.mapOf(DataTypes.INT, DataTypes.INT), "{\"1\":1,\"01\":2}"));
    assertThrows(
        ApiException.class,
        () -> read(DataTypes.mapOf(DataTypes.DECIMAL, DataTypes.INT), "{\"1.0\":1,\"1.00\":2}"));
    assertThrows(ApiException.class, () -> read(PERSON, "{\"name\":\"a\",\"name\":\"b\"}"));
  }

  /**
   * As many as a body may have, of different scales: each is looked for among long ones first. By
   * BigDecimal it takes 2.2 GB of numbers, and three seconds; now 0.45 GB.
   */
  @Test
  void decimalsAmongLongOnesAreComparedAsTheyAre() {
    Stream<String> spread =
        IntStream.range(0, 256).mapToObj(i -> "1.%05d%s1".formatted(i * 250, "0".repeat(992)));
    Stream<String> small = IntStream.range(0, 65_000).mapToObj("1.%05d"::formatted);
    String json =
        Stream.concat(spread, small)
            .map(key -> '"' + key + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    DataType map = DataTypes.mapOf(DataTypes.DECIMAL, DataTypes.INT);
    ByteBuffer cold = read(map, json);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertEquals(cold, read(map, json));
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 1_000_000_000, bytes + " bytes");
  }

  /** Of elements that have not come. */
  @Test
  void aLongVectorTakesNoMemoryBeforeThereIsRoom() {
    DataType vector = DataTypes.vectorOf(DataTypes.FLOAT, 100_000_000);
    ApiException e = assertThrows(ApiException.class, () -> read(vector, "[]"));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
  }

  /** Of many errors that wait until they are taken. */
  @Test
  void cutsLongKeysInErrors() {
    String key = "x".repeat(40_000);
    String pointer = "/" + "x".repeat(199) + "…";
    assertEquals(pointer, refused(BY_TEXT, "{\"%s\":true}".formatted(key)).pointer());
    ApiException e =
        assertThrows(
            ApiException.class, () -> read(BY_TEXT, "{\"%s\":1,\"%s\":2}".formatted(key, key)));
    assertEquals("The member " + "x".repeat(100) + "… comes twice.", e.detail());
    assertEquals(pointer, e.members().get("pointer"));
  }

  private static String array(String element, int bytes) {
    return "[" + (element + ",").repeat(bytes / (element.length() + 1) - 1) + element + "]";
  }

  /** No value takes more for its text than a bigint of one digit. */
  @Test
  void valuesOfAWholeBodyHaveRoom() {
    String ones = array("1", 1 << 20);
    DataType bigints = DataTypes.listOf(DataTypes.BIGINT);
    assertEquals(4 + (1 << 19) * 12, read(bigints, ones).remaining());
    assertEquals(4 + (1 << 19) * 12, Codecs.of(bigints).parse(ones).remaining());
    assertEquals(16, read(DataTypes.setOf(DataTypes.BIGINT), ones).remaining());
    DataType lists = DataTypes.listOf(bigints);
    assertEquals(4 + (1 << 18) * 20, read(lists, array("[1]", 1 << 20)).remaining());
  }

  /** Each field that is left out is a null of four bytes. */
  @Test
  void fieldsThatAreLeftOutHaveRoomToo() {
    UserDefinedTypeBuilder wide = new UserDefinedTypeBuilder("ks", "wide");
    for (int i = 0; i < 30; i++) {
      wide = wide.withField("f" + i, DataTypes.INT);
    }
    UserDefinedType type = wide.build();
    DataType many = DataTypes.listOf(type);
    assertEquals(4 + 50_000 * 124, read(many, array("{}", 150_000)).remaining());
    String tooMany = array("{}", 300_000);
    String half = array("{}", 140_000);
    DataType halves = DataTypes.tupleOf(many, DataTypes.setOf(DataTypes.listOf(type)));
    Map<DataType, String> bodies =
        Map.of(
            many,
            tooMany,
            DataTypes.mapOf(DataTypes.TEXT, many),
            "{\"a\":%s}".formatted(tooMany),
            halves,
            "[%s,[%s]]".formatted(half, half),
            DataTypes.vectorOf(many, 2),
            "[%s,%s]".formatted(half, half));
    bodies.forEach(
        (one, json) -> {
          for (Executable body :
              List.<Executable>of(() -> read(one, json), () -> Codecs.of(one).parse(json))) {
            ApiException e = assertThrows(ApiException.class, body);
            assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
          }
        });
  }

  @Test
  void refusesTextThatIsNotOneJsonValue() {
    for (String text : List.of("", "[1", "[1] 2", "1")) {
      assertThrows(InvalidValueException.class, () -> Codecs.of(INTS).parse(text), text);
    }
  }

  /** The hash of a ByteBuffer is easy to meet: that of aA is that of BB. */
  @Test
  void keysOfMapsAreAsLongAsTextsAre() {
    String json = "{\"%s\":1}".formatted("x".repeat(65_535));
    DataType map = DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT);
    assertEquals(json, Codecs.of(map).text(Codecs.of(map).parse(json)));
  }

  @Test
  void aHundredThousandKeysOfOneHashAreReadInNoTime() {
    List<String> keys = List.of("");
    for (int i = 0; i < 17; i++) {
      keys = keys.stream().flatMap(key -> Stream.of(key + "aA", key + "BB")).toList();
    }
    String json =
        keys.stream().map(key -> '"' + key + "\":1").collect(Collectors.joining(",", "{", "}"));
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(BY_TEXT, json));
  }
}
