package dev.ringlet.session;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.session.Session;
import dev.ringlet.config.RingletConfig;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whether the connections to a node have room for all that Ringlet may have under way. With many
 * nodes one gets a part of it, so a lack of room is for the operator to judge, and no reason not to
 * start.
 */
public final class RequestsOfANode {
  private static final Logger LOG = Logger.getLogger(RequestsOfANode.class);

  private RequestsOfANode() {}

  /** Says in the log if they have not, by the settings that the driver acts by. */
  public static void look(Session session, RingletConfig config) {
    warning(config, session.getContext().getConfig().getDefaultProfile()).ifPresent(LOG::warn);
  }

  static Optional<String> warning(RingletConfig config, DriverExecutionProfile driver) {
    long asked = (long) config.bulk().totalConcurrency() + config.inFlight().max();
    long room = room(driver);
    return asked <= room
        ? Optional.empty()
        : Optional.of(
            ("%d requests may be under way at once, and a node has room for %d: lower"
                    + " ringlet.bulk.total-concurrency or ringlet.in-flight.max, or raise what the"
                    + " driver has in flight on a connection.")
                .formatted(asked, room));
  }

  /** What a connection takes, and how many nobody may wait for any longer, of each connection. */
  private static long room(DriverExecutionProfile driver) {
    int requests = driver.getInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS);
    int orphans = driver.getInt(DefaultDriverOption.CONNECTION_MAX_ORPHAN_REQUESTS);
    long connections = driver.getInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE);
    return connections * Math.min(requests, orphans);
  }
}
