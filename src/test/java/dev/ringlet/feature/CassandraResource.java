package dev.ringlet.feature;

import dev.ringlet.local.TestCassandra;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Points the application under test at the build's Cassandra. */
public class CassandraResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(Management.settings());
    settings.put("quarkus.cassandra.contact-points", "127.0.0.1:" + TestCassandra.port());
    // said although it is the default: another test's may still be set
    settings.put("quarkus.cassandra.local-datacenter", "datacenter1");
    return settings;
  }

  @Override
  public void stop() {}
}
