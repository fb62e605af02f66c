package dev.ringlet.access;

import dev.ringlet.schema.Table;
import java.util.List;

/** Everybody may do everything. */
final class Unlimited implements Permissions {
  @Override
  public boolean keyspace(String keyspace) {
    return true;
  }

  @Override
  public boolean table(String keyspace, String table) {
    return true;
  }

  @Override
  public List<Permission> of(Table table) {
    return List.of(Permission.all(table));
  }
}
