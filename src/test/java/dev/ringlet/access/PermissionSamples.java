package dev.ringlet.access;

import dev.ringlet.schema.Table;
import java.util.Set;

/** Permissions for tests of other rooms. */
public final class PermissionSamples {
  private PermissionSamples() {}

  public static Permission of(Table table, Set<Verb> may) {
    return Permission.granted(table, may, may);
  }
}
