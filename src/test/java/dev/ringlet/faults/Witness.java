package dev.ringlet.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** A keyspace with a table to write to, and one that nobody writes to. */
final class Witness implements AutoCloseable {
  static final String KEYSPACE = "injection";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CqlSession session;
  private final List<String> before;

  Witness(String contactPoints) {
    session = ClusterDriver.open(contactPoints);
    for (String statement :
        List.of(
            "DROP KEYSPACE IF EXISTS injection",
            "CREATE KEYSPACE injection WITH replication ="
                + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
            "CREATE TABLE injection.witness (k text PRIMARY KEY, t text)",
            "CREATE TABLE injection.data (k text, c text, t text, m map<text, text>, s set<text>,"
                + " PRIMARY KEY (k, c))",
            "INSERT INTO injection.witness (k, t) VALUES ('a', 'one')",
            "INSERT INTO injection.witness (k, t) VALUES ('b', 'two')")) {
      session.execute(statement);
    }
    before = state();
  }

  /** The schema of everything, and what the witness has. */
  private List<String> state() {
    return List.of(
        rows("SELECT keyspace_name, durable_writes, replication FROM system_schema.keyspaces"),
        rows("SELECT * FROM system_schema.tables WHERE keyspace_name = 'injection'"),
        rows("SELECT * FROM system_schema.columns WHERE keyspace_name = 'injection'"),
        rows("SELECT * FROM system_schema.indexes WHERE keyspace_name = 'injection'"),
        rows("SELECT role, is_superuser FROM system_auth.roles"),
        rows("SELECT k, t, writetime(t) FROM injection.witness"));
  }

  private String rows(String select) {
    return session.execute(select).all().stream()
        .map(Row::getFormattedContents)
        .toList()
        .toString();
  }

  Row row(String k, String c) {
    return session.execute("SELECT * FROM injection.data WHERE k = ? AND c = ?", k, c).one();
  }

  void assertNothingElseHappened(String log) throws IOException {
    assertEquals(before, state());
    String whole = log.substring(0, log.lastIndexOf('\n') + 1); // the last line may be on its way
    for (String line : whole.split("\n", -1)) {
      if (!line.isEmpty()) {
        JsonNode event = JSON.readTree(line);
        assertTrue(event.path("timestamp").isTextual(), line);
        assertTrue(!event.path("message").asText().equals("forged"), line);
        assertTrue(!event.path("level").asText().equals("ERROR"), line);
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
