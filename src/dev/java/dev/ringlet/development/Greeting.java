package dev.ringlet.development;

import dev.ringlet.cql.Connection;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What the log of {@code quarkus:dev} ends with: lines to paste, once they work. */
@Singleton
@IfBuildProfile("dev")
final class Greeting {
  private static final Logger LOG = Logger.getLogger(Greeting.class);

  private static final long LOOK_EVERY_MILLIS = 50;

  /** Set where a live reload, which loads this class anew, still finds it. */
  private static final String SAID = "dev.ringlet.development.greeted";

  private static final String HELLO =
      """
      Ringlet is at %1$s: open it in a browser. The tables are at %1$s/v1, its health at http://localhost:%2$d/q/health.
      Try:
        curl %1$s/v1/my_keyspace/my_table/hello
        curl -X PUT -H 'Content-Type: application/json' -d '{"value": "ring"}' %1$s/v1/my_keyspace/my_table/bell
        curl -H 'Content-Type: application/cql' -d 'SELECT * FROM my_keyspace.my_table' %1$s/dev/cql""";

  private final Connection connection;
  private final Vertx vertx;
  private final String hello;
  private long timer;

  Greeting(
      Connection connection,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.http.port") int port,
      @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int management) {
    this.connection = connection;
    this.vertx = vertx;
    this.hello = HELLO.formatted("http://localhost:" + port, management);
  }

  void begin(@Observes StartupEvent event) {
    if (System.getProperty(SAID) == null) {
      timer = vertx.setPeriodic(LOOK_EVERY_MILLIS, id -> look());
    }
  }

  void end(@Observes ShutdownEvent event) {
    boolean unused = vertx.cancelTimer(timer);
  }

  private void look() {
    Application application = Application.currentApplication();
    if (application != null && application.isStarted() && connection.usable()) {
      boolean unused = vertx.cancelTimer(timer);
      System.setProperty(SAID, "");
      LOG.info(hello);
    }
  }
}
