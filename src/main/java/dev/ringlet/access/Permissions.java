package dev.ringlet.access;

import dev.ringlet.schema.Table;
import java.util.List;

/** What a caller may. */
public interface Permissions {

  /** Whether they may do anything with a table: otherwise there is none of this name for them. */
  boolean sees(String keyspace, String table);

  /**
   * What allows them to do something with a table: one of these is enough. The widest is the first;
   * there is none for a table that they may do nothing with.
   */
  List<Permission> of(Table table);
}
