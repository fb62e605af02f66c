package dev.ringlet.config;

import java.util.stream.Stream;

/**
 * The kinds of credentials that callers may have, as it is set.
 *
 * @param none whether they may come without
 */
public record Credentials(boolean tokens, boolean keys, boolean certificates, boolean none) {
  /** The SHA-256 of no bytes: of a variable that was not set, as a rule. */
  private static final String OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  public static Credentials of(AuthConfig auth) {
    return new Credentials(
        areTokens(auth.jwt()),
        areKeys(auth),
        !auth.certificates().isEmpty(),
        auth.anonymousRoles().isPresent());
  }

  /** Whether it is set where the keys of tokens come from. */
  public static boolean areTokens(AuthConfig.Jwt jwt) {
    return Stream.of(jwt.issuer(), jwt.jwks(), jwt.key()).anyMatch(set -> set.isPresent());
  }

  public static boolean areKeys(AuthConfig auth) {
    return !auth.keys().isEmpty() || auth.keyDirectory().isPresent();
  }

  /** Whether a hash is that of an empty key, which anybody may send. */
  public static boolean isOfNothing(String hash) {
    return hash.equalsIgnoreCase(OF_NOTHING);
  }
}
