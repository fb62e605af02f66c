package dev.ringlet.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.servererrors.AlreadyExistsException;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The sample keyspaces: each is a CQL file of the same name in {@code src/cassandra/samples}. Each
 * statement is applied once in the life of its keyspace, however often this is asked for: what
 * failed is tried again when it was mended, what is appended comes next, and what the developer has
 * done to the data since stays.
 */
public final class Samples {
  private static final Path FILES = Path.of("src/cassandra/samples");
  private static final String KEYSPACE =
      "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?";

  private final Path files;
  private final AppliedStatements applied;

  Samples(Path files, Path node) {
    this.files = files;
    this.applied = new AppliedStatements(node.resolve("samples"));
  }

  /** Of the node of that name. */
  public static Samples of(String node) {
    return new Samples(FILES, CassandraNode.directory(node));
  }

  /** Whether there is a statement that has not been applied. */
  boolean areNew() {
    return files().anyMatch(file -> !applied.has(keyspace(file), script(file)));
  }

  /**
   * Applies what has not been.
   *
   * @param port where the node serves CQL
   * @throws IllegalStateException if Cassandra refuses a statement; the message names its file and
   *     line
   */
  public void apply(int port) {
    try (CqlSession session = session(port)) {
      apply(session);
    }
  }

  void apply(CqlSession session) {
    apply(session, Samples::fail);
  }

  private static void fail(IllegalStateException refusal) {
    throw refusal;
  }

  /**
   * Applies what has not been, as far as Cassandra takes it.
   *
   * @param refused is told of each statement that it refuses, and may throw
   */
  void apply(int port, Consumer<IllegalStateException> refused) {
    try (CqlSession session = session(port)) {
      apply(session, refused);
    }
  }

  private void apply(CqlSession session, Consumer<IllegalStateException> refused) {
    files().forEach(file -> apply(file, session, refused));
  }

  private void apply(Path file, CqlSession session, Consumer<IllegalStateException> refused) {
    String keyspace = keyspace(file);
    if (session.execute(KEYSPACE, keyspace).one() == null) {
      applied.forget(keyspace);
    }
    List<CqlStatement> script = script(file);
    for (CqlStatement statement : applied.missing(keyspace, script)) {
      try {
        session.execute(statement.text());
        applied.add(keyspace, statement);
      } catch (AlreadyExistsException e) {
        if (applied.hasOthers(keyspace, script)) { // a statement that was applied has been edited
          refused.accept(refused(file, statement, e));
        }
        applied.add(keyspace, statement);
      } catch (DriverException e) {
        refused.accept(refused(file, statement, e));
      }
    }
  }

  private static IllegalStateException refused(
      Path file, CqlStatement statement, DriverException e) {
    String message = e.getMessage();
    return new IllegalStateException(
        "%s:%d: %s".formatted(file, statement.line(message), CqlStatement.reason(message)), e);
  }

  private static String keyspace(Path file) {
    return file.getFileName().toString().replace(".cql", "");
  }

  private static List<CqlStatement> script(Path file) {
    try {
      return CqlScript.statements(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<Path> files() {
    try (Stream<Path> found = Files.list(files)) {
      List<Path> sorted = found.filter(file -> file.toString().endsWith(".cql")).sorted().toList();
      return sorted.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A session of its own, that does not read the schema that it changes, since it would warn of a
   * reading that its end cuts off, and that ends at once.
   */
  private static CqlSession session(int port) {
    return CqlSession.builder()
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                // in the place of those that the application may have been given
                .withStringList(DefaultDriverOption.CONTACT_POINTS, List.of("127.0.0.1:" + port))
                // not the application's own, which is not on the class path of everybody here
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }
}
