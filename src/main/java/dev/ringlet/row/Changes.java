package dev.ringlet.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Shown;
import dev.ringlet.row.Assignment.Operation;
import dev.ringlet.schema.Column;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import dev.ringlet.value.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What PATCH says of one column: a value that takes the old one's place, operators such as {@code
 * {"$add": …}}, or some fields of a user-defined type.
 */
final class Changes {
  private Changes() {}

  /**
   * Reads from the parser's current token on.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}, {@link ErrorCode#INVALID_JSON}
   */
  static List<Assignment> read(Column column, JsonParser json, MadeValues made) throws IOException {
    try {
      boolean object = json.currentToken() == JsonToken.START_OBJECT;
      if (column.type().isCounter()) {
        return operators(column, json, object ? json.nextToken() : json.currentToken());
      }
      if (object && column.type().hasFieldCells()) {
        return fields(column, json);
      }
      if (object && column.type().isCollection()) {
        JsonToken first = json.nextToken();
        return first == JsonToken.FIELD_NAME && json.currentName().startsWith("$")
            ? operators(column, json, first)
            : List.of(Assignment.set(column, Value.read(column, new OneBack(json, column))));
      }
      return List.of(Assignment.set(column, made.read(column, json)));
    } catch (InvalidValueException e) {
      throw Value.invalid(column, e);
    } catch (ApiException e) {
      throw e.with("column", column.name());
    }
  }

  /**
   * What a field of CSV says of one column: its value, and of a counter how much is added to it.
   * Nothing is added to one by an empty field.
   */
  static List<Assignment> of(Column column, Value value) {
    if (!column.type().isCounter()) {
      return List.of(Assignment.set(column, value));
    }
    return List.of(
        value.isNull()
            ? Assignment.none(column)
            : Assignment.of(column, Operation.INCREMENT, value.bytes()));
  }

  private static List<Assignment> operators(Column column, JsonParser json, JsonToken first)
      throws IOException {
    List<Operation> possible = Operation.of(column.type());
    Map<Operation, Assignment> assignments = new EnumMap<>(Operation.class);
    JsonToken token = first;
    for (; token == JsonToken.FIELD_NAME; token = json.nextToken()) {
      String symbol = json.currentName();
      Operation operation =
          possible.stream()
              .filter(known -> known.symbol().equals(symbol))
              .findFirst()
              .orElseThrow(() -> notPossible(column, possible));
      json.nextToken();
      ByteBuffer operand = Codecs.of(operation.operand(column.type())).read(json);
      if (assignments.put(operation, Assignment.of(column, operation, operand)) != null) {
        throw new ApiException(
                ErrorCode.INVALID_JSON, "The body names the operator " + symbol + " twice.")
            .with("column", column.name());
      }
    }
    if (assignments.isEmpty() || token != JsonToken.END_OBJECT) {
      throw notPossible(column, possible);
    }
    return List.copyOf(assignments.values());
  }

  /** RFC 7396 for a user-defined type that is not frozen: a field that is absent stays. */
  private static List<Assignment> fields(Column column, JsonParser json) throws IOException {
    List<CqlIdentifier> names = column.type().fields();
    List<CqlType> types = column.type().parts();
    Value[] values = new Value[names.size()];
    Arrays.setAll(values, i -> Value.unset(column.name(), types.get(i)));
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      int field = names.indexOf(CqlIdentifier.fromInternal(name));
      if (field < 0 || values[field].isSet()) {
        throw new ApiException(
                field < 0 ? ErrorCode.INVALID_VALUE : ErrorCode.INVALID_JSON,
                "Column %s: the field %s %s."
                    .formatted(
                        column.name(),
                        Shown.of(name),
                        field < 0 ? "does not exist" : "comes twice"))
            .with("column", column.name())
            .with("fields", names.stream().map(CqlIdentifier::asInternal).toList());
      }
      CqlType type = types.get(field);
      ByteBuffer value =
          json.nextToken() == JsonToken.VALUE_NULL ? null : Codecs.of(type).read(json);
      values[field] = Value.of(column.name(), type, value);
    }
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      assignments.add(Assignment.field(column, names.get(i), values[i]));
    }
    return assignments;
  }

  private static ApiException notPossible(Column column, List<Operation> possible) {
    String name = column.name();
    String type = column.type().cql();
    List<String> symbols = possible.stream().map(Operation::symbol).toList();
    if (symbols.isEmpty()) {
      return new ApiException(
              ErrorCode.INVALID_VALUE,
              "Column %s is %s: it is written whole, and a map with a key that starts with $ by PUT."
                  .formatted(name, type))
          .with("column", name)
          .with("cql_type", type);
    }
    boolean counter = possible.contains(Operation.INCREMENT);
    return new ApiException(
            ErrorCode.INVALID_VALUE,
            counter
                ? "Column %s is a counter: it takes {\"$inc\": n} only.".formatted(name)
                : "Column %s takes a whole value or %s; a map with a key that starts with $ is written by PUT."
                    .formatted(name, String.join(", ", symbols)))
        .with("column", name)
        .with("cql_type", type)
        .with("expected", counter ? "{\"$inc\": n}" : "a value, or an object with operators")
        .with("operators", symbols);
  }

  /**
   * Stands on the object's start once more, after its first token was looked at, and takes no name
   * of an operator any more.
   */
  private static final class OneBack extends JsonParserDelegate {
    private final Column column;
    private final JsonStreamContext object;
    private boolean back = true;

    OneBack(JsonParser json, Column column) {
      super(json);
      this.column = column;
      this.object = json.getParsingContext();
    }

    @Override
    public JsonToken currentToken() {
      return back ? JsonToken.START_OBJECT : super.currentToken();
    }

    @Override
    public JsonStreamContext getParsingContext() {
      return back ? object.getParent() : super.getParsingContext();
    }

    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = back ? super.currentToken() : super.nextToken();
      back = false;
      if (token == JsonToken.FIELD_NAME
          && super.getParsingContext() == object
          && super.currentName().startsWith("$")) {
        throw notPossible(column, Operation.of(column.type()));
      }
      return token;
    }
  }
}
