package dev.ringlet.session;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Session;
import com.datastax.oss.driver.internal.core.session.DefaultSession;
import com.datastax.oss.driver.internal.core.session.SessionWrapper;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The data center whose nodes are asked. The driver opens a session without any of them, too, where
 * a contact point is in another one, or the name is none of the cluster's.
 */
public final class LocalDataCenter {
  private LocalDataCenter() {}

  /**
   * Whether requests would find a node of it, as soon as the session is open. How many connections
   * a node has, as it says itself, is right only a moment later.
   */
  public static boolean isReached(Session session) {
    return session instanceof SessionWrapper wrapper
        ? isReached(wrapper.getDelegate())
        : ((DefaultSession) session)
            .getPools().entrySet().stream()
                .anyMatch(
                    pool ->
                        pool.getKey().getDistance() == NodeDistance.LOCAL
                            && pool.getValue().size() > 0);
  }

  /** What is missing, and what there is. */
  static String missing(Session session) {
    String name =
        session
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .getString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, "");
    String known =
        session.getMetadata().getNodes().values().stream()
            .map(Node::getDatacenter)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "no node of the local data center %s can be reached; the cluster has %s"
        .formatted(name, known);
  }
}
