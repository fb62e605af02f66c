package dev.ringlet.session;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The time without any node of Cassandra: how long it lasts, when to try to open a session, and
 * what the log says of it, which is not more than there is to say.
 */
public final class Outage {
  private static final Logger LOG = Logger.getLogger(Outage.class);

  /** How long the driver may try to find its nodes again before it gets a competitor. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);

  /** Where each attempt costs a login, and reading the schema, and is of no use. */
  private static final long LONGEST_PAUSE_ELSEWHERE = TimeUnit.SECONDS.toNanos(10);

  private boolean lost;
  private long since;
  private long tried = System.nanoTime() - LONGEST_PAUSE;
  private long pause = SHORTEST_PAUSE;
  private volatile long longest = LONGEST_PAUSE;
  private volatile String said = "";

  /** Whether the session has been without any node for so long that it may need a competitor. */
  public boolean isLong(CqlSession session) {
    if (!lost) {
      lost = true;
      since = System.nanoTime();
      LOG.warnf("Cassandra is lost; trying to reach %s", nodes(session));
    }
    return System.nanoTime() - since > PATIENCE;
  }

  /** Whether to try to open a session now; and then not before some time has gone by. */
  public boolean isTimeToTry() {
    long now = System.nanoTime();
    if (now - tried < pause) {
      return false;
    }
    tried = now;
    pause = Math.min(2 * pause, longest);
    return true;
  }

  /**
   * A session could not be opened.
   *
   * @param announced whether the log says already that Cassandra is lost
   */
  public void notEnded(Throwable failure, boolean announced) {
    longest = LONGEST_PAUSE;
    LOG.debug("A session could not be opened", failure);
    if (!announced) {
      say(Unreachable.why(failure));
    }
  }

  /** A session was opened, but there is no node of the local data center. */
  public void elsewhere(CqlSession opened) {
    longest = LONGEST_PAUSE_ELSEWHERE;
    say(LocalDataCenter.missing(opened));
  }

  private void say(String why) {
    if (!why.equals(said)) {
      LOG.warnf("Cassandra cannot be reached, trying on: %s", why);
      said = why;
    }
  }

  /** There is a node to send requests to. */
  public void over() {
    if (lost) {
      LOG.infof(
          "Cassandra is back after %d ms",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
    }
    lost = false;
    pause = SHORTEST_PAUSE;
    said = "";
  }

  private static String nodes(CqlSession session) {
    return session.getMetadata().getNodes().values().stream()
        .map(Unreachable::name)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
