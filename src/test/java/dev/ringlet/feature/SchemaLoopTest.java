package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * Rows are written in every form while the schema changes without end: what is stored is always
 * what was sent.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class SchemaLoopTest {
  private static final int SOME = 40;

  /** Of version 1, which a uuid may be, and a timeuuid is. */
  private static final UUID TIME = UUID.fromString("13814000-1dd2-11b2-8000-0123456789ab");

  /** What a client may be told while the table changes, if it knows all of the time what it is. */
  private static final Set<String> ALWAYS =
      Set.of(
          "503 schema-changing",
          "schema-changing of a row",
          "404 unknown-table",
          "unknown-table of a row",
          "404 row-not-found",
          "412 condition-failed");

  /** Where the application is. */
  List<String> instances() {
    return List.of(ConfigProvider.getConfig().getValue("test.url", String.class));
  }

  /** How often the schema changes. */
  int rounds() {
    return 4;
  }

  @Test
  void ofATableThatIsDroppedAndMadeAgainWithOtherTypes() {
    String keyspace =
        Cassandra.keyspace("looped", "CREATE TYPE $ks.pair (x int, y text)", texts("$ks"));
    SchemaWriters writers =
        new SchemaWriters(
            instances(),
            keyspace,
            "",
            ("\"a\":5,\"b\":\"7\",\"d\":\"2026-11-22\",\"s\":\"abcd\",\"l\":[1,2],"
                    + "\"u\":\"%s\",\"i\":\"%s\"")
                .formatted(TIME, TIME));
    writers.start();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rounds(); i++) {
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
        new SchemaWriters(instances(), keyspace, "", "\"u\":{\"x\":\"of x\",\"y\":\"of y\"}");
    writers.start();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rounds(); i++) {
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
          "ALTER TYPE $ks.pair RENAME z TO y",
          "ALTER TYPE $ks.pair ADD added_%d int".formatted(i));
    }
    Set<String> answers =
        others(writers.stop(), Set.of("400 invalid-value", "invalid-value of a row"));
    assertAll(() -> assertEquals(List.of(), wrong), () -> assertEquals(Set.of(), answers));
  }

  /** As bodies name the columns, and paths that say something else are refused. */
  @Test
  void ofATableWhoseKeyColumnsAreRenamedIntoEachOther() {
    String keyspace =
        Cassandra.keyspace(
            "rekeyed",
            "CREATE TABLE $ks.t (k text, a text, b text, s text, l list<int>,"
                + " PRIMARY KEY (k, a, b))");
    SchemaWriters writers =
        new SchemaWriters(
            instances(),
            keyspace,
            "/of%20a/of%20b",
            "\"a\":\"of a\",\"b\":\"of b\",\"s\":\"abcd\"");
    writers.start();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rounds(); i++) {
      String epoch = writers.nextEpoch();
      writers.awaitWritten(SOME);
      long seen =
          rows(keyspace)
              .filter(row -> row.getString("k").substring(1).startsWith(epoch))
              .filter(row -> !row.getString("k").startsWith("a")) // no names, but a path
              .peek(row -> addKey(wrong, row))
              .count();
      assertTrue(seen > 0, "nothing was written between two changes");
      executeAll(
          keyspace,
          "ALTER TABLE $ks.t RENAME a TO z",
          "ALTER TABLE $ks.t RENAME b TO a",
          "ALTER TABLE $ks.t RENAME z TO b",
          "ALTER TABLE $ks.t RENAME k TO key",
          "ALTER TABLE $ks.t RENAME key TO k");
    }
    Set<String> answers =
        others(
            writers.stop(),
            Set.of(
                "400 unknown-column",
                "unknown-column of a row",
                "400 key-mismatch",
                "400 incomplete-primary-key",
                "incomplete-primary-key of a row"));
    assertAll(() -> assertEquals(List.of(), wrong), () -> assertEquals(Set.of(), answers));
  }

  private static void addKey(List<String> wrong, Row row) {
    if (!"of a".equals(row.getString("a")) || !"of b".equals(row.getString("b"))) {
      wrong.add(row.getFormattedContents());
    }
  }

  private static void add(List<String> wrong, UdtValue pair) {
    boolean added =
        pair.getType().getFieldNames().stream().skip(2).anyMatch(field -> !pair.isNull(field));
    if (!"of x".equals(pair.getString("x")) || !"of y".equals(pair.getString("y")) || added) {
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
            + " l list<int>, u uuid, i timeuuid)")
        .formatted(keyspace);
  }

  /** Of the same widths. */
  private static String bytes(String keyspace) {
    return ("CREATE TABLE %s.t (k blob PRIMARY KEY, a float, b double, d text, s blob,"
            + " l list<float>, u timeuuid, i uuid)")
        .formatted(keyspace);
  }

  private static boolean isTime(Row row) {
    return (row.isNull("u") || row.getUuid("u").equals(TIME))
        && (row.isNull("i") || row.getUuid("i").equals(TIME));
  }

  private static boolean isText(Row row) {
    return isTime(row)
        && row.getString("k").length() == 8
        && (row.isNull("a") || row.getInt("a") == 5)
        && (row.isNull("b") || row.getLong("b") == 7)
        && (row.isNull("d") || row.getLocalDate("d").toString().equals("2026-11-22"))
        && (row.isNull("s") || row.getString("s").equals("abcd"))
        && (row.isNull("l") || Set.copyOf(row.getList("l", Integer.class)).equals(Set.of(1, 2)));
  }

  private static boolean isBytes(Row row) {
    return isTime(row)
        && row.getByteBuffer("k").remaining() == 6
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
