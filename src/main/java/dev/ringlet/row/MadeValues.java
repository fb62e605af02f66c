package dev.ringlet.row;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The values that are made here for a row: {@code {"$now": true}} and {@code {"$uuid": true}}. A
 * row has one moment, however many of its columns say so. A value is made when the row is read
 * first, and stays what it is when the row is planned again: then it may have been written already.
 */
final class MadeValues {
  private final TimeUuids uuids;
  private Map<String, Value> made = Map.of();
  private long moment;
  private boolean momentHasUuid;

  MadeValues(TimeUuids uuids) {
    this.uuids = uuids;
  }

  /**
   * A column's value from the parser's current token on.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  Value read(Column column, JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.START_OBJECT
            && MadeTypes.member(column.type().dataType()).isPresent()
        ? made(column, json)
        : Value.read(column, json);
  }

  private Value made(Column column, JsonParser json) throws IOException {
    DataType type = column.type().dataType();
    String pointer = json.getParsingContext().pathAsPointer().toString();
    boolean known =
        json.nextToken() == JsonToken.FIELD_NAME
            && json.currentName().equals(MadeTypes.member(type).orElseThrow())
            && json.nextToken() == JsonToken.VALUE_TRUE
            && json.nextToken() == JsonToken.END_OBJECT;
    if (!known) {
      String expected = column.codec().expected() + ", or " + MadeTypes.object(type).orElseThrow();
      throw new ApiException(
              ErrorCode.INVALID_VALUE,
              "Column %s: expected %s, got another object.".formatted(column.name(), expected))
          .with("column", column.name())
          .with("cql_type", column.type().cql())
          .with("expected", expected)
          .with("got", "an object")
          .with("pointer", pointer);
    }
    return kept(column);
  }

  /** What was made for a column that has been dropped is none of another type with its name. */
  private Value kept(Column column) {
    Value known = made.get(column.name());
    if (known != null && known.type().equals(column.type())) {
      return known;
    }
    Value value = Value.parse(column, text(column.type().dataType()));
    made = made.isEmpty() ? new HashMap<>() : made; // most rows have none
    made.put(column.name(), value);
    return value;
  }

  private String text(DataType type) {
    if (type.equals(DataTypes.UUID)) {
      return UUID.randomUUID().toString();
    } else if (type.equals(DataTypes.TIMEUUID)) {
      return timeUuid().toString();
    }
    Instant now = TimeUuids.instant(moment());
    if (type.equals(DataTypes.TIMESTAMP)) {
      return now.truncatedTo(ChronoUnit.MILLIS).toString();
    }
    return type.equals(DataTypes.DATE)
        ? now.atOffset(ZoneOffset.UTC).toLocalDate().toString()
        : now.atOffset(ZoneOffset.UTC).toLocalTime().toString();
  }

  /** The first one is of the row's moment; another is one more. */
  private UUID timeUuid() {
    long when = momentHasUuid ? uuids.next() : moment();
    momentHasUuid = true;
    return uuids.at(when);
  }

  private long moment() {
    if (moment == 0) {
      moment = uuids.next();
    }
    return moment;
  }
}
