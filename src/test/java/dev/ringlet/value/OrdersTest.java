package dev.ringlet.value;

import static dev.ringlet.value.CodecTestSupport.driver;
import static dev.ringlet.value.CodecTestSupport.read;
import static dev.ringlet.value.CodecTestSupport.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import dev.ringlet.local.OtherCassandra;
import dev.ringlet.local.PlainDriver;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sets and maps of every type are sorted as Cassandra sorts its literals, at any depth: in reversed
 * columns and inside of other types it takes what is bound as it comes.
 */
class OrdersTest {
  private static final DataType INTS = DataTypes.setOf(DataTypes.INT, true);

  private static final Random RANDOM = new Random(28);

  private static CqlSession session;
  private static String keyspace;
  private static List<DataType> types;

  @BeforeAll
  static void createTables() {
    session = PlainDriver.withoutSchema();
    keyspace = PlainDriver.keyspace(session, "orders");
    session.execute("CREATE TYPE %s.u (a decimal, b frozen<set<text>>)".formatted(keyspace));
    types = types();
    session.execute("CREATE TABLE %s.t (id int PRIMARY KEY, %s)".formatted(keyspace, columns(0)));
    int others = types.size();
    types.addAll(vectors());
    if (!OtherCassandra.takes(
        session, "ALTER TABLE %s.t ADD (%s)".formatted(keyspace, columns(others)))) {
      types = types.subList(0, others);
    }
    session.execute(
        """
        CREATE TABLE %s.reversed (id int, s frozen<set<text>>, m frozen<map<int, text>>,
        l frozen<list<frozen<set<int>>>>, PRIMARY KEY (id, s, m, l))
        WITH CLUSTERING ORDER BY (s DESC, m DESC, l DESC)
        """
            .formatted(keyspace));
  }

  @AfterAll
  static void dropTables() {
    session.execute("DROP KEYSPACE " + keyspace);
    session.close();
  }

  /** Not in every version. */
  private static List<DataType> vectors() {
    return Edges.BY_TYPE.keySet().stream()
        .filter(scalar -> !scalar.equals(DataTypes.DURATION))
        .<DataType>map(scalar -> DataTypes.vectorOf(scalar, 2))
        .toList();
  }

  private static String columns(int from) {
    return IntStream.range(from, types.size())
        .mapToObj(i -> "c%d %s".formatted(i, set(types.get(i)).asCql(true, true)))
        .collect(Collectors.joining(", "));
  }

  private static List<DataType> types() {
    List<DataType> types = new ArrayList<>();
    UserDefinedType udt =
        new UserDefinedTypeBuilder(keyspace, "u")
            .withField("a", DataTypes.DECIMAL)
            .withField("b", DataTypes.setOf(DataTypes.TEXT, true))
            .frozen()
            .build();
    types.add(udt);
    for (DataType scalar : Edges.BY_TYPE.keySet()) {
      if (!scalar.equals(DataTypes.DURATION)) { // not in sets
        types.add(scalar);
        types.add(DataTypes.listOf(scalar, true));
        types.add(DataTypes.setOf(scalar, true));
        types.add(DataTypes.mapOf(scalar, INTS, true));
        types.add(DataTypes.tupleOf(scalar, DataTypes.setOf(scalar, true)));
      }
    }
    types.add(DataTypes.setOf(udt, true));
    types.add(DataTypes.listOf(DataTypes.mapOf(INTS, DataTypes.listOf(INTS, true), true), true));
    return types;
  }

