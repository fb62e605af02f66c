package dev.ringlet.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The driver as it is, without what the application sets, on the Cassandra of the tests. */
public final class PlainDriver {
  private PlainDriver() {}

  /** That knows the schema at once. */
  public static CqlSession session() {
    return session(
        settings ->
            settings.withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ZERO));
  }

  /** That does not read the schema unless it is asked to. */
  public static CqlSession withoutSchema() {
    return session(
        settings -> settings.withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false));
  }

  /** A new keyspace, with a name of its own. */
  public static String keyspace(CqlSession session, String name) {
    String keyspace = name + "_" + Long.toString(System.nanoTime(), 36);
    session.execute(
        "CREATE KEYSPACE "
            + keyspace
            + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    return keyspace;
  }

  private static CqlSession session(UnaryOperator<ProgrammaticDriverConfigLoaderBuilder> schema) {
    return CqlSession.builder()
        // the application's settings are system properties while it connects, and name its classes
        .withClassLoader(PlainDriver.class.getClassLoader())
        .addContactPoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), TestCassandra.port()))
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            schema
                .apply(DriverConfigLoader.programmaticBuilder())
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
                .build())
        .build();
  }
}
