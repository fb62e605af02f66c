package dev.ringlet.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;

/**
 * How much JSON a body may have, besides its bytes: texts and names are as long as the body may be.
 *
 * @param depth arrays and objects inside of each other
 * @param numberLength characters
 */
record JsonLimits(int depth, int numberLength, int textLength) {
  static JsonLimits of(RingletConfig config) {
    return new JsonLimits(
        config.json().maxDepth(),
        config.json().maxNumberLength(),
        (int) config.body().maxSize().asLongValue());
  }

  StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(depth)
        .maxNumberLength(numberLength)
        .maxStringLength(textLength)
        .maxNameLength(textLength)
        .build();
  }

  /** What the parser has found to be beyond a limit. */
  ApiException exceeded(JsonParser json) {
    return json.getParsingContext().getNestingDepth() > depth
        ? new ApiException(
                ErrorCode.LIMIT_EXCEEDED,
                "More than %d arrays and objects are inside of each other.".formatted(depth))
            .with("limit", "ringlet.json.max-depth")
        : new ApiException(
                ErrorCode.LIMIT_EXCEEDED,
                "A number is longer than %d characters.".formatted(numberLength))
            .with("limit", "ringlet.json.max-number-length");
  }
}
