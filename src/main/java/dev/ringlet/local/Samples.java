package dev.ringlet.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the sample keyspaces that are not there: each is a CQL file of the same name in {@code
 * src/cassandra/samples}.
 */
public final class Samples {
  private Samples() {}

  public static void create(int port) {
    try (CqlSession session = session(port)) {
      create(session);
    }
  }

  static void create(CqlSession session) {
    try {
      for (Path file : files()) {
        String keyspace = file.getFileName().toString().replace(".cql", "");
        if (session.getMetadata().getKeyspace(keyspace).isEmpty()) {
          for (String statement : Files.readString(file).split(";\\R", -1)) {
            if (!statement.isBlank()) {
              session.execute(statement);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A session of its own, for DDL that need not wait for the driver to collect more of it, and that
   * ends at once.
   */
  private static CqlSession session(int port) {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                // not the application's own, which is not on the class path of everybody here
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ZERO)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CassandraNode.directory("samples"))) {
      return files.sorted().toList();
    }
  }
}
