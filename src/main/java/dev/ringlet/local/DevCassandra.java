package dev.ringlet.local;

import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The Cassandra of {@code quarkus:dev}, on the port where a client looks first. It is started once
 * in the life of the development JVM, stays over live reloads, and keeps its data over restarts.
 */
@Singleton
@IfBuildProfile("dev")
final class DevCassandra {
  private static final Logger LOG = Logger.getLogger(DevCassandra.class);
  private static final int PORT = 9042;

  /** Set where a live reload, which loads this class anew, still finds it. */
  private static final String STARTED = "dev.ringlet.local.started";

  private static final String HELLO =
      """
      Ringlet is at %1$s: the tables are at %1$s/v1, its health at http://localhost:9000/q/health.
      Try:
        curl %1$s/v1/my_keyspace/my_table/hello
        curl -X PUT -H 'Content-Type: application/json' -d '{"value": "ring"}' %1$s/v1/my_keyspace/my_table/bell
        curl %1$s/v1/weather/readings/zugspitze/2026-11-22
      """;

  private final Optional<List<String>> contactPoints;
  private final int httpPort;
  private final Instance<CompletionStage<QuarkusCqlSession>> session;

  DevCassandra(
      @ConfigProperty(name = "quarkus.cassandra.contact-points")
          Optional<List<String>> contactPoints,
      @ConfigProperty(name = "quarkus.http.port") int httpPort,
      Instance<CompletionStage<QuarkusCqlSession>> session) {
    this.contactPoints = contactPoints;
    this.httpPort = httpPort;
    this.session = session;
  }

  /** Before anything opens a session. */
  void start(@Observes @Priority(10) StartupEvent event) {
    if (contactPoints.isEmpty() && System.getProperty(STARTED) == null) {
      requireFree();
      endWithMaven();
      LOG.info("Starting the local Cassandra");
      CassandraNode node =
          CassandraNode.start("dev", PORT, FreePort.find(), ProcessHandle.current().pid());
      Runtime.getRuntime().addShutdownHook(new Thread(node::stop, "cassandra-stop"));
      System.setProperty(STARTED, Long.toString(node.pid()));
      Samples.create(PORT);
      LOG.infof(
          "Cassandra serves CQL on 127.0.0.1:%d; its data and logs are in %s",
          PORT, CassandraNode.directory("dev"));
    }
  }

  /**
   * After the session was opened and everybody has said so: what it says works, and is what the log
   * ends with.
   */
  void greet(@Observes StartupEvent event) {
    Infrastructure.getDefaultWorkerPool()
        .execute(
            () ->
                session
                    .get()
                    .thenRunAsync(
                        () -> LOG.info(HELLO.formatted("http://localhost:" + httpPort)),
                        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
                    .toCompletableFuture()
                    .join());
  }

  /** A Maven that was killed leaves its development JVM running, and so the node would run too. */
  private static void endWithMaven() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            maven -> {
              Thread watch = new Thread(() -> Launcher.endWith(maven.pid()), "maven-watch");
              watch.setDaemon(true);
              watch.start();
            });
  }

  private static void requireFree() {
    try {
      new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Something listens on 127.0.0.1:%d already. If it is a Cassandra, use it with -Dquarkus.cassandra.contact-points=127.0.0.1:%d; else stop it."
              .formatted(PORT, PORT),
          e);
    }
  }
}
