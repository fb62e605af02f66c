package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.Edges;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the driver stores at the edges of each type goes out and comes back as the same bytes: in
 * JSON, NDJSON, CSV, paths, filters and the keys of maps. One table has all types in all places.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class EdgesTest {
  private static final List<DataType> TYPES = List.copyOf(Edges.BY_TYPE.keySet());
  private static final List<DataType> KEYS =
      TYPES.stream().filter(type -> !type.equals(DataTypes.DURATION)).toList();

  private static String table;
  private static PreparedStatement insert;
  private static PreparedStatement delete;

  /** A column and what the driver makes of its value. */
  private record Cell(DataType type, Object value) {
    ByteBuffer bytes() {
      return Edges.bytes(type, value);
    }

    String text() {
      return URLEncoder.encode(Codecs.of(type).text(bytes()), StandardCharsets.UTF_8)
          .replace("+", "%20");
    }
  }

  @BeforeAll
  static void createTable() {
    Map<String, Cell> row = row(0);
    String columns =
        row.entrySet().stream()
            .map(column -> column.getKey() + " " + column.getValue().type().asCql(true, true))
            .collect(Collectors.joining(", "));
    String descending = names("c").stream().map(c -> c + " DESC").collect(Collectors.joining(", "));
    table =
        Cassandra.keyspace(
                "edges",
                "CREATE TABLE $ks.t (%s, PRIMARY KEY ((%s), %s)) WITH CLUSTERING ORDER BY (%s)"
                    .formatted(columns, list(names("p")), list(names("c")), descending))
            + ".t";
    insert =
        Cassandra.session()
            .prepare(
                "INSERT INTO %s (%s) VALUES (%s)"
                    .formatted(
                        table,
                        String.join(", ", row.keySet()),
                        row.keySet().stream().map(c -> "?").collect(Collectors.joining(", "))));
    delete =
        Cassandra.session()
            .prepare(
                "DELETE FROM %s WHERE %s"
                    .formatted(
                        table,
                        names("p").stream()
                            .map(p -> p + " = ?")
                            .collect(Collectors.joining(" AND "))));
  }

  static IntStream rows() {
    return IntStream.range(
        0, TYPES.stream().mapToInt(t -> Edges.BY_TYPE.get(t).size()).max().orElseThrow());
  }

  /** As many rows as the type with the most edges has: the others begin again. */
  private static Map<String, Cell> row(int number) {
    Map<String, Cell> row = new LinkedHashMap<>();
    for (int i = 0; i < KEYS.size(); i++) {
      DataType type = KEYS.get(i);
      List<Object> edges = new ArrayList<>(Edges.BY_TYPE.get(type));
      edges.removeIf(edge -> Edges.bytes(type, edge).remaining() == 0); // they have no path
      row.put("p" + i, new Cell(type, edges.get(number % edges.size())));
      row.put("c" + i, new Cell(type, edges.get((number + 1) % edges.size())));
    }
    for (int i = 0; i < TYPES.size(); i++) {
      DataType type = TYPES.get(i);
      List<Object> edges = Edges.BY_TYPE.get(type);
      Object value = edges.get(number % edges.size());
      Object other = edges.get((number + 1) % edges.size());
      TupleType tuple = DataTypes.tupleOf(type, type);
      row.put("v" + i, new Cell(type, value));
      row.put("l" + i, new Cell(DataTypes.listOf(type), List.of(value, other, value)));
      row.put("t" + i, new Cell(tuple, tuple.newValue(value, null)));
      if (KEYS.contains(type)) {
        row.put("s" + i, new Cell(DataTypes.setOf(type), Set.of(value)));
        row.put("m" + i, new Cell(DataTypes.mapOf(type, type), Map.of(value, other)));
      }
    }
    return row;
  }

  private static List<String> names(String letter) {
    return IntStream.range(0, KEYS.size()).mapToObj(i -> letter + i).toList();
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void comeBackAsTheSameBytes(int number) {
    Map<String, Cell> row = row(number);
    store(row);
    assertStored(row); // Cassandra has changed nothing

    String path = "/v1/" + table.replace('.', '/');
    List<String> key = Stream.concat(names("p").stream(), names("c").stream()).toList();
    String segments = key.stream().map(c -> row.get(c).text()).collect(Collectors.joining("/"));
    String filters =
        key.stream().map(c -> c + "=eq." + row.get(c).text()).collect(Collectors.joining("&"));
    String json = get(path + "/" + segments, "application/json");
    assertEquals("[" + json + "]", get(path + "?" + filters, "application/json"));
    String csv = get(path + "?" + filters, "text/csv");

    comesBack(row, path, "application/json", "[" + json + "]");
    comesBack(row, path, "application/x-ndjson", json + "\n");
    comesBack(row, path, "text/csv", csv);
    delete(row);
  }

  private static void comesBack(
      Map<String, Cell> row, String path, String contentType, String body) {
    delete(row);
    String answer =
        raw()
            .contentType(contentType)
            .body(body.getBytes(StandardCharsets.UTF_8))
            .post(path)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertEquals(true, answer.contains("\"written\":1,\"failed\":0"), answer);
    assertStored(row);
  }

  private static void store(Map<String, Cell> row) {
    BoundStatement bound = insert.bind();
    int i = 0;
    for (Cell cell : row.values()) {
      bound = bound.setBytesUnsafe(i++, cell.bytes());
    }
    Cassandra.session().execute(bound);
  }

  private static void delete(Map<String, Cell> row) {
    BoundStatement bound = delete.bind();
    for (int i = 0; i < KEYS.size(); i++) {
      bound = bound.setBytesUnsafe(i, row.get("p" + i).bytes());
    }
    Cassandra.session().execute(bound);
  }

  private static void assertStored(Map<String, Cell> row) {
    Row stored = one("SELECT %s FROM %s".formatted(String.join(", ", row.keySet()), table));
    int i = 0;
    for (Map.Entry<String, Cell> column : row.entrySet()) {
      assertEquals(
          column.getValue().bytes(), stored.getBytesUnsafe(i++), column.getValue().toString());
    }
  }

  private static String get(String path, String accept) {
    return raw().accept(accept).get(path).then().statusCode(200).extract().asString();
  }

  /** Paths here are encoded already. */
  private static RequestSpecification raw() {
    return given().urlEncodingEnabled(false);
  }
}
