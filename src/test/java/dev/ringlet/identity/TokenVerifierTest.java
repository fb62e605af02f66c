package dev.ringlet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.access.Caller;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a good token, and what those who attack would like to pass for one. */
class TokenVerifierTest {
  private static final String SIGNATURE = "The signature of the token is not good.";
  private static final String ALGORITHM =
      "The token is signed by an algorithm that is not allowed (alg).";
  private static final String MALFORMED = "The token is no JWT that could be read.";
  private static final String CLAIM = "A claim of the token is not of its type.";

  private static final RsaJsonWebKey STRANGER = Minted.rsa("one");
  private static final RsaJsonWebKey OTHER = Minted.rsa("other");

  private final KeySet keys = keys(Minted.jwks(Minted.KEY, OTHER));
  private final TokenVerifier verifier = verifier(Map.of());

  private static TokenVerifier verifier(Map<String, String> more) {
    return new TokenVerifier(Minted.config(more).auth().jwt(), new Refusals(List.of("Bearer")));
  }

  private static KeySet keys(String jwks) {
    try {
      return KeySet.ofJwks(jwks);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JwtClaims good() {
    return Minted.claims("ann", "customer");
  }

  private static String changed(Consumer<JwtClaims> change) {
    JwtClaims claims = good();
    change.accept(claims);
    return Minted.token(claims);
  }

  private static String headed(Map<String, Object> head) {
    return Minted.token("RS256", Minted.KEY.getPrivateKey(), head, good().toJson());
  }

  @Test
  void takesAGoodTokenAndRemembersWhenItExpires() throws Exception {
    JwtClaims claims = good();
    TokenVerifier.Verified verified = verifier.verify(Minted.token(claims), keys);
    assertEquals("ann", verified.caller().name());
    assertEquals(List.of("customer"), verified.caller().roles());
    assertEquals(List.of("ann"), verified.caller().claims().texts("sub"));
    assertEquals(claims.getExpirationTime().getValue(), verified.expires());
  }

  static Stream<Arguments> bad() throws Exception {
    String good = Minted.token(good());
    String[] parts = good.split("\\.", -1);
    String[] others = Minted.token(Minted.claims("bob", "admin")).split("\\.", -1);
    String json = good().toJson();
    String twice = json.replace("\"sub\":\"ann\"", "\"sub\":\"ann\",\"sub\":\"bob\"");
    String twiceEscaped = json.replace("\"sub\":\"ann\"", "\"sub\":\"ann\",\"\\u0073ub\":\"bob\"");
    byte[] publicPem = pem().getBytes(StandardCharsets.US_ASCII);
    Map<String, Object> kid = Map.of("kid", "one");
    String deep = "[".repeat(2500) + "]".repeat(2500);
    return Stream.of(
        Arguments.of(
            "alg none", Minted.raw("{\"alg\":\"none\"}", json, ""), "The token is no signed JWT."),
        Arguments.of(
            "alg none with a signature",
            Minted.raw("{\"alg\":\"none\",\"kid\":\"one\"}", json, parts[2]),
            ALGORITHM),
        Arguments.of(
            "alg NONE",
            Minted.raw("{\"alg\":\"NONE\",\"kid\":\"one\"}", json, parts[2]),
            ALGORITHM),
        Arguments.of("no alg", Minted.raw("{\"kid\":\"one\"}", json, parts[2]), ALGORITHM),
        Arguments.of(
            "alg that is a list",
            Minted.raw("{\"alg\":[\"RS256\"],\"kid\":\"one\"}", json, parts[2]),
            MALFORMED),
        Arguments.of(
            "HS256 by the public key in PEM",
            Minted.token("HS256", new SecretKeySpec(publicPem, "HMAC"), kid, json),
            ALGORITHM),
        Arguments.of(
            "HS256 by the public key in DER",
            Minted.token(
                "HS256",
                new SecretKeySpec(Minted.KEY.getPublicKey().getEncoded(), "HMAC"),
                kid,
                json),
            ALGORITHM),
        Arguments.of(
            "a stranger's key with the same id", Minted.token(STRANGER, good()), SIGNATURE),
        Arguments.of(
            "the other key's id",
            Minted.token("RS256", Minted.KEY.getPrivateKey(), Map.of("kid", "other"), json),
            SIGNATURE),
        Arguments.of(
            "no signature", parts[0] + '.' + parts[1] + '.', "The token is no signed JWT."),
        Arguments.of(
            "a signature of another token", parts[0] + '.' + parts[1] + '.' + others[2], SIGNATURE),
        Arguments.of(
            "claims of another token", parts[0] + '.' + others[1] + '.' + parts[2], SIGNATURE),
        Arguments.of("a letter that is none of base64", good + "!", "The token is no signed JWT."),
        Arguments.of("padding", good + "=", "The token is no signed JWT."),
        Arguments.of(
            "a line feed",
            parts[0] + "\n." + parts[1] + '.' + parts[2],
            "The token is no signed JWT."),
        Arguments.of("four parts", good + ".x", "The token is no signed JWT."),
        Arguments.of("encrypted", good + ".x.y", "The token is no signed JWT."),
        Arguments.of("nothing", "", "The token is no signed JWT."),
        Arguments.of("dots", "..", "The token is no signed JWT."),
        Arguments.of("no JSON", Minted.raw("x", json, parts[2]), MALFORMED),
        Arguments.of("a head that is a list", Minted.raw("[]", json, parts[2]), MALFORMED),
        Arguments.of(
            "claims that are a list",
            Minted.token("RS256", Minted.KEY.getPrivateKey(), kid, "[]"),
            MALFORMED),
        Arguments.of(
            "a head with a member twice",
            Minted.raw("{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"one\"}", json, parts[2]),
            MALFORMED),
        Arguments.of(
            "claims with a member twice",
            Minted.token("RS256", Minted.KEY.getPrivateKey(), kid, twice),
            MALFORMED),
        Arguments.of(
            "the same, one of them escaped",
            Minted.token("RS256", Minted.KEY.getPrivateKey(), kid, twiceEscaped),
            MALFORMED),
        Arguments.of(
            "a deep head",
            Minted.raw("{\"alg\":\"RS256\",\"kid\":\"one\",\"crit\":" + deep + "}", json, parts[2]),
            MALFORMED),
        Arguments.of(
            "deep claims, not signed",
            Minted.raw("{\"alg\":\"RS256\",\"kid\":\"one\"}", "{\"a\":" + deep + "}", parts[2]),
            SIGNATURE),
        Arguments.of(
            "a kid that is a list",
            Minted.raw("{\"alg\":\"RS256\",\"kid\":" + deep + "}", json, parts[2]),
            MALFORMED),
        Arguments.of(
            "a critical member that is not understood",
            headed(Map.of("kid", "one", "crit", List.of("x"), "x", "y")),
            MALFORMED),
        Arguments.of(
            "expired",
            changed(c -> c.setExpirationTimeMinutesInTheFuture(-1)),
            "The token has expired (exp)."),
        Arguments.of(
            "expires now",
            changed(c -> c.setExpirationTime(NumericDate.now())),
            "The token has expired (exp)."),
        Arguments.of(
            "no exp",
            changed(c -> c.unsetClaim("exp")),
            "The token does not say when it expires (exp)."),
        Arguments.of("exp that is a text", changed(c -> c.setClaim("exp", "later")), CLAIM),
        Arguments.of(
            "not yet valid",
            changed(c -> c.setNotBeforeMinutesInThePast(-5)),
            "The token is not valid yet (nbf)."),
        Arguments.of(
            "another issuer",
            changed(c -> c.setIssuer("https://evil.example.com")),
            "The token is of another issuer (iss)."),
        Arguments.of(
            "the issuer and more",
            changed(c -> c.setIssuer(Minted.ISSUER + '/')),
            "The token is of another issuer (iss)."),
        Arguments.of(
            "no issuer",
            changed(c -> c.unsetClaim("iss")),
            "The token does not say who issued it (iss)."),
        Arguments.of(
            "another audience",
            changed(c -> c.setAudience("another")),
            "The token is for another audience (aud)."),
        Arguments.of(
            "an audience that looks alike",
            changed(c -> c.setAudience("Ringlet", "ringlet ", "r\u0456nglet")),
            "The token is for another audience (aud)."),
        Arguments.of(
            "no audience",
            changed(c -> c.unsetClaim("aud")),
            "The token does not say whom it is for (aud)."),
        Arguments.of(
            "no audiences",
            changed(c -> c.setAudience(List.of())),
            "The token is for another audience (aud)."),
        Arguments.of("aud that is a number", changed(c -> c.setClaim("aud", 1)), CLAIM),
        Arguments.of(
            "no subject",
            changed(c -> c.unsetClaim("sub")),
            "The token does not say whose it is (sub)."),
        Arguments.of("sub that is a list", changed(c -> c.setClaim("sub", List.of("ann"))), CLAIM));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void refuses(String what, String token, String detail) {
    ApiException e = assertThrows(ApiException.class, () -> verifier.verify(token, keys), what);
    assertEquals(ErrorCode.UNAUTHENTICATED, e.code());
    assertEquals(detail, e.detail());
    assertEquals("invalid_token", e.members().get("error"));
  }

  /** They are not where anybody else says that they are. */
  static Stream<Map<String, Object>> unknown() {
    return Stream.of(
        Map.of("kid", "two"),
        Map.of("kid", "ONE"),
        Map.of("kid", ""),
        Map.of("kid", "../../../../etc/passwd"),
        Map.of("kid", "/proc/self/environ"),
        Map.of("kid", "https://evil.example.com/keys"),
        Map.of("kid", "one' OR '1'='1"),
        Map.of("kid", "one\0"));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void knowsKeysByTheirIdsAlone(Map<String, Object> head) {
    assertThrows(UnknownKey.class, () -> verifier.verify(headed(head), keys));
  }

  /** A token that brings its own key is good only if the issuer's key of this id says so. */
  @Test
  void looksAtNoKeyInAToken() {
    String own = Minted.jwks(STRANGER);
    Map<String, Object> jwk = STRANGER.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    for (Map<String, Object> head :
        List.<Map<String, Object>>of(
            Map.of("kid", "one", "jwk", jwk),
            Map.of("kid", "one", "jku", "https://evil.example.com/keys"),
            Map.of("kid", "one", "x5u", "https://evil.example.com/certificate"),
            Map.of("kid", "one", "x5c", List.of("MIIB")),
            Map.of("kid", "one", "x5t", "AAAA", "x5t#S256", own))) {
      String token = Minted.token("RS256", STRANGER.getPrivateKey(), head, good().toJson());
      ApiException e = assertThrows(ApiException.class, () -> verifier.verify(token, keys));
      assertEquals(SIGNATURE, e.detail(), head.toString());
    }
  }

  @Test
  void ignoresWhatElseAHeadSaysOfKeys() throws Exception {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("kid", "one");
    head.put("jku", "https://evil.example.com/keys");
    head.put("x5t", "AAAA");
    assertEquals("ann", verifier.verify(headed(head), keys).caller().name());
  }

  /** Neither case nor anything else that looks alike makes one role another. */
  @Test
  void takesRolesAsTheyAre() throws Exception {
    List<String> roles =
        List.of(
            "Customer",
            "customer ",
            " customer",
            "c\u0443stomer",
            "\uff43ustomer",
            "a,b",
            "customer\0");
    Caller caller = verifier.verify(Minted.token(Minted.claims("ann", roles)), keys).caller();
    assertEquals(roles, caller.roles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          role                | {"role":"a"}                          | a
          role                | {"role":["a","b"]}                    | a b
          role                | {"roles":"a"}                         | ''
          role                | {"role":[["a"]]}                      | ''
          role                | {"role":["a",{"b":"c"}]}              | ''
          role                | {"role":{"a":"b"}}                    | ''
          role                | {"role":null}                         | ''
          /realm_access/roles | {"realm_access":{"roles":["a","b"]}}  | a b
          /realm_access/roles | {"realm_access":["roles"]}            | ''
          /a~1b/m~0n          | {"a/b":{"m~n":"c"}}                   | c
          https://x.com/roles | {"https://x.com/roles":["a"]}         | a
          """)
  void findsRoles(String claim, String more, String roles) throws Exception {
    String json = good().toJson();
    JwtClaims without = good();
    without.unsetClaim("role");
    String claims = without.toJson().replaceFirst("}$", ",") + more.substring(1);
    assertTrue(json.contains("role"));
    Caller caller =
        verifier(Map.of("ringlet.auth.jwt.role-claim", claim))
            .verify(
                Minted.token("RS256", Minted.KEY.getPrivateKey(), Map.of("kid", "one"), claims),
                keys)
            .caller();
    assertEquals(roles, String.join(" ", caller.roles()));
  }

  @Test
  void letsClocksDifferByTheLeeway() throws Exception {
    TokenVerifier lenient = verifier(Map.of("ringlet.auth.jwt.leeway", "2m"));
    JwtClaims late = good();
    late.setExpirationTimeMinutesInTheFuture(-1);
    assertEquals(
        late.getExpirationTime().getValue() + 120,
        lenient.verify(Minted.token(late), keys).expires());
    JwtClaims early = good();
    early.setNotBeforeMinutesInThePast(-1);
    assertEquals("ann", lenient.verify(Minted.token(early), keys).caller().name());
    late.setExpirationTimeMinutesInTheFuture(-3);
    assertThrows(ApiException.class, () -> lenient.verify(Minted.token(late), keys));
  }

  @Test
  void refusesAnExpThatIsTooLongToCount() throws Exception {
    TokenVerifier lenient = verifier(Map.of("ringlet.auth.jwt.leeway", "2m"));
    JwtClaims claims = good();
    claims.setClaim("exp", Long.MAX_VALUE);
    ApiException e =
        assertThrows(ApiException.class, () -> lenient.verify(Minted.token(claims), keys));
    assertEquals(CLAIM, e.detail());
  }

  /** Every algorithm that may be allowed, by a key of its kind; and by none that is not allowed. */
  @Test
  void verifiesEachAlgorithm() throws Exception {
    Map<String, PublicJsonWebKey> signing = new LinkedHashMap<>();
    for (String algorithm : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
      signing.put(algorithm, Minted.KEY);
    }
    signing.put("ES256", named(EcJwkGenerator.generateJwk(EllipticCurves.P256)));
    signing.put("ES384", named(EcJwkGenerator.generateJwk(EllipticCurves.P384)));
    signing.put("ES512", named(EcJwkGenerator.generateJwk(EllipticCurves.P521)));
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    PublicJsonWebKey edwards = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
    edwards.setPrivateKey(pair.getPrivate());
    signing.put("EdDSA", named(edwards));
    for (Map.Entry<String, PublicJsonWebKey> one : signing.entrySet()) {
      String token =
          Minted.token(
              one.getKey(), one.getValue().getPrivateKey(), Map.of("kid", "one"), good().toJson());
      KeySet published = keys(Minted.jwks(one.getValue()));
      assertEquals("ann", verifier.verify(token, published).caller().name(), one.getKey());
      TokenVerifier other =
          verifier(
              Map.of(
                  "ringlet.auth.jwt.algorithms", one.getKey().equals("ES256") ? "ES384" : "ES256"));
      assertEquals(
          ALGORITHM,
          assertThrows(ApiException.class, () -> other.verify(token, published)).detail());
    }
  }

  private static PublicJsonWebKey named(PublicJsonWebKey key) {
    key.setKeyId("one");
    return key;
  }

  @Test
  void verifiesBySecretIfThatIsTheKey() throws Exception {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    SecretKeySpec key = new SecretKeySpec(secret, "HMAC");
    TokenVerifier bySecret = verifier(Map.of("ringlet.auth.jwt.algorithms", "HS256"));
    String token = Minted.token("HS256", key, Map.of("kid", "any"), good().toJson());
    assertEquals("ann", bySecret.verify(token, KeySet.ofKey(key)).caller().name());
    SecretKeySpec wrong = new SecretKeySpec(new byte[32], "HMAC");
    assertThrows(ApiException.class, () -> bySecret.verify(token, KeySet.ofKey(wrong)));
    // a public key is no secret, even if somebody allows what takes one
    String confused =
        Minted.token(
            "HS256",
            new SecretKeySpec(Minted.KEY.getPublicKey().getEncoded(), "HMAC"),
            Map.of(),
            good().toJson());
    assertThrows(
        UnknownKey.class, () -> bySecret.verify(confused, KeySet.ofKey(Minted.KEY.getPublicKey())));
  }

  @Test
  void leavesSecretsInAKeySetAlone() throws Exception {
    OctetSequenceJsonWebKey secret =
        new OctetSequenceJsonWebKey(new SecretKeySpec(new byte[32], "HMAC"));
    secret.setKeyId("secret");
    String jwks =
        "{\"keys\":[%s,%s]}"
            .formatted(
                secret.toJson(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC),
                Minted.KEY.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    TokenVerifier lax = verifier(Map.of("ringlet.auth.jwt.algorithms", "HS256,RS256"));
    String token = Minted.token("HS256", secret.getKey(), Map.of("kid", "secret"), good().toJson());
    assertThrows(UnknownKey.class, () -> lax.verify(token, keys(jwks)));
    assertEquals("ann", lax.verify(Minted.token(good()), keys(jwks)).caller().name());
  }

  @Test
  void triesAFewKeysForATokenWithoutKeyId() throws Exception {
    List<JsonWebKey> many = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      many.add(i == 3 ? Minted.KEY : OTHER);
    }
    String token = headed(Map.of());
    assertEquals(
        "ann",
        verifier.verify(token, keys(Minted.jwks(many.toArray(JsonWebKey[]::new)))).caller().name());
    many.add(0, OTHER);
    assertThrows(
        ApiException.class,
        () -> verifier.verify(token, keys(Minted.jwks(many.toArray(JsonWebKey[]::new)))));
  }

  /** A key may say what it is for. */
  @Test
  void usesNoKeyForWhatItIsNotFor() {
    RsaJsonWebKey encrypts = new RsaJsonWebKey(Minted.KEY.getRsaPublicKey());
    encrypts.setKeyId("one");
    encrypts.setUse("enc");
    RsaJsonWebKey other = new RsaJsonWebKey(Minted.KEY.getRsaPublicKey());
    other.setKeyId("one");
    other.setAlgorithm("PS256");
    String token = Minted.token(good());
    assertThrows(UnknownKey.class, () -> verifier.verify(token, keys(Minted.jwks(encrypts))));
    assertThrows(UnknownKey.class, () -> verifier.verify(token, keys(Minted.jwks(other))));
  }

  private static String pem() {
    return org.jose4j.keys.RsaKeyUtil.pemEncode(Minted.KEY.getPublicKey());
  }
}
