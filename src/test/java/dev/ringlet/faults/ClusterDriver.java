package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The plain driver on the cluster: makes tables, and says what is really in them. */
final class ClusterDriver {
  private ClusterDriver() {}

  static CqlSession open(String contactPoints) {
    return CqlSession.builder()
        .addContactPoints(
            Arrays.stream(contactPoints.split(",", -1))
                .map(point -> point.split(":", 2))
                .map(point -> new InetSocketAddress(point[0], Integer.parseInt(point[1])))
                .toList())
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }

  /** Waits until a new session can write at LOCAL_QUORUM: then the cluster serves. */
  static void awaitServing(String contactPoints, String insert) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(DriverException.class)
        .until(
            () -> {
              try (CqlSession session = open(contactPoints)) {
                return session
                    .execute(
                        SimpleStatement.newInstance(insert)
                            .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM))
                    .wasApplied();
              }
            });
  }

  /** The different texts of a column. */
  static Set<String> texts(CqlSession session, String table, String column) {
    return new HashSet<>(all(session, table, column));
  }

  /** The texts of a column of all rows, once all nodes answer. */
  static List<String> all(CqlSession session, String table, String column) {
    return await()
        .ignoreExceptionsInstanceOf(DriverException.class)
        .until(() -> read(session, table, column), texts -> true);
  }

  private static List<String> read(CqlSession session, String table, String column) {
    List<String> texts = new ArrayList<>();
    session
        .execute(
            SimpleStatement.newInstance("SELECT %s FROM %s".formatted(column, table))
                .setConsistencyLevel(ConsistencyLevel.ALL))
        .forEach(row -> texts.add(row.getString(0)));
    return texts;
  }

  /**
   * A keyspace with three replicas and a table in it. All changes go through one node, for the next
   * may not have heard of the last; then each is asked for the table.
   */
  static void create(CqlSession session, String keyspace, String table) {
    Node one = session.getMetadata().getNodes().values().iterator().next();
    String replication = "{'class': 'NetworkTopologyStrategy', 'datacenter1': 3}";
    for (String ddl :
        new String[] {
          "CREATE KEYSPACE " + keyspace + " WITH replication = " + replication,
          "CREATE TABLE " + keyspace + "." + table
        }) {
      session.execute(SimpleStatement.newInstance(ddl).setNode(one));
    }
    String select = "SELECT * FROM " + keyspace + "." + table.split(" ", 2)[0] + " LIMIT 1";
    for (Node node : session.getMetadata().getNodes().values()) {
      await()
          .ignoreExceptionsInstanceOf(DriverException.class)
          .until(
              () ->
                  session.execute(SimpleStatement.newInstance(select).setNode(node)).wasApplied());
    }
  }
}
