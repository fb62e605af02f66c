package dev.ringlet.access;

import dev.ringlet.access.Grants.Right;
import dev.ringlet.schema.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What Cassandra would let a session do that is logged in as a role with all of these grants: the
 * methods {@code authorize} of its statements, and what its authorizer makes of resources that are
 * in others.
 *
 * @param grants of each role that a caller acts in
 * @param tables those that there are when it is asked for, with the one that is asked about; it may
 *     throw that they are not known yet
 */
public record GrantPermissions(List<Grants> grants, Supplier<Tables> tables)
    implements Permissions {
  /** What of the tables that there are makes rights others than their grants say. */
  public record Tables(Views views, Masks masks) {}

  private static final String MASKED_KEY =
      "Cassandra masks a primary key column of the table %s for the caller's roles.";

  public GrantPermissions {
    grants = List.copyOf(grants);
  }

  @Override
  public boolean keyspace(String keyspace) {
    return grants.stream()
        .anyMatch(
            its -> its.giveAll(Right.SELECT, keyspace) || its.giveAll(Right.MODIFY, keyspace));
  }

  @Override
  public boolean table(String keyspace, String table) {
    TableName name = new TableName(keyspace, table);
    Views views = tables.get().views();
    return reads(name, views) || writes(name, views);
  }

  @Override
  public List<Permission> of(Table table) {
    TableName name = new TableName(table.keyspace(), table.name());
    Tables now = tables.get();
    boolean reads = reads(name, now.views());
    boolean writes = writes(name, now.views());
    if (!reads && !writes) {
      return List.of();
    }
    boolean unmasks = give(Right.UNMASK, name);
    Table seen = unmasks ? table : now.masks().without(table); // the primary key stays
    if (!unmasks && now.masks().hideKeyOf(table)) {
      return List.of(
          writes
              ? Permission.granted(seen, verbs(false, true), Set.of())
              : Permission.faulty(seen, MASKED_KEY.formatted(table.name())));
    }
    Set<Verb> may = verbs(reads, writes);
    // on a condition a write tells something of the row
    return List.of(Permission.granted(seen, may, reads ? may : Set.<Verb>of()));
  }

  /** A view is read as its base table is. */
  private boolean reads(TableName table, Views views) {
    return give(Right.SELECT, views.base(table));
  }

  /** A write reads the row before it writes the views that there are of its table. */
  private boolean writes(TableName table, Views views) {
    List<TableName> its = views.of(table);
    return give(Right.MODIFY, table)
        && (its.isEmpty()
            || (give(Right.SELECT, table)
                && its.stream().allMatch(view -> give(Right.MODIFY, view))));
  }

  private boolean give(Right right, TableName table) {
    return grants.stream().anyMatch(its -> its.give(right, table));
  }

  private static Set<Verb> verbs(boolean reads, boolean writes) {
    Set<Verb> verbs = EnumSet.noneOf(Verb.class);
    if (reads) {
      verbs.addAll(Set.of(Verb.READ, Verb.SCAN));
    }
    if (writes) {
      verbs.addAll(Set.of(Verb.CREATE, Verb.WRITE, Verb.DELETE));
    }
    return verbs;
  }
}
