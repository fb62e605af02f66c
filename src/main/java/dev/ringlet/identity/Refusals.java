package dev.ringlet.identity;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;

/**
 * The errors of this room. What they say is fixed text: nothing of a credential is in it.
 *
 * @param schemes of credentials that there are
 */
record Refusals(List<String> schemes) {

  /** There are no credentials, or none that are good. */
  ApiException unauthenticated(String detail) {
    return new ApiException(ErrorCode.UNAUTHENTICATED, detail).with("schemes", schemes);
  }

  /** There is a token, and it is not good (RFC 6750, section 3.1). */
  ApiException invalidToken(String detail) {
    return unauthenticated(detail).with("error", "invalid_token");
  }

  static ApiException several(String header) {
    return new ApiException(
            ErrorCode.INVALID_HEADER, "There is more than one header %s.".formatted(header))
        .with("header", header);
  }

  static ApiException severalKinds() {
    return new ApiException(
            ErrorCode.INVALID_HEADER,
            "There are credentials of two kinds: of Authorization, %s and a client certificate send one."
                .formatted(Headers.API_KEY))
        .with("header", Headers.API_KEY);
  }

  static ApiException notReady() {
    return new ApiException(
        ErrorCode.NOT_READY_TO_AUTHENTICATE,
        "The keys of the issuer are not there yet; nothing was done.");
  }
}
