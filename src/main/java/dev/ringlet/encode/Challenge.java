package dev.ringlet.encode;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a client is to come back with: the header WWW-Authenticate (RFC 9110, section 11.6.1). */
final class Challenge {
  private static final String BEARER = "Bearer realm=\"ringlet\"";
  private static final String API_KEY =
      "ApiKey realm=\"ringlet\", header=\"" + Headers.API_KEY + '"';

  private Challenge() {}

  /** For the schemes that the error names, or else for a token, as RFC 6750 has it. */
  static String of(ApiException e) {
    String bearer =
        BEARER
            + Optional.ofNullable(e.members().get("error"))
                .map(error -> ", error=\"%s\", error_description=\"%s\"".formatted(error, plain(e)))
                .orElse("");
    return e.members().get("schemes") instanceof List<?> schemes
        ? schemes.stream()
            .map(scheme -> scheme.equals("Bearer") ? bearer : API_KEY)
            .collect(Collectors.joining(", "))
        : bearer;
  }

  /** RFC 6750, section 3, has fewer characters there than a document. */
  private static String plain(ApiException e) {
    return e.detail().replaceAll("[^ !#-\\[\\]-~]", "'");
  }
}
