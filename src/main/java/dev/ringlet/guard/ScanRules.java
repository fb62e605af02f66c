package dev.ringlet.guard;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.TablePattern;
import dev.ringlet.schema.Table;
import jakarta.inject.Singleton;
import java.util.List;

/** Which tables {@code ringlet.scan} lets callers read from end to end. */
@Singleton
public final class ScanRules {
  private final List<TablePattern> patterns;

  public ScanRules(RingletConfig config) {
    patterns = config.scan().orElse(List.of()).stream().map(TablePattern::of).toList();
  }

  public boolean allow(Table table) {
    return patterns.stream().anyMatch(p -> p.matches(table.keyspace(), table.name()));
  }
}
