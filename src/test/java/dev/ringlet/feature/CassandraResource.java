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
    // to prepare a statement, a machine that stands still has as long as the request by itself; and
    // statements that are as many in a second find room for as long
    settings.put("quarkus.cassandra.request.timeout", "5S");
    settings.put("ringlet.statements.max-bytes", "20M");
    return settings;
  }

  @Override
  public void stop() {}
}
