package dev.ringlet.value;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import dev.ringlet.local.TestCassandra;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The Cassandra of the build, to be asked what it makes of values. */
final class RealCassandra {
  private RealCassandra() {}

  static CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), TestCassandra.port()))
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
                .build())
        .build();
  }

  /** A new keyspace. */
  static String keyspace(CqlSession session, String name) {
    String keyspace = name + "_" + Long.toString(System.nanoTime(), 36);
    session.execute(
        "CREATE KEYSPACE "
            + keyspace
            + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    return keyspace;
  }
}
