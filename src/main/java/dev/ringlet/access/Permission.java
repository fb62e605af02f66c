package dev.ringlet.access;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What allows a caller to do something with a table. Nothing is planned without one, and only this
 * room makes them.
 *
 * @param table as it is for the caller: without the columns that there are not for them
 * @param may what may be done
 * @param mayOnCondition what of it may be done on a condition, which tells something of the row
 * @param rows the values that the first primary key columns may have, in key order
 * @param rate how often, if that is limited
 * @param fault why it allows nothing after all, for the caller
 */
public record Permission(
    Table table,
    Set<Verb> may,
    Set<Verb> mayOnCondition,
    List<RowLimit> rows,
    Optional<Rate> rate,
    Optional<String> fault) {

  public Permission {
    rows = List.copyOf(rows);
  }

  /** To do everything. */
  static Permission all(Table table) {
    return granted(table, ALL, ALL);
  }

  private static final Set<Verb> ALL = EnumSet.allOf(Verb.class);

  /** What Cassandra grants. */
  static Permission granted(Table table, Set<Verb> may, Set<Verb> mayOnCondition) {
    return new Permission(
        table, may, mayOnCondition, List.of(), Optional.empty(), Optional.empty());
  }

  /** What a rule allows. */
  static Permission ruled(Rule rule, Table table, List<RowLimit> rows) {
    return new Permission(table, rule.may(), rule.may(), rows, rule.rate(), Optional.empty());
  }

  /** What a rule would allow that cannot be applied. */
  static Permission faulty(Table table, String fault) {
    return new Permission(
        table, Set.of(), Set.of(), List.of(), Optional.empty(), Optional.of(fault));
  }

  /** Whether it allows something. */
  public boolean allows(Action action) {
    return action.isIn(action.onCondition() ? mayOnCondition : may)
        && (!action.compares() || may.contains(Verb.READ));
  }

  /**
   * @throws ApiException {@link ErrorCode#FORBIDDEN}
   */
  public void require(Action action) {
    if (fault.isPresent()) {
      throw new ApiException(ErrorCode.FORBIDDEN, fault.get());
    }
    if (!allows(action)) {
      throw action.missing(action.isIn(may) ? Verb.READ : action.verb(), table.name());
    }
  }

  /**
   * Those of the permissions for a table that allow something.
   *
   * @param permissions at least one
   * @throws ApiException {@link ErrorCode#FORBIDDEN} if none does
   */
  public static List<Permission> allowing(Action action, List<Permission> permissions) {
    if (permissions.size() == 1) {
      permissions.get(0).require(action);
      return permissions; // most callers
    }
    List<Permission> allowing =
        permissions.stream().filter(permission -> permission.allows(action)).toList();
    if (allowing.isEmpty()) {
      permissions.get(0).require(action);
    }
    return allowing;
  }

  /** Whether what is read or stood in the way of a write may be shown. */
  public boolean shows() {
    return may.contains(Verb.READ);
  }
}
