package dev.ringlet.guard;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The typed values of filters. */
final class Operands {
  private static final CqlType TIMESTAMP = CqlType.of(DataTypes.TIMESTAMP);

  /** The smallest or greatest timeuuid of a time. */
  private static final Pattern BOUND = Pattern.compile("(min|max)_timeuuid\\((.*)\\)");

  /** RFC 9562, section 5.1: 60 bits of 100 nanoseconds. */
  private static final String TIMES =
      "A UUID has times from 1582-10-15T00:00:00.000Z to 5236-03-31T21:21:00.683Z.";

  private Operands() {}

  /**
   * One marker for all values of IN, so that their number does not change the text.
   *
   * @param type of what is compared
   */
  static List<Value> of(Column column, CqlType type, Filter filter) {
    List<CqlType> types = Operators.operands(type, filter.operator());
    if (filter.operator() == Operator.IN) {
      List<ByteBuffer> all =
          filter.operands().stream().map(text -> value(column, type, text).bytes()).toList();
      return List.of(Value.of(column.name(), types.get(0), Codecs.list(all)));
    }
    List<Value> values = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      values.add(value(column, types.get(i), filter.operands().get(i)));
    }
    return values;
  }

  /** A value from its text, which of a timeuuid may be a bound of a time. */
  static Value value(Column column, CqlType type, String text) {
    return bound(type, text)
        .map(
            bound ->
                Codecs.boundOfTimeuuids(bound.group(1).equals("max"), time(column, bound).bytes()))
        .map(bytes -> Value.of(column.name(), type, bytes))
        .orElseGet(() -> Value.parse(column, type, text));
  }

  /**
   * A column beside one value, with CQL's function where that is a bound of a time.
   *
   * @param relation which ends with a marker
   */
  static Fragment range(Column column, String relation, String text) {
    String before = relation.substring(0, relation.length() - 1);
    return bound(column.type(), text)
        .map(bound -> Fragment.of(before + bound.group(1) + "Timeuuid(?)", time(column, bound)))
        .orElseGet(() -> Fragment.of(relation, Value.parse(column, text)));
  }

  private static Optional<Matcher> bound(CqlType type, String text) {
    return type.dataType().equals(DataTypes.TIMEUUID)
        ? Optional.of(BOUND.matcher(text)).filter(Matcher::matches)
        : Optional.empty();
  }

  private static Value time(Column column, Matcher bound) {
    Value time = Value.parse(column, TIMESTAMP, bound.group(2));
    if (!Codecs.isOfTimeuuids(time.bytes())) {
      throw new ApiException(
              ErrorCode.INVALID_VALUE,
              "Column %s: expected the time of a version 1 UUID, got %s."
                  .formatted(column.name(), time.text()))
          .with("column", column.name())
          .with("cql_type", column.type().cql())
          .with("hint", TIMES);
    }
    return time;
  }
}
