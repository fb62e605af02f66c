package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import dev.ringlet.config.Uptime;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The session with the cluster. It is opened when the application starts, on a thread of its own,
 * so that HTTP is served at once and no event loop waits; until it is open, and if Cassandra is not
 * there yet, requests are told so.
 */
@Singleton
public final class Connection {
  private static final Logger LOG = Logger.getLogger(Connection.class);

  private static final int AGAIN_AFTER_SECONDS = 2;

  private final Instance<CompletionStage<QuarkusCqlSession>> opening;
  private final DriverSettings settings;
  private volatile CqlSession session;

  Connection(Instance<CompletionStage<QuarkusCqlSession>> opening, DriverSettings settings) {
    this.opening = opening;
    this.settings = settings;
  }

  void open(@Observes StartupEvent event) {
    // the first call on the bean builds the session: it reads the driver's configuration and loads
    // its classes
    Infrastructure.getDefaultWorkerPool().execute(this::connect);
  }

  /**
   * @throws ApiException {@link ErrorCode#NOT_CONNECTED}
   */
  public CqlSession session() {
    if (session == null) {
      throw new ApiException(ErrorCode.NOT_CONNECTED, "There is no connection to Cassandra yet.");
    }
    return session;
  }

  /**
   * The cluster's schema as the driver knows it now.
   *
   * @throws ApiException {@link ErrorCode#NOT_CONNECTED}
   */
  public Metadata metadata() {
    return session().getMetadata();
  }

  /** Whether a query would find a node to go to. It asks the driver, not the cluster. */
  public boolean usable() {
    return session != null
        && !session.isClosed()
        && session.getMetadata().getNodes().values().stream()
            .anyMatch(
                node -> node.getDistance() == NodeDistance.LOCAL && node.getOpenConnections() > 0);
  }

  /** How many nodes of the cluster are believed to be in a state. */
  public long nodes(NodeState state) {
    return session == null
        ? 0
        : session.getMetadata().getNodes().values().stream()
            .filter(node -> node.getState() == state)
            .count();
  }

  private void connect() {
    CompletionStage<QuarkusCqlSession> stage = opening.get();
    boolean unused =
        settings
            .applyTo(stage::toCompletableFuture)
            .whenComplete(
                (opened, failure) -> {
                  if (failure == null) {
                    opened(opened);
                  } else if (!(failure instanceof CancellationException)) { // the process ends
                    failed(stage, failure);
                  }
                })
            .isDone();
  }

  private void opened(CqlSession opened) {
    session = opened;
    LOG.infof(
        "Connected to Cassandra: %d node(s), %d ms after the process began",
        opened.getMetadata().getNodes().size(), Uptime.millis());
  }

  /**
   * The driver waits for a cluster that is away, but gives up on one that fails while it is being
   * asked.
   */
  private void failed(CompletionStage<QuarkusCqlSession> stage, Throwable failure) {
    LOG.error("The session with Cassandra could not be opened; trying again", failure);
    opening.destroy(stage);
    CompletableFuture.delayedExecutor(
            AGAIN_AFTER_SECONDS, TimeUnit.SECONDS, Infrastructure.getDefaultWorkerPool())
        .execute(this::connect);
  }
}
