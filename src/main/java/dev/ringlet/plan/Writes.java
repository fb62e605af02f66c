package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plans what POST, PUT, PATCH and DELETE write. A table has one text each for its INSERT and
 * UPDATE, with a marker for every column: what the request leaves alone stays unset, so that the
 * number of statements does not grow with what clients send.
 */
@Singleton
public final class Writes {
  private final JsonRow json;

  Writes(JsonRow json) {
    this.json = json;
  }

  /**
   * POST of one row: Cassandra's upsert of the columns given.
   *
   * @throws ApiException {@link ErrorCode#INCOMPLETE_PRIMARY_KEY} and what {@link JsonRow} throws
   */
  public WritePlan insert(Target target, byte[] body) {
    Map<ColumnMetadata, Value> row = json.read(target.require("POST").table(), body);
    List<ColumnMetadata> key = target.table().primaryKey();
    List<ColumnMetadata> missing =
        key.stream()
            .filter(column -> !row.containsKey(column) || row.get(column).isNull())
            .toList();
    if (!missing.isEmpty()) {
      throw new ApiException(
              ErrorCode.INCOMPLETE_PRIMARY_KEY,
              "The body lacks " + String.join(", ", Columns.names(missing)) + ".")
          .with("missing", Columns.names(missing));
    }
    Target inserted = new Target(target.table(), key.stream().map(row::get).toList());
    return insert(inserted, row, false);
  }

  /**
   * PUT: the row becomes exactly this. Static columns belong to the partition, so those left out
   * are left alone.
   *
   * @throws ApiException {@link ErrorCode#KEY_MISMATCH} and what {@link JsonRow} throws
   */
  public WritePlan replace(Target target, byte[] body) {
    return insert(target, row(target.require("PUT"), body), true);
  }

  /**
   * PATCH: the columns given take their values, null deletes one, the others stay (RFC 7396). On a
   * partition of several rows it writes static columns.
   *
   * @throws ApiException {@link ErrorCode#KEY_MISMATCH}, {@link ErrorCode#INCOMPLETE_PRIMARY_KEY},
   *     {@link ErrorCode#NO_COLUMNS} and what {@link JsonRow} throws
   */
  public WritePlan merge(Target target, byte[] body) {
    Map<ColumnMetadata, Value> row = row(target.require("PATCH"), body);
    boolean counter = target.table().isCounter();
    if (!target.isRow()) {
      requireStatic(target, row);
    }
    if (row.isEmpty() && !counter && target.isRow()) {
      return insert(target, row, false); // an empty row, if there was none
    }
    if (row.isEmpty()) {
      throw new ApiException(ErrorCode.NO_COLUMNS, "The body names no column to write.");
    }
    List<Assignment> assignments =
        target.table().valueColumns().stream()
            .filter(column -> target.isRow() || column.isStatic())
            .map(column -> new Assignment(row.getOrDefault(column, Value.unset(column)), counter))
            .toList();
    List<Value> values = new ArrayList<>(assignments.stream().map(Assignment::value).toList());
    values.addAll(target.key());
    return new WritePlan(CqlText.update(target, assignments), values, target.key(), !counter);
  }

  /** DELETE of a row, a slice or a partition. */
  public WritePlan delete(Target target) {
    String cql = CqlText.delete(target.require("DELETE"));
    return new WritePlan(cql, target.key(), target.key(), true);
  }

  private static WritePlan insert(Target target, Map<ColumnMetadata, Value> row, boolean replace) {
    List<Value> values = new ArrayList<>(target.key());
    for (ColumnMetadata column : target.table().valueColumns()) {
      boolean deleted = replace && !column.isStatic();
      Value absent = deleted ? Value.ofNull(column) : Value.unset(column);
      values.add(row.getOrDefault(column, absent));
    }
    return new WritePlan(CqlText.insert(target.table(), values), values, target.key(), true);
  }

  /** The body's columns but those of the key, which must say the same as the path. */
  private Map<ColumnMetadata, Value> row(Target target, byte[] body) {
    Map<ColumnMetadata, Value> row = json.read(target.table(), body);
    for (int i = 0; i < target.key().size(); i++) {
      ColumnMetadata column = target.table().primaryKey().get(i);
      Value given = row.remove(column);
      if (given != null && !given.sameAs(target.key().get(i))) {
        String name = column.getName().asInternal();
        throw new ApiException(
                ErrorCode.KEY_MISMATCH, "Column %s differs from the path.".formatted(name))
            .with("column", name);
      }
    }
    return row;
  }

  private static void requireStatic(Target target, Map<ColumnMetadata, Value> row) {
    for (ColumnMetadata column : row.keySet()) {
      if (!column.isStatic()) {
        throw new ApiException(
                ErrorCode.INCOMPLETE_PRIMARY_KEY,
                "Column %s is not static: it needs a path with the whole primary key."
                    .formatted(column.getName().asInternal()))
            .with("column", column.getName().asInternal())
            .with("missing", Columns.names(target.missing()));
      }
    }
  }
}
