package dev.ringlet.faults;

import dev.ringlet.feature.Management;
import dev.ringlet.local.LocalCluster;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** A cluster of three nodes on loopback addresses, and the application connected to it. */
public final class ClusterResource implements QuarkusTestResourceLifecycleManager {
  private static LocalCluster cluster;

  /** The cluster of the test that runs now. */
  static LocalCluster cluster() {
    return cluster;
  }

  @Override
  public Map<String, String> start() {
    cluster = new LocalCluster();
    Map<String, String> settings = new HashMap<>(Management.settings());
    settings.put("quarkus.cassandra.contact-points", cluster.contactPoints());
    settings.put("quarkus.cassandra.local-datacenter", "datacenter1");
    return settings;
  }

  /** After that of the single node, which every test has: what this one says counts. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    cluster.close();
  }
}
