package dev.ringlet.identity;

import dev.ringlet.access.Caller;
import dev.ringlet.access.Claims;
import dev.ringlet.config.AuthConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.security.Key;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;

/** Decides whether a token (RFC 7519) is good, by keys that are at hand. */
final class TokenVerifier {
  /** Signed, in the compact form: the library would skip what is no letter of base64. */
  private static final Pattern SIGNED = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private static final String MALFORMED = "The token is no JWT that could be read.";
  private static final String MALFORMED_CLAIM = "A claim of the token is not of its type.";

  /** What is said of what is wrong; of several things the first. */
  private static final List<Map.Entry<Integer, String>> DETAILS =
      List.of(
          Map.entry(ErrorCodes.SIGNATURE_INVALID, "The signature of the token is not good."),
          Map.entry(ErrorCodes.MALFORMED_CLAIM, MALFORMED_CLAIM),
          Map.entry(ErrorCodes.EXPIRED, "The token has expired (exp)."),
          Map.entry(ErrorCodes.EXPIRATION_MISSING, "The token does not say when it expires (exp)."),
          Map.entry(ErrorCodes.NOT_YET_VALID, "The token is not valid yet (nbf)."),
          Map.entry(ErrorCodes.ISSUER_INVALID, "The token is of another issuer (iss)."),
          Map.entry(ErrorCodes.ISSUER_MISSING, "The token does not say who issued it (iss)."),
          Map.entry(ErrorCodes.AUDIENCE_INVALID, "The token is for another audience (aud)."),
          Map.entry(ErrorCodes.AUDIENCE_MISSING, "The token does not say whom it is for (aud)."),
          Map.entry(ErrorCodes.SUBJECT_MISSING, "The token does not say whose it is (sub)."));

  /**
   * A good token.
   *
   * @param expires seconds since 1970, from when on it is none
   */
  record Verified(Caller caller, long expires) {}

  private final AuthConfig.Jwt config;
  private final Refusals refusals;
  private final AlgorithmConstraints algorithms;
  private final int leeway;

  TokenVerifier(AuthConfig.Jwt config, Refusals refusals) {
    this.config = config;
    this.refusals = refusals;
    this.algorithms =
        new AlgorithmConstraints(ConstraintType.PERMIT, config.algorithms().toArray(String[]::new));
    this.leeway = Math.toIntExact(config.leeway().toSeconds());
  }

  /**
   * By its form alone.
   *
   * @throws ApiException {@link ErrorCode#UNAUTHENTICATED}
   */
  void requireSigned(String token) {
    if (!SIGNED.matcher(token).matches()) {
      throw refusals.invalidToken("The token is no signed JWT.");
    }
  }

  /**
   * @throws ApiException {@link ErrorCode#UNAUTHENTICATED}
   * @throws UnknownKey if it is signed with none of the keys
   */
  Verified verify(String token, KeySet keys) throws UnknownKey {
    requireSigned(token);
    try {
      JwtClaims claims = consumer(keys).processToClaims(token);
      Claims all = new Claims(Collections.unmodifiableMap(claims.getClaimsMap()));
      return new Verified(
          new Caller(claims.getSubject(), all.texts(config.roleClaim()), all),
          Math.addExact(claims.getExpirationTime().getValue(), leeway));
    } catch (InvalidJwtException e) {
      if (e.getCause() instanceof UnresolvableKeyException) {
        throw new UnknownKey();
      }
      throw e.getCause() instanceof ApiException refusal ? refusal : refusal(e);
    } catch (MalformedClaimException | ArithmeticException e) {
      throw refusals.invalidToken(MALFORMED_CLAIM);
    }
  }

  private JwtConsumer consumer(KeySet keys) {
    JwtConsumerBuilder builder =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(algorithms)
            .setVerificationKeyResolver((token, nesting) -> key(keys, token, nesting))
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(leeway)
            .setExpectedAudience(config.audience().orElse(List.of()).toArray(String[]::new));
    return config.issuer().map(builder::setExpectedIssuer).orElse(builder).build();
  }

  /** By an algorithm that is not allowed it is not even looked for. */
  private Key key(KeySet keys, JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    if (!config.algorithms().contains(token.getAlgorithmHeaderValue())) {
      throw refusals.invalidToken("The token is signed by an algorithm that is not allowed (alg).");
    }
    return keys.resolveKey(token, nesting);
  }

  private ApiException refusal(InvalidJwtException e) {
    return refusals.invalidToken(
        DETAILS.stream()
            .filter(detail -> e.hasErrorCode(detail.getKey()))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse(MALFORMED));
  }
}
