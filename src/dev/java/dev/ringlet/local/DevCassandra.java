package dev.ringlet.local;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
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
  private static final String NODE = "dev";

  /** Set where a live reload, which loads this class anew, still finds it. */
  private static final String STARTED = "dev.ringlet.local.started";

  /** Where the driver looks if the application has no setting of its own. */
  private static final String CONTACT_POINT = "datastax-java-driver.basic.contact-points.0";

  private final boolean others;
  private final int port;

  DevCassandra(
      @ConfigProperty(name = "quarkus.cassandra.contact-points")
          Optional<List<String>> contactPoints,
      @ConfigProperty(name = "dev.cassandra.port", defaultValue = "9042") int port) {
    this.others = contactPoints.isPresent();
    this.port = port;
  }

  /** Before anything opens a session. */
  void start(@Observes @Priority(10) StartupEvent event) {
    if (!others) {
      boolean first = System.getProperty(STARTED) == null;
      if (first) {
        startNode();
      }
      Samples samples = Samples.of(NODE);
      if (first || samples.areNew()) {
        apply(samples);
      }
    }
  }

  private void startNode() {
    requireFree(port);
    endWithMaven();
    LOG.info("Starting the local Cassandra");
    CassandraNode node =
        CassandraNode.start(NODE, port, FreePort.find(), ProcessHandle.current().pid());
    Runtime.getRuntime().addShutdownHook(new Thread(node::stop, "cassandra-stop"));
    System.setProperty(STARTED, Long.toString(node.pid()));
    System.setProperty(CONTACT_POINT, "127.0.0.1:" + port);
    LOG.infof(
        "Cassandra serves CQL on 127.0.0.1:%d; its data and logs are in %s",
        port, CassandraNode.directory(NODE));
  }

  private void apply(Samples samples) {
    try {
      samples.apply(port);
    } catch (IllegalStateException e) {
      LOG.errorf("%s (When it is mended, press s: what was applied stays.)", e.getMessage());
    }
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

  private static void requireFree(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Something listens on 127.0.0.1:%1$d already. If it is a Cassandra, use it with -Dquarkus.cassandra.contact-points=127.0.0.1:%1$d; otherwise have ours elsewhere, with -Ddev.cassandra.port=9043."
              .formatted(port),
          e);
    }
  }
}
