package dev.ringlet.access;

import dev.ringlet.schema.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the rules of a caller's roles allow. It is found out once for each table. */
final class RulePermissions implements Permissions {
  /** Of tables that were altered there are older ones among them. */
  private static final int MOST_KNOWN = 64;

  private static final Comparator<Permission> WIDEST =
      Comparator.comparing((Permission permission) -> permission.fault().isPresent())
          .thenComparing(permission -> permission.rows().size())
          .thenComparing(permission -> -permission.table().columns().size());

  private final List<CallersRule> rules;
  private final Map<Table, List<Permission>> known = new ConcurrentHashMap<>();

  /**
   * @param rules in the order of their names
   */
  RulePermissions(List<CallersRule> rules) {
    this.rules = rules;
  }

  @Override
  public boolean keyspace(String keyspace) {
    return rules.stream().anyMatch(rule -> rule.isOfWhole(keyspace));
  }

  @Override
  public boolean table(String keyspace, String table) {
    return rules.stream().anyMatch(rule -> rule.isOf(keyspace, table));
  }

  @Override
  public List<Permission> of(Table table) {
    List<Permission> permissions = known.get(table);
    if (permissions == null) {
      permissions = found(table);
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      known.put(table, permissions);
    }
    return permissions;
  }

  private List<Permission> found(Table table) {
    return rules.stream()
        .filter(rule -> rule.isOf(table.keyspace(), table.name()))
        .map(rule -> rule.permission(table))
        .sorted(WIDEST)
        .toList();
  }
}
