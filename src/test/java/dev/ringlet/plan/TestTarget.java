package dev.ringlet.plan;

import dev.ringlet.access.Permissions;
import dev.ringlet.schema.Table;
import java.util.List;

/** Targets of callers who may do everything. */
public final class TestTarget {
  private TestTarget() {}

  public static Target of(Table table, List<String> keys) {
    return Target.of(Permissions.ALL.of(table).get(0), keys);
  }
}
