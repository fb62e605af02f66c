package dev.ringlet.session;

import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.session.Session;
import com.datastax.oss.driver.internal.core.loadbalancing.DefaultLoadBalancingPolicy;
import com.datastax.oss.driver.internal.core.util.collection.SimpleQueryPlan;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The driver's own policy, but a node that owes answers and has given none for a while is asked
 * last. The driver's avoids such a node only where at least ten requests wait for it, and where it
 * is one of three replicas or more; and it takes half a minute to see that a connection is dead.
 *
 * <p>A node that was only slow gives its answers at last, and owes none then. Should one have been
 * lost, the node is asked again now and then all the same, for what may be sent to another
 * meanwhile.
 */
@RegisterForReflection
public final class SilentNodesLast extends DefaultLoadBalancingPolicy {
  private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long TRY_EVERY = TimeUnit.SECONDS.toNanos(1);

  private static final class Heard {
    private volatile long last = System.nanoTime();
  }

  private final ConcurrentMap<Node, Heard> heard = new ConcurrentHashMap<>();
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private final AtomicLong tried = new AtomicLong(System.nanoTime());
  private volatile Set<Node> silent = Set.of();

  public SilentNodesLast(DriverContext context, String profileName) {
    super(context, profileName);
  }

  @Override
  public Queue<Node> newQueryPlan(Request request, Session session) {
    Queue<Node> plan = super.newQueryPlan(request, session);
    if (session == null) {
      return plan;
    }
    long now = System.nanoTime();
    if (isTime(looked, LOOK_EVERY, now)) {
      silent = silent(session, now);
    }
    return silent.isEmpty() || (isRepeatable(request) && isTime(tried, TRY_EVERY, now))
        ? plan
        : silentLast(plan);
  }

  private static boolean isTime(AtomicLong last, long every, long now) {
    long before = last.get();
    return now - before >= every && last.compareAndSet(before, now);
  }

  private static boolean isRepeatable(Request request) {
    return request instanceof Statement<?> statement
        && Boolean.TRUE.equals(statement.isIdempotent());
  }

  private Set<Node> silent(Session session, long now) {
    return getLiveNodes().dc(getLocalDatacenter()).stream()
        .filter(node -> isSilent(node, session, now))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isSilent(Node node, Session session, long now) {
    Heard its = heard.computeIfAbsent(node, first -> new Heard());
    if (getInFlight(node, session) == 0) {
      its.last = now;
    }
    return now - its.last > SILENCE;
  }

  private Queue<Node> silentLast(Queue<Node> plan) {
    List<Node> nodes = new ArrayList<>();
    List<Node> last = new ArrayList<>();
    for (Node node = plan.poll(); node != null; node = plan.poll()) {
      (silent.contains(node) ? last : nodes).add(node);
    }
    nodes.addAll(last);
    return new SimpleQueryPlan(nodes.toArray());
  }

  /** With each answer of a node, whatever it is. */
  @Override
  protected void updateResponseTimes(Node node) {
    super.updateResponseTimes(node);
    Heard its = heard.get(node);
    if (its != null) {
      its.last = System.nanoTime();
    }
  }

  /** What was not sent to a node ({@link UnansweredLimit}) is no answer of it. */
  @Override
  public void onNodeError(
      Request request,
      Throwable error,
      long latencyNanos,
      DriverExecutionProfile profile,
      Node node,
      String logPrefix) {
    if (!(error instanceof BusyConnectionException)) {
      super.onNodeError(request, error, latencyNanos, profile, node, logPrefix);
    }
  }

  @Override
  public void onRemove(Node node) {
    super.onRemove(node);
    heard.remove(node);
  }
}
