package dev.ringlet.session;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the cluster is looked for: what names stand for may change. */
@Singleton
public final class ContactPoints {
  private final List<String> points;

  ContactPoints(
      @ConfigProperty(name = "quarkus.cassandra.contact-points") Optional<List<String>> points) {
    this.points = points.orElse(List.of());
  }

  /** What those names stand for now that stand for anything. It may wait for DNS. */
  public Set<String> addresses() {
    Set<String> addresses = new TreeSet<>();
    for (String point : points) {
      String name = point.strip().replaceFirst(":[0-9]+$", "");
      try {
        Arrays.stream(InetAddress.getAllByName(name))
            .map(InetAddress::getHostAddress)
            .forEach(addresses::add);
      } catch (UnknownHostException e) {
        // the driver says so in the log
      }
    }
    return addresses;
  }

  /**
   * Whether the names stand for other addresses than when these were asked. Some name servers say a
   * few of many, other ones each time: one that is still among them may be about to answer.
   */
  public boolean haveMoved(Set<String> asked) {
    Set<String> now = addresses();
    return !now.isEmpty() && Collections.disjoint(asked, now);
  }
}
