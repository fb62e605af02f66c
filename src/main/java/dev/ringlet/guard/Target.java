package dev.ringlet.guard;

import dev.ringlet.access.Permission;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path points at: a table, a partition, a slice of one or a row, depending on how much of
 * the primary key there is.
 *
 * @param permission what lets the caller reach it
 * @param key typed values for as many primary key columns, in key order
 */
public record Target(Permission permission, List<Value> key) {
  public Target {
    key = List.copyOf(key);
  }

  /** As it is for the caller. */
  public Table table() {
    return permission.table();
  }

  /**
   * @param keys the path's key values, as text
   * @throws ApiException {@link ErrorCode#TOO_MANY_KEYS}, {@link ErrorCode#PARTITION_KEY_REQUIRED},
   *     {@link ErrorCode#INVALID_VALUE}, {@link ErrorCode#FORBIDDEN} of another's row
   */
  public static Target of(Permission permission, List<String> keys) {
    Table table = permission.table();
    List<Column> columns = table.primaryKey();
    if (keys.size() > columns.size()) {
      throw new ApiException(
              ErrorCode.TOO_MANY_KEYS,
              "The path has %d values for the primary key (%s)."
                  .formatted(keys.size(), String.join(", ", Column.names(columns))))
          .with("primary_key", Column.names(columns))
          .with("hint", "In a value, a slash is %2F.");
    }
    int partitionKey = table.partitionKey().size();
    if (!keys.isEmpty() && keys.size() < partitionKey) {
      throw partitionKeyRequired(table.partitionKey().subList(keys.size(), partitionKey))
          .with("hint", "The path of a partition is " + table.path(table.partitionKey()));
    }
    List<Value> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      values.add(Value.parse(columns.get(i), keys.get(i)));
    }
    CallersRows.requireKey(permission, values);
    return new Target(permission, values);
  }

  /** The methods that the target takes (RFC 9110, section 10.2.1). */
  public List<String> methods() {
    return level().methods();
  }

  private Level level() {
    return new Level(table(), key.size());
  }

  /** What the target says of a primary key column. */
  public Value value(Column column) {
    return key.get(table().primaryKey().indexOf(column));
  }

  /** All rows. */
  public boolean isTable() {
    return level().isTable();
  }

  /** One row, by its whole primary key. */
  public boolean isRow() {
    return level().isRow();
  }

  /** A partition: a row too, if there are no clustering columns. */
  public boolean isPartition() {
    return level().isPartition();
  }

  /** The partition that it is, or is in. */
  public Target partition() {
    return new Target(permission, key.subList(0, table().partitionKey().size()));
  }

  /** The primary key columns that the target leaves open. */
  public List<Column> missing() {
    return table().primaryKey().subList(key.size(), table().primaryKey().size());
  }

  /**
   * @throws ApiException {@link ErrorCode#METHOD_NOT_ALLOWED}
   */
  public Target require(String method) {
    if (!level().takes(method)) {
      throw methodNotAllowed(method);
    }
    return this;
  }

  /**
   * For POST that inserts.
   *
   * @throws ApiException {@link ErrorCode#METHOD_NOT_ALLOWED} for counters, which CQL has no INSERT
   *     for
   */
  public void requireInsert() {
    if (table().isCounter()) {
      throw new ApiException(
              ErrorCode.METHOD_NOT_ALLOWED,
              "Counters are not inserted: POST has op=merge or op=delete here.")
          .with("allowed", methods())
          .hint(hint("POST"));
    }
  }

  ApiException methodNotAllowed(String method) {
    return methodNotAllowed(methods(), method).hint(hint(method));
  }

  Optional<String> hint(String method) {
    return MethodHints.of(table(), methods(), method);
  }

  public static ApiException methodNotAllowed(List<String> allowed, String method) {
    return new ApiException(
            ErrorCode.METHOD_NOT_ALLOWED,
            "%s is not possible here; these are: %s.".formatted(method, String.join(", ", allowed)))
        .with("allowed", allowed);
  }

  static ApiException partitionKeyRequired(List<Column> missing) {
    return new ApiException(
            ErrorCode.PARTITION_KEY_REQUIRED,
            "The partition key lacks " + String.join(", ", Column.names(missing)) + ".")
        .with("missing", Column.names(missing));
  }
}
