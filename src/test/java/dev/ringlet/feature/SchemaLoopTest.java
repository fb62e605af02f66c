package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rows are written in every form while the schema changes without end: what is stored is always
 * what was sent.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(SchemaLoopTest.Scanned.class)
class SchemaLoopTest {
  /** Readers read the table, too. */
  public static class Scanned implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ringlet.scan", "*");
    }
  }

  private static final int ROUNDS = 6;
  private static final int SOME = 40;

  /** What a client may be told while the table changes, if it knows all of the time what it is. */
  private static final Set<String> ALWAYS =
      Set.of(
          "503 schema-changing",
          "schema-changing of a row",
          "404 unknown-table",
          "unknown-table of a row",
          "404 row-not-found",
          "412 condition-failed");

  @Test
  void ofATableThatIsDroppedAndMadeAgainWithOtherTypes() {
    String keyspace =
        Cassandra.keyspace("looped", "CREATE TYPE $ks.pair (x int, y text)", texts("$ks"));
    SchemaWriters writers =
        new SchemaWriters(
            keyspace, "t", "\"a\":5,\"b\":\"7\",\"d\":\"2026-11-22\",\"s\":\"abcd\",\"l\":[1,2]");
    writers.start();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      writers.awaitWritten(SOME);
      rows(keyspace)
          .filter(row -> !isText(row))
          .forEach(row -> wrong.add(row.getFormattedContents()));
      executeAll(
          keyspace,
          "ALTER TABLE $ks.t ADD more int",
          "CREATE INDEX i ON $ks.t (a)",
          "ALTER TABLE $ks.t DROP more",
          "DROP INDEX $ks.i");
      executeAll(keyspace, "DROP TABLE $ks.t", bytes(keyspace));
      writers.awaitWritten(SOME);
      rows(keyspace)
          .filter(row -> !isBytes(row))
          .forEach(row -> wrong.add(row.getFormattedContents()));
      executeAll(keyspace, "DROP TABLE $ks.t", texts(keyspace));
    }
    // Cassandra fails at what it does with a table that is dropped under it
    Set<String> answers =
        others(
            writers.stop(),
            Set.of(
                "503 unavailable",
                "unavailable of a row",
                "504 write-outcome-unknown",
                "write-outcome-unknown of a row"));
    assertAll(() -> assertEquals(List.of(), wrong), () -> assertEquals(Set.of(), answers));
  }

  @Test
  void ofATypeWhoseFieldsAreRenamedIntoEachOther() {
    String keyspace =
        Cassandra.keyspace(
            "renamed",
            "CREATE TYPE $ks.pair (x text, y text)",
            "CREATE TABLE $ks.t (k text PRIMARY KEY, u frozen<pair>, s text, l list<int>)");
    SchemaWriters writers =
        new SchemaWriters(keyspace, "t", "\"u\":{\"x\":\"of x\",\"y\":\"of y\"}");
    writers.start();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String epoch = writers.nextEpoch();
      writers.awaitWritten(SOME);
      long seen =
          rows(keyspace)
              .filter(row -> row.getString("k").substring(1).startsWith(epoch))
              .filter(row -> row.getUdtValue("u") != null)
              .peek(row -> add(wrong, row.getUdtValue("u")))
              .count();
      assertTrue(seen > 0, "nothing was written between two changes");
      executeAll(
          keyspace,
          "ALTER TYPE $ks.pair RENAME x TO z",
          "ALTER TYPE $ks.pair RENAME y TO x",
          "ALTER TYPE $ks.pair RENAME z TO y");
    }
    Set<String> answers =
        others(writers.stop(), Set.of("400 invalid-value", "invalid-value of a row"));
    assertAll(() -> assertEquals(List.of(), wrong), () -> assertEquals(Set.of(), answers));
  }

  private static void add(List<String> wrong, UdtValue pair) {
    if (!"of x".equals(pair.getString("x")) || !"of y".equals(pair.getString("y"))) {
      wrong.add(pair.getFormattedContents());
    }
  }

  private static Set<String> others(Set<String> answers, Set<String> allowed) {
    Set<String> others = new TreeSet<>(answers);
    others.removeAll(ALWAYS);
    others.removeAll(allowed);
    return others;
  }

  private static String texts(String keyspace) {
    return ("CREATE TABLE %s.t (k text PRIMARY KEY, a int, b bigint, d date, s text,"
            + " l list<int>)")
        .formatted(keyspace);
  }

  /** Of the same widths. */
  private static String bytes(String keyspace) {
    return ("CREATE TABLE %s.t (k blob PRIMARY KEY, a float, b double, d text, s blob,"
            + " l list<float>)")
        .formatted(keyspace);
  }

  private static boolean isText(Row row) {
    return row.getString("k").length() == 8
        && (row.isNull("a") || row.getInt("a") == 5)
        && (row.isNull("b") || row.getLong("b") == 7)
        && (row.isNull("d") || row.getLocalDate("d").toString().equals("2026-11-22"))
        && (row.isNull("s") || row.getString("s").equals("abcd"))
        && (row.isNull("l") || Set.copyOf(row.getList("l", Integer.class)).equals(Set.of(1, 2)));
  }

  private static boolean isBytes(Row row) {
    return row.getByteBuffer("k").remaining() == 6
        && (row.isNull("a") || row.getFloat("a") == 5)
        && (row.isNull("b") || row.getDouble("b") == 7)
        && (row.isNull("d") || row.getString("d").equals("2026-11-22"))
        && (row.isNull("s") || row.getByteBuffer("s").remaining() == 3)
        && (row.isNull("l") || Set.copyOf(row.getList("l", Float.class)).equals(Set.of(1f, 2f)));
  }

  private static Stream<Row> rows(String keyspace) {
    return execute("SELECT * FROM %s.t".formatted(keyspace)).stream();
  }

  private static void executeAll(String keyspace, String... statements) {
    for (String statement : statements) {
      execute(statement.replace("$ks", keyspace));
    }
  }
}
