package dev.ringlet.access;

import dev.ringlet.schema.Table;
import java.util.List;

/** Whatever is exposed: where everybody may do everything, or is refused nothing. */
public final class Unlimited implements Permissions {
  public static final Permissions ALL = new Unlimited();

  private Unlimited() {}

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
