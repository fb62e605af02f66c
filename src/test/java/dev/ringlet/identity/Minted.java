package dev.ringlet.identity;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.TestConfig;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Tokens as an issuer makes them, and as others would like to. */
public final class Minted {
  public static final String ISSUER = "https://issuer.example.com";
  public static final String AUDIENCE = "ringlet";

  /** The issuer's key. */
  public static final RsaJsonWebKey KEY = rsa("one");

  private Minted() {}

  public static RsaJsonWebKey rsa(String kid) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(kid);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another kind, which is made more quickly. */
  public static EllipticCurveJsonWebKey ec(String kid) {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(kid);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a good token of a caller. */
  public static JwtClaims claims(String subject, Object role) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject);
    claims.setExpirationTimeMinutesInTheFuture(10);
    claims.setClaim("role", role);
    return claims;
  }

  public static String token(JwtClaims claims) {
    return token(KEY, claims);
  }

  /** Signed by RS256 or ES256, with the key's id. */
  public static String token(PublicJsonWebKey key, JwtClaims claims) {
    String algorithm = key instanceof RsaJsonWebKey ? "RS256" : "ES256";
    return token(algorithm, key.getPrivateKey(), Map.of("kid", key.getKeyId()), claims.toJson());
  }

  public static String token(String algorithm, Key key, Map<String, Object> head, String claims) {
    JsonWebSignature jws = new JsonWebSignature();
    head.forEach(jws::setHeader);
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setKey(key);
    jws.setDoKeyValidation(false);
    jws.setPayload(claims);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whatever the parts are. */
  public static String raw(String head, String claims, String signature) {
    return encoded(head) + '.' + encoded(claims) + '.' + signature;
  }

  public static String encoded(String part) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(part.getBytes(StandardCharsets.UTF_8));
  }

  /** What an issuer publishes. */
  public static String jwks(JsonWebKey... keys) {
    return new JsonWebKeySet(List.of(keys)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  static RingletConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("ringlet.auth.jwt.issuer", ISSUER);
    settings.put("ringlet.auth.jwt.audience", AUDIENCE);
    settings.putAll(more);
    return TestConfig.of(settings);
  }
}
