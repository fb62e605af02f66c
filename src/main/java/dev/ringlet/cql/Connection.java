package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.Uptime;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.session.ContactPoints;
import dev.ringlet.session.LocalDataCenter;
import dev.ringlet.session.Outage;
import dev.ringlet.session.RequestsOfANode;
import dev.ringlet.session.Sessions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The connection with the cluster. The session is opened when the application starts, on a thread
 * of its own, so that HTTP is served at once and no event loop waits; until it is open, and if
 * Cassandra is not there yet, requests are told so.
 *
 * <p>The driver finds nodes again that were away, but not a cluster whose nodes have all got other
 * addresses. So a session that stays without any node is replaced by a new one, which begins with
 * the contact points, unless the old one has found a node before that is open. One that opens
 * without a node of the local data center is closed again: it is an attempt that failed.
 */
@Singleton
public final class Connection {
  private static final Logger LOG = Logger.getLogger(Connection.class);

  private static final long LOOK_EVERY_MILLIS = 500;

  private final Sessions sessions;
  private final ContactPoints contactPoints;
  private final Outage outage;
  private final WriteClock clock;
  private final PreparedStatements.Limits statements;
  private final RingletConfig config;

  private volatile OpenSession live;

  /** The one attempt whose session is wanted; others close theirs. */
  private final AtomicReference<CompletionStage<?>> opening = new AtomicReference<>();

  private Set<String> asked = Set.of();
  private ScheduledFuture<?> watch;

  Connection(
      Sessions sessions, ContactPoints contactPoints, WriteClock clock, RingletConfig config) {
    this.clock = clock;
    this.sessions = sessions;
    this.contactPoints = contactPoints;
    this.outage = new Outage();
    this.config = config;
    this.statements =
        new PreparedStatements.Limits(
            config.statements().max(), config.statements().maxBytes().asLongValue());
  }

  void open(@Observes StartupEvent event) {
    watch =
        Infrastructure.getDefaultWorkerPool()
            .scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  void close(@Observes ShutdownEvent event) {
    boolean unused = watch.cancel(false);
    opening.set(null);
    if (live != null) {
      live.session().close();
    }
  }

  /**
   * @throws ApiException {@link ErrorCode#NOT_CONNECTED}
   */
  OpenSession live() {
    if (live == null) {
      throw new ApiException(ErrorCode.NOT_CONNECTED, "There is no connection to Cassandra yet.");
    }
    return live;
  }

  /**
   * The session itself.
   *
   * @throws ApiException {@link ErrorCode#NOT_CONNECTED}
   */
  public CqlSession session() {
    return live().session();
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
    return live != null && live.usable();
  }

  /** Whether what is written would have a timestamp to rely on. */
  public boolean isInTime() {
    return live != null && clock.isRight(live.timestamp());
  }

  /** How much later write timestamps are than the wall clock, in seconds. */
  public double clockDifference() {
    return live == null ? 0 : clock.difference(live.timestamp()) / 1e6;
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

  /** How many bytes of memory they take, about. */
  public long preparedBytes() {
    return live == null ? 0 : live.statements().bytes();
  }

  /** One look at a time. */
  private void look() {
    try {
      if (usable()) {
        opening.set(null);
        outage.over();
        clock.look(live.timestamp());
      } else if (live != null && !outage.isLong(live.session())) {
        return; // the driver may find its nodes again
      } else if (opening.get() == null ? outage.isTimeToTry() : contactPoints.haveMoved(asked)) {
        begin();
      }
    } catch (RuntimeException | Error e) { // after which nobody would look again
      LOG.error("The connection to Cassandra could not be looked after; trying again", e);
    }
  }

  private void begin() {
    asked = contactPoints.addresses();
    CompletionStage<QuarkusCqlSession> attempt = sessions.open();
    opening.set(attempt);
    boolean unused =
        attempt
            .whenComplete((opened, failure) -> ended(attempt, opened, failure))
            .toCompletableFuture()
            .isDone();
  }

  private void ended(CompletionStage<?> attempt, CqlSession opened, Throwable failure) {
    boolean wanted = opening.compareAndSet(attempt, null);
    if (failure != null) {
      if (wanted) {
        outage.notEnded(failure, live != null);
      }
    } else if (!wanted || usable()) {
      close(opened);
    } else if (LocalDataCenter.isReached(opened)) {
      use(opened);
    } else {
      outage.elsewhere(opened);
      close(opened);
    }
  }

  private void use(CqlSession opened) {
    OpenSession before = live;
    live = OpenSession.of(opened, statements);
    if (before == null) {
      LOG.infof(
          "Connected to Cassandra: %d node(s), %d ms after the process began",
          opened.getMetadata().getNodes().size(), Uptime.millis());
      RequestsOfANode.look(opened, config);
    } else {
      close(before.session());
    }
  }

  private static void close(CqlSession session) {
    boolean unused = session.closeAsync().toCompletableFuture().isDone();
  }
}