  @Test
  void areThoseOfCassandrasLiterals() {
    List<String> different = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      DataType set = set(types.get(i));
      Set<Object> values = some(types.get(i), 12);
      String literal = CodecRegistry.DEFAULT.<Object>codecFor(set).format(values);
      session.execute("INSERT INTO %s.t (id, c%d) VALUES (1, %s)".formatted(keyspace, i, literal));
      ByteBuffer theirs =
          session
              .execute("SELECT c%d FROM %s.t WHERE id = 1".formatted(i, keyspace))
              .one()
              .getBytesUnsafe(0);
      String json = write(set, driver(set, values)); // in the order of the driver, which is chance
      if (!theirs.equals(read(set, json)) || !theirs.equals(Codecs.of(set).parse(json))) {
        different.add(set.asCql(true, true) + " " + json + ", not " + write(set, theirs));
      }
    }
    assertEquals(List.of(), different);
  }

  @Test
  void aReversedKeyIsThatOfTheLiteral() {
    List<DataType> key =
        List.of(
            DataTypes.setOf(DataTypes.TEXT, true),
            DataTypes.mapOf(DataTypes.INT, DataTypes.TEXT, true),
            DataTypes.listOf(INTS, true));
    List<String> json =
        List.of("[\"b\",\"a\",\"b\"]", "{\"2\":\"x\",\"-1\":\"y\"}", "[[3,-1,3,2],[]]");
    session.execute(
        "INSERT INTO %s.reversed (id, s, m, l) VALUES (1, {'a', 'b'}, {-1: 'y', 2: 'x'}, [{-1, 2, 3}, {}])"
            .formatted(keyspace));
    var insert =
        session
            .prepare(
                "INSERT INTO %s.reversed (id, s, m, l) VALUES (1, ?, ?, ?)".formatted(keyspace))
            .bind();
    for (int i = 0; i < key.size(); i++) {
      insert = insert.setBytesUnsafe(i, read(key.get(i), json.get(i)));
    }
    session.execute(insert);
    assertEquals(1, session.execute("SELECT * FROM %s.reversed".formatted(keyspace)).all().size());
  }

  private static DataType set(DataType element) {
    return DataTypes.setOf(element, true);
  }

  private static Set<Object> some(DataType type, int most) {
    if (Edges.BY_TYPE.containsKey(type)) {
      List<Object> edges = new ArrayList<>(Edges.BY_TYPE.get(type));
      edges.removeIf(edge -> !isLiteral(type, edge));
      Collections.shuffle(edges, RANDOM);
      return new LinkedHashSet<>(edges.subList(0, Math.min(edges.size(), 2 * most)));
    }
    return several(most, () -> any(type));
  }

  private static Set<Object> several(int most, Supplier<Object> value) {
    Set<Object> values = new LinkedHashSet<>();
    for (int i = 0; i < most; i++) {
      values.add(value.get());
    }
    return values;
  }

  /** The driver's text of some values is no literal of CQL. */
  private static boolean isLiteral(DataType type, Object edge) {
    if (type.equals(DataTypes.TIMESTAMP)) {
      String text = edge.toString();
      return text.length() <= 24 && text.charAt(0) > '0';
    }
    return !(edge instanceof BigDecimal decimal) || Math.abs(decimal.doubleValue()) < 1e300;
  }

  private static Object any(DataType type) {
    if (type instanceof com.datastax.oss.driver.api.core.type.ListType list) {
      return new ArrayList<>(some(list.getElementType(), RANDOM.nextInt(4)));
    } else if (type instanceof com.datastax.oss.driver.api.core.type.SetType set) {
      return several(RANDOM.nextInt(4), () -> any(set.getElementType()));
    } else if (type instanceof com.datastax.oss.driver.api.core.type.MapType map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (int i = RANDOM.nextInt(4); i > 0; i--) {
        entries.put(any(map.getKeyType()), any(map.getValueType()));
      }
      return entries;
    } else if (type instanceof com.datastax.oss.driver.api.core.type.VectorType vector) {
      return CqlVector.newInstance(
          IntStream.range(0, vector.getDimensions())
              .mapToObj(i -> any(vector.getElementType()))
              .toList());
    } else if (type instanceof TupleType tuple) {
      return tuple.newValue(
          tuple.getComponentTypes().stream().map(OrdersTest::anyOrNull).toArray());
    } else if (type instanceof UserDefinedType udt) {
      return udt.newValue(udt.getFieldTypes().stream().map(OrdersTest::anyOrNull).toArray());
    }
    return some(type, 1).iterator().next();
  }

  private static Object anyOrNull(DataType type) {
    // the driver writes a set that is null as one that is empty
    boolean scalar = Edges.BY_TYPE.containsKey(type);
    return scalar && RANDOM.nextInt(4) == 0 ? null : any(type);
  }
}
