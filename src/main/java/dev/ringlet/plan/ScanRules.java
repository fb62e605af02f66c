package dev.ringlet.plan;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.schema.Table;
import jakarta.inject.Singleton;
import java.util.Set;

/** Which tables {@code ringlet.scan} lets callers read from end to end. */
@Singleton
final class ScanRules {
  private final Set<String> patterns;

  ScanRules(RingletConfig config) {
    patterns = config.scan().<Set<String>>map(Set::copyOf).orElse(Set.of());
  }

  boolean allow(Table table) {
    return patterns.contains("*")
        || patterns.contains(table.keyspace() + ".*")
        || patterns.contains(table.keyspace() + "." + table.name());
  }
}
