package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonParser;

/** Which JSON tokens a type takes. A string is read as {@link Codec#parse} reads the same text. */
enum Accepts {
  STRINGS,
  BOOLEANS,
  NUMBERS;

  boolean test(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_STRING -> this != BOOLEANS;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> this == NUMBERS;
      case VALUE_TRUE, VALUE_FALSE -> this == BOOLEANS;
      default -> false;
    };
  }
}
