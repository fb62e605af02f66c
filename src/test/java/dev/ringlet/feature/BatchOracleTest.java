package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What batches do is held against what Cassandra does with the same operations: one after the other
 * in both orders, and in a BATCH of the plain driver.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class BatchOracleTest {
  private static final Logger LOG = Logger.getLogger(BatchOracleTest.class);
  private static final int PAIRS = 150;
  private static final int CONDITIONS = 120;

  private static String keyspace;
  private final Random random = new Random(Long.getLong("batch.seed", 1));

  /**
   * @param json with {@code $path} for that of its partition's table
   * @param cql with {@code $table}, and {@code $using} where a timestamp may stand
   */
  private record Operation(String json, String cql, String condition) {
    String json(String table, String partition) {
      return json.replace("$path", "/v1/" + keyspace + "/" + table).replace("$p", partition);
    }

    String cql(String table, String partition, String using) {
      return cql.replace("$table", keyspace + "." + table)
          .replace("$p", partition)
          .replace("$using", using)
          .concat(condition);
    }
  }

  @BeforeAll
  static void createTables() {
    String columns =
        " (p text, c int, v text, w text, tags set<text>, m map<text, int>, s text static,"
            + " PRIMARY KEY (p, c))";
    keyspace =
        Cassandra.keyspace(
            "batch_oracle",
            Stream.of("by_http", "by_driver", "forth", "back")
                .map(table -> "CREATE TABLE $ks." + table + columns)
                .toArray(String[]::new));
  }

  @Test
  void whatDependsOnTheOrderIsRefusedAndTheRestIsDone() {
    Map<String, Integer> tally = new TreeMap<>();
    for (int i = 0; i < PAIRS; i++) {
      String partition = "o" + i;
      Operation one = operation(false);
      Operation other = operation(false);
      List<String> forth = inTurn("forth", partition, one, other);
      List<String> back = inTurn("back", partition, other, one);
      boolean same = forth.equals(back);
      base("by_http", partition);
      Response answer = post(partition, List.of(one, other));
      String what = one + " and " + other + ": " + answer.asString();
      if (answer.statusCode() == 200) {
        assertTrue(same, what);
        assertEquals(forth, rows("by_http", partition), what);
      } else {
        assertEquals("key-mismatch", answer.path("code"), what);
      }
      tally.merge(answer.statusCode() + (same ? " same" : " different"), 1, Integer::sum);
    }
    LOG.infof("of %d pairs: %s", PAIRS, tally);
    assertTrue(tally.get("200 same") > 5 * tally.getOrDefault("400 same", 0), tally.toString());
    assertTrue(tally.get("400 different") > PAIRS / 20, tally.toString());
  }

  @Test
  void conditionsAreJudgedAsByTheDriver() {
    Map<String, Integer> tally = new TreeMap<>();
    for (int i = 0; i < CONDITIONS; i++) {
      String partition = "c" + i;
      List<Operation> operations =
          Stream.concat(
                  Stream.of(operation(true)),
                  Stream.generate(() -> operation(random.nextBoolean())).limit(random.nextInt(3)))
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.shuffle(operations, random);
      base("by_http", partition);
      base("by_driver", partition);
      Response answer = post(partition, operations);
      String what = operations + ": " + answer.asString();
      String code = answer.statusCode() == 200 ? "200" : answer.path("code");
      tally.merge(code, 1, Integer::sum);
      if (!code.equals("key-mismatch")) {
        assertEquals(verdict(partition, operations), code, what);
        assertEquals(rows("by_driver", partition), rows("by_http", partition), what);
      }
    }
    LOG.infof("of %d batches on conditions: %s", CONDITIONS, tally);
    assertTrue(tally.keySet().containsAll(List.of("200", "condition-failed")), tally.toString());
  }

  private static String verdict(String partition, List<Operation> operations) {
    String batch =
        operations.stream()
            .map(operation -> operation.cql("by_driver", partition, ""))
            .collect(Collectors.joining("; ", "BEGIN BATCH ", "; APPLY BATCH"));
    try {
      return Cassandra.session().execute(batch).wasApplied() ? "200" : "condition-failed";
    } catch (InvalidQueryException e) {
      return "condition-not-possible";
    }
  }

  private static Response post(String partition, List<Operation> operations) {
    return given()
        .contentType("application/json")
        .body(
            operations.stream()
                .map(operation -> operation.json("by_http", partition))
                .collect(Collectors.joining(",", "[", "]")))
        .post("/v1");
  }

  private static List<String> inTurn(String table, String partition, Operation... operations) {
    base(table, partition);
    int time = 10;
    for (Operation operation : operations) {
      execute(operation.cql(table, partition, " USING TIMESTAMP " + time++));
    }
    return rows(table, partition);
  }

  /** Rows 0 and 1, and a static value. */
  private static void base(String table, String partition) {
    for (int c = 0; c < 2; c++) {
      execute(
          "INSERT INTO %s.%s (p, c, v, w, tags, m, s) VALUES ('%s', %d, '0', '0', {'0'}, {'0': 0}, '0') USING TIMESTAMP 1"
              .formatted(keyspace, table, partition, c));
    }
  }

  private static List<String> rows(String table, String partition) {
    return execute(
            "SELECT c, v, w, tags, m, s FROM %s.%s WHERE p = '%s'"
                .formatted(keyspace, table, partition))
        .stream()
        .map(row -> row.getFormattedContents())
        .toList();
  }

  private Operation operation(boolean conditional) {
    int c = random.nextInt(3);
    String a = value();
    String b = value();
    String row = " WHERE p = '$p' AND c = " + c;
    String path = "\"$path/$p/" + c + "\"";
    return switch (random.nextInt(conditional ? 4 : 9)) {
      case 0 ->
          of(
              "\"insert\":\"$path\",\"row\":{\"p\":\"$p\",\"c\":%d,\"v\":%s}".formatted(c, json(a)),
              "INSERT INTO $table (p, c, v) VALUES ('$p', %d, %s)$using".formatted(c, a),
              conditional ? "none" : "");
      case 1 ->
          of(
              "\"merge\":%s,\"row\":{\"v\":%s,\"w\":%s}".formatted(path, json(a), json(b)),
              "UPDATE $table$using SET v = %s, w = %s%s".formatted(a, b, row),
              conditional ? there() : "");
      case 2 ->
          of("\"delete\":" + path, "DELETE FROM $table$using" + row, conditional ? there() : "");
      case 3 ->
          of(
              "\"merge\":%s,\"row\":{\"w\":%s}".formatted(path, json(b)),
              "UPDATE $table$using SET w = %s%s".formatted(b, row),
              conditional ? there() : "");
      case 4 ->
          of(
              "\"replace\":%s,\"row\":{\"v\":%s,\"s\":%s}".formatted(path, json(a), json(b)),
              "INSERT INTO $table (p, c, v, w, tags, m, s) VALUES ('$p', %d, %s, null, null, null, %s)$using"
                  .formatted(c, a, b),
              "");
      case 5 ->
          of(
              "\"merge\":\"$path/$p\",\"row\":{\"s\":%s}".formatted(json(a)),
              "UPDATE $table$using SET s = %s WHERE p = '$p'".formatted(a),
              "");
      case 6 -> changed(path, row);
      case 7 -> {
        int next = c + 1;
        List<String> filter = List.of("lte." + c, "gt." + c, "in.(" + c + "," + next + ")");
        List<String> relation = List.of("<= " + c, "> " + c, "IN (" + c + ", " + next + ")");
        int which = random.nextInt(filter.size());
        yield of(
            "\"delete\":\"$path/$p?c=" + filter.get(which) + "\"",
            "DELETE FROM $table$using WHERE p = '$p' AND c " + relation.get(which),
            "");
      }
      default -> of("\"delete\":\"$path/$p\"", "DELETE FROM $table$using WHERE p = '$p'", "");
    };
  }

  private String there() {
    return List.of("there", "there", "column", "static").get(random.nextInt(4));
  }

  private Operation changed(String path, String row) {
    boolean adds = random.nextBoolean();
    String x = random.nextBoolean() ? "x" : "0";
    int n = random.nextInt(2);
    return random.nextBoolean()
        ? of(
            "\"merge\":%s,\"row\":{\"tags\":{\"%s\":[\"%s\"]}}"
                .formatted(path, adds ? "$add" : "$remove", x),
            "UPDATE $table$using SET tags = tags %s {'%s'}%s".formatted(adds ? "+" : "-", x, row),
            "")
        : of(
            "\"merge\":%s,\"row\":{\"m\":{\"$add\":{\"%s\":%d}}}".formatted(path, x, n),
            "UPDATE $table$using SET m = m + {'%s': %d}%s".formatted(x, n, row),
            "");
  }

  /** With a filter in its path, which is the first that ends. */
  private static String filtered(String json, String column) {
    return json.replaceFirst("/(\\d)\"", "/$1?" + column + "=eq.0\"");
  }

  private String value() {
    return List.of("'a'", "'b'", "null").get(random.nextInt(3));
  }

  private static String json(String literal) {
    return literal.replace('\'', '"');
  }

  private static Operation of(String json, String cql, String condition) {
    return switch (condition) {
      case "none" -> new Operation("{" + json + ",\"if_none_match\":\"*\"}", cql, " IF NOT EXISTS");
      case "there" -> new Operation("{" + json + ",\"if_match\":\"*\"}", cql, " IF EXISTS");
      case "column" -> new Operation("{" + filtered(json, "w") + "}", cql, " IF w = '0'");
      case "static" -> new Operation("{" + filtered(json, "s") + "}", cql, " IF s = '0'");
      default -> new Operation("{" + json + "}", cql, "");
    };
  }
}
