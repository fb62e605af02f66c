package dev.ringlet.guard;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import dev.ringlet.request.Place;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.util.List;

/**
 * What a condition compares: a column, an element of a map or list, or a field of a user-defined
 * type.
 *
 * @param cql with a marker for the key of an element
 */
record Part(Column column, Fragment cql, CqlType type) {

  /** Whether it is a column, and not a part of one. */
  boolean isColumn() {
    return cql.cql().equals(column.cqlName());
  }

  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_FILTER}, {@link
   *     ErrorCode#INVALID_VALUE} of a key
   */
  static Part of(Table table, Place place) {
    Column column = table.require(place.column());
    if (place.isColumn()) {
      return new Part(column, Fragment.of(column.cqlName()), column.type());
    }
    if (place.steps().size() > 1) {
      throw invalid(column, "CQL compares an element or a field of column %s, not a part of it.");
    }
    return place.steps().get(0) instanceof Place.Field field
        ? field(column, field.name())
        : element(column, ((Place.Element) place.steps().get(0)).key());
  }

  private static Part field(Column column, String name) {
    if (column.type().kind() != CqlType.Kind.USER_DEFINED) {
      throw invalid(column, "Column %s has no fields: it is of no user-defined type.");
    }
    List<String> names = column.type().fields().stream().map(CqlIdentifier::asInternal).toList();
    int position = names.indexOf(name);
    if (position < 0) {
      throw invalid(column, "The type of column %s has no field of this name.")
          .with("fields", names)
          .hint(Suggestion.question(Suggestion.nearest(name, names)));
    }
    String field = Column.cql(column.type().fields().get(position));
    return new Part(
        column, Fragment.of(column.cqlName() + "." + field), column.type().parts().get(position));
  }

  private static Part element(Column column, String key) {
    CqlType type = column.type();
    if (type.kind() != CqlType.Kind.MAP && type.kind() != CqlType.Kind.LIST) {
      throw invalid(column, "Column %s has no elements by a key: it is no map and no list.");
    }
    boolean list = type.kind() == CqlType.Kind.LIST;
    Value at = Value.parse(column, list ? CqlType.INT : type.key(), key);
    if (list && at.bytes().getInt(at.bytes().position()) < 0) {
      throw invalid(column, "The elements of column %s are counted from 0.");
    }
    return new Part(column, Fragment.of(column.cqlName() + "[?]", at), type.element());
  }

  static ApiException invalid(Column column, String detail) {
    return new ApiException(ErrorCode.INVALID_FILTER, detail.formatted(column.name()))
        .with("column", column.name());
  }
}
