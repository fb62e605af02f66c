package dev.ringlet.shape;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringlet.value.CqlType;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where schemas and codecs differ, since JSON Schema has no words for it, or too many. */
@SuppressWarnings("ImmutableEnumChecker") // its types stay what they are
public enum Unsaid {
  /** It depends on the digits whether the exponent leaves an integer, and one in the range. */
  INTEGER_WITH_EXPONENT(
      false,
      "-?[0-9.]+[eE][+-]?[0-9]+",
      DataTypes.TINYINT,
      DataTypes.SMALLINT,
      DataTypes.INT,
      DataTypes.BIGINT,
      DataTypes.VARINT,
      DataTypes.TIMESTAMP),
  /** It depends on the digits whether its scale is one that is taken. */
  DECIMAL_WITH_LONG_EXPONENT(false, ".*[eE][+-]?[0-9]{4,}", DataTypes.DECIMAL),
  /** More digits than the range has, or an exponent and not one digit in front. */
  FLOAT_IN_OTHER_FORM(
      false, "-?(?:[0-9]{38,}.*|.*\\.[0-9]{46,}|[0-9.]*[eE].*)", DataTypes.FLOAT, DataTypes.DOUBLE),
  /** It depends on all parts whether they are together in the range. */
  DURATION_NEAR_THE_ENDS(false, ".*(?:[1-9][0-9]{6,}|[.,][0-9]{10,}).*", DataTypes.DURATION),
  /** The first day is not the first of a year, and the last one not the last. */
  DAY_OUT_OF_RANGE(
      true,
      "(?:-0*5877641-|[+]0*5881580-|-0*292275055-|[+]0*292278994-).*",
      DataTypes.DATE,
      DataTypes.TIMESTAMP),
  /** Patterns are about characters or about their halves, as the engine has it. */
  HALF_OF_A_CHARACTER(true, "(?s).*[\\ud800-\\udfff].*", DataTypes.TEXT);

  private final boolean allowed;
  private final Pattern pattern;
  private final List<DataType> types;

  Unsaid(boolean allowed, String pattern, DataType... types) {
    this.allowed = allowed;
    this.pattern = Pattern.compile(pattern);
    this.types = List.of(types);
  }

  /** Whether it is known that something in the value is allowed and not taken, or not allowed. */
  public static boolean explains(CqlType type, JsonNode json, boolean allowed) {
    return switch (type.kind()) {
      case SCALAR -> explains(type, json.asText(), allowed);
      case LIST, SET, VECTOR -> inParts(json.size(), i -> type.element(), json, allowed);
      case TUPLE ->
          inParts(Math.min(type.parts().size(), json.size()), type.parts()::get, json, allowed);
      case USER_DEFINED ->
          IntStream.range(0, type.parts().size())
              .anyMatch(
                  i -> explains(type.parts().get(i), json.path(type.fieldNames().get(i)), allowed));
      case MAP -> json.isObject() ? inObject(type, json, allowed) : inPairs(type, json, allowed);
    };
  }

  private static boolean explains(CqlType type, String text, boolean allowed) {
    return Arrays.stream(values())
        .anyMatch(
            known ->
                known.allowed == allowed
                    && known.types.contains(type.dataType())
                    && known.pattern.matcher(text).matches());
  }

  private static boolean inParts(
      int number, IntFunction<CqlType> types, JsonNode json, boolean allowed) {
    return IntStream.range(0, number)
        .anyMatch(i -> explains(types.apply(i), json.path(i), allowed));
  }

  /** Names that are JSON themselves are taken, but there are no words for them. */
  private static boolean inObject(CqlType map, JsonNode json, boolean allowed) {
    return (map.key().kind() != CqlType.Kind.SCALAR && !allowed)
        || json.properties().stream()
            .anyMatch(
                entry ->
                    explains(map.key(), entry.getKey(), allowed)
                        || explains(map.element(), entry.getValue(), allowed));
  }

  private static boolean inPairs(CqlType map, JsonNode json, boolean allowed) {
    return IntStream.range(0, json.size())
        .mapToObj(json::path)
        .anyMatch(
            pair ->
                explains(map.key(), pair.path(0), allowed)
                    || explains(map.element(), pair.path(1), allowed));
  }
}
