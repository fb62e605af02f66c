package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Place;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;

/** Reads columns, and parts of them. */
final class Places {
  private Places() {}

  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_PARAMETER},
   *     {@link ErrorCode#INVALID_VALUE} of a key
   */
  static Selected of(Table table, Place place) {
    Column column = table.require(place.column());
    Selected selected = new Selected(column.type(), Fragment.of(column.cqlName()));
    for (Place.Step step : place.steps()) {
      selected =
          step instanceof Place.Element element
              ? element(place, column, selected, element)
              : field(place, selected, (Place.Field) step);
    }
    return selected;
  }

  private static Selected element(Place place, Column column, Selected of, Place.Element element) {
    CqlType.Kind kind = of.type().kind();
    if (kind != CqlType.Kind.MAP && kind != CqlType.Kind.SET) {
      throw Selected.refused(
          place,
          "CQL reads elements of maps and sets; before [%s] is the type %s."
              .formatted(element.key(), of.type().cql()));
    }
    CqlType type = of.type().key();
    Value key =
        Value.of(
            "key(" + column.name() + ")", type, Value.parse(column, type, element.key()).bytes());
    return new Selected(
        of.type().element(), Fragment.concat(of.fragment(), Fragment.of("[?]", key)));
  }

  private static Selected field(Place place, Selected of, Place.Field field) {
    if (of.type().kind() != CqlType.Kind.USER_DEFINED) {
      throw Selected.refused(
          place,
          "CQL reads fields of user-defined types; before .%s is the type %s."
              .formatted(field.name(), of.type().cql()));
    }
    int position = of.type().fieldNames().indexOf(field.name());
    if (position < 0) {
      throw Selected.refused(
              place, "The type %s has no field %s.".formatted(of.type().cql(), field.name()))
          .with("fields", of.type().fieldNames());
    }
    String name = Column.cql(of.type().fields().get(position));
    return new Selected(
        of.type().parts().get(position), Fragment.concat(of.fragment(), Fragment.of("." + name)));
  }
}
