package dev.ringlet.guard;

import dev.ringlet.access.Action;
import dev.ringlet.access.Permission;
import dev.ringlet.access.Verb;
import dev.ringlet.schema.Table;
import java.util.List;

/**
 * How much of the primary key a path has, and so what it names and which methods that takes.
 *
 * @param keys how many values
 */
public record Level(Table table, int keys) {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

  /** All rows. */
  public boolean isTable() {
    return keys == 0;
  }

  /** A partition: a row too, if there are no clustering columns. */
  public boolean isPartition() {
    return keys == table.partitionKey().size();
  }

  /** One row, by its whole primary key. */
  public boolean isRow() {
    return keys == table.primaryKey().size();
  }

  /** The methods that it takes (RFC 9110, section 10.2.1). */
  public List<String> methods() {
    return METHODS.stream().filter(this::takes).toList();
  }

  /** Whether one of its methods is this. */
  boolean takes(String method) {
    boolean row = isRow() || isTable(); // whose rows are named by filters
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> true;
      case "POST" -> !table.isView() && isTable();
      case "PUT" -> !table.isView() && row && !table.isCounter();
      case "PATCH" -> !table.isView() && (row || (isPartition() && table.hasStaticColumns()));
      case "DELETE" -> !table.isView();
      default -> false;
    };
  }

  /**
   * The methods that it takes and one of the permissions for a table allows, in their usual order.
   *
   * @param permissions at least one
   */
  public static List<String> of(List<Permission> permissions, int keys) {
    return METHODS.stream()
        .filter(
            method ->
                permissions.stream()
                    .anyMatch(its -> new Level(its.table(), keys).allows(method, its)))
        .toList();
  }

  private boolean allows(String method, Permission permission) {
    return takes(method) && isAllowed(method, permission);
  }

  private boolean isAllowed(String method, Permission permission) {
    return switch (method) {
      case "GET", "HEAD" -> permission.allows(Action.READ);
      case "POST" ->
          permission.may().stream()
              .filter(verb -> verb != Verb.DELETE || !removesHidden())
              .anyMatch(verb -> verb.writes() && !(table.isCounter() && verb == Verb.CREATE));
      case "PUT" -> permission.allows(Action.CREATE) || permission.allows(Action.write(false));
      case "PATCH" -> permission.allows(Action.write(false));
      case "DELETE" -> permission.allows(Action.delete(false)) && !removesHidden();
      default -> true;
    };
  }

  /** Rows of a partition can be deleted without its static columns. */
  private boolean removesHidden() {
    return table.hides(column -> !column.isStatic());
  }
}
