package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.Uptime;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The connection with the cluster. The session is opened when the application starts, on a thread
 * of its own, so that HTTP is served at once and no event loop waits; until it is open, and if
 * Cassandra is not there yet, requests are told so.
 *
 * <p>The driver finds nodes again that were away, but not a cluster whose nodes have all got other
 * addresses. So a session that stays without any node is replaced by a new one, which begins with
 * the contact points.
 */
@Singleton
public final class Connection {
  private static final Logger LOG = Logger.getLogger(Connection.class);

  private static final long LOOK_EVERY_MILLIS = 500;

  /** How long the driver may try to find its nodes again before it gets a competitor. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private final Instance<CompletionStage<QuarkusCqlSession>> sessions;
  private final ContactPoints contactPoints;
  private final DriverSettings settings;
  private final int maxStatements;

  private volatile Live live;
  private volatile Opening opening;
  private long lost;
  private ScheduledFuture<?> watch;

  Connection(
      Instance<CompletionStage<QuarkusCqlSession>> sessions,
      ContactPoints contactPoints,
      DriverSettings settings,
      RingletConfig config) {
    this.sessions = sessions;
    this.contactPoints = contactPoints;
    this.settings = settings;
    this.maxStatements = config.statements().max();
  }

  void open(@Observes StartupEvent event) {
    watch =
        Infrastructure.getDefaultWorkerPool()
            .scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  void close(@Observes ShutdownEvent event) {
    boolean unused = watch.cancel(false);
  }

  /**
   * @throws ApiException {@link ErrorCode#NOT_CONNECTED}
   */
  Live live() {
    if (live == null) {
      throw new ApiException(ErrorCode.NOT_CONNECTED, "There is no connection to Cassandra yet.");
    }
    return live;
  }

  /**
   * The cluster's schema as the driver knows it now.
   *
   * @throws ApiException {@link ErrorCode#NOT_CONNECTED}
   */
  public Metadata metadata() {
    return live().session().getMetadata();
  }

  /** Whether a query would find a node to go to. It asks the driver, not the cluster. */
  public boolean usable() {
    return live != null && live.usable();
  }

  /** How many nodes of the cluster are believed to be in a state. */
  public long nodes(NodeState state) {
    return live == null
        ? 0
        : metadata().getNodes().values().stream().filter(node -> node.getState() == state).count();
  }

  /** How many prepared statements are kept. */
  public long preparedStatements() {
    return live == null ? 0 : live.statements().size();
  }

  /** One look at a time. */
  private void look() {
    try {
      if (usable()) {
        lost = 0;
        giveUp();
      } else if (opening != null) {
        followAddresses();
      } else if (live == null || isLostForLong()) {
        begin(contactPoints.addresses());
      }
    } catch (RuntimeException e) {
      LOG.error("The connection to Cassandra could not be looked after; trying again", e);
    }
  }

  private boolean isLostForLong() {
    if (lost == 0) {
      lost = System.nanoTime();
    }
    return System.nanoTime() - lost > PATIENCE;
  }

  private void followAddresses() {
    Set<String> addresses = contactPoints.addresses();
    if (!addresses.equals(opening.addresses())) {
      giveUp();
      begin(addresses);
    }
  }

  private void giveUp() {
    Opening given = opening;
    opening = null;
    if (given != null) {
      given.giveUp();
    }
  }

  /**
   * The extension keeps the session it made last, until it is told to forget it: then the next call
   * makes a new one.
   */
  private void begin(Set<String> addresses) {
    CompletionStage<QuarkusCqlSession> stage = sessions.get();
    sessions.destroy(stage);
    opening = new Opening(settings.applyTo(stage::toCompletableFuture), addresses);
    boolean unused =
        opening
            .session()
            .whenComplete(
                (opened, failure) -> {
                  if (failure == null) {
                    opened(opened);
                  } else if (!(failure instanceof CancellationException)) {
                    failed(failure);
                  }
                })
            .isDone();
  }

  private void opened(CqlSession opened) {
    Live before = live;
    live = Live.of(opened, maxStatements);
    opening = null;
    LOG.infof(
        "Connected to Cassandra: %d node(s), %d ms after the process began",
        opened.getMetadata().getNodes().size(), Uptime.millis());
    if (before != null) {
      boolean unused = before.session().closeAsync().toCompletableFuture().isDone();
    }
  }

  /**
   * The driver waits for a cluster that is away, but gives up on one that fails while it is being
   * asked.
   */
  private void failed(Throwable failure) {
    LOG.error("The session with Cassandra could not be opened; trying again", failure);
    opening = null;
  }
}
