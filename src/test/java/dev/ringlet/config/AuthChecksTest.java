package dev.ringlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthChecksTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir private Path files;

  private static List<String> problems(Map<String, String> settings) {
    Map<String, String> full = new HashMap<>();
    settings.forEach((name, value) -> full.put("ringlet.auth." + name, value));
    return StartupChecks.problems(TestConfig.of(full));
  }

  private static Map<String, String> withAudience(String setting, String value) {
    return Map.of("jwt." + setting, value, "jwt.audience", "ringlet");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(files.resolve(name), text).toString();
  }

  private String pem(String type) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
    byte[] key = generator.generateKeyPair().getPublic().getEncoded();
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          issuer     | issuer.example.com        | ringlet.auth.jwt.issuer is issuer.example.com: write a URL, as https://issuer.example.com.
          issuer     | file:///etc/issuer        | ringlet.auth.jwt.issuer is file:///etc/issuer: write a URL, as https://issuer.example.com.
          issuer     | https://                  | ringlet.auth.jwt.issuer is https://: write a URL, as https://issuer.example.com.
          issuer     | https://a/?b=c            | ringlet.auth.jwt.issuer is https://a/?b=c: write a URL, as https://issuer.example.com.
          issuer     | https://a:b@c             | ringlet.auth.jwt.issuer has credentials in it: write a URL without.
          jwks       | https://a:b@c/keys        | ringlet.auth.jwt.jwks has credentials in it: write a URL without.
          jwks       | ftp://a/keys              | ringlet.auth.jwt.jwks is ftp://a/keys: write a URL, as https://issuer.example.com.
          jwks       | /no/such/file             | ringlet.auth.jwt.jwks is /no/such/file: there is no such file to read.
          jwks       | /tmp                      | ringlet.auth.jwt.jwks is /tmp: there is no such file to read.
          key        | /no/such/file             | ringlet.auth.jwt.key is /no/such/file: name a file with a public key in PEM or a secret (/no/such/file).
          """)
  void saysWhereKeysCannotBe(String setting, String value, String problem) {
    assertEquals(List.of(problem), problems(withAudience(setting, value)));
  }

  @Test
  void takesTokensForAnAudienceOnly() {
    String problem =
        "ringlet.auth.jwt.audience is missing: say whom tokens are for, or those for others are taken too.";
    assertEquals(List.of(problem), problems(Map.of("jwt.issuer", "https://a")));
    assertEquals(List.of(problem), problems(Map.of("jwt.jwks", "https://a/keys")));
    assertEquals(List.of(), problems(withAudience("issuer", "https://a")));
    assertEquals(
        List.of(
            "ringlet.auth.jwt.audience is there without keys: set ringlet.auth.jwt.issuer, .jwks or .key as well."),
        problems(Map.of("jwt.audience", "a")));
  }

  /** An issuer need not be a URL where it is not asked. */
  @Test
  void takesAnyIssuerBesideAKeySet() {
    assertEquals(
        List.of(),
        problems(
            Map.of("jwt.issuer", "me", "jwt.jwks", "https://a/keys", "jwt.audience", "ringlet")));
  }

  @Test
  void takesOneSourceOfKeys() throws Exception {
    assertEquals(
        List.of("ringlet.auth.jwt.jwks and ringlet.auth.jwt.key exclude each other: set one."),
        problems(
            Map.of(
                "jwt.jwks", "https://a/keys",
                "jwt.key", file("key.pem", pem("EC")),
                "jwt.audience", "ringlet")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void takesPublicKeysInPem(String type) throws Exception {
    assertEquals(List.of(), problems(withAudience("key", file("key.pem", pem(type)))));
  }

  @Test
  void refusesWhatElseIsInAFile() throws Exception {
    String key = "ringlet.auth.jwt.key is ";
    for (String text :
        List.of(
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
            "-----BEGIN PUBLIC KEY-----\n",
            "\n" + pem("EC"),
            "# of the issuer\n" + pem("RSA"),
            pem("EC") + pem("EC"),
            "\n",
            "")) {
      List<String> problems = problems(withAudience("key", file("key", text)));
      assertEquals(1, problems.size(), text);
      assertTrue(problems.get(0).startsWith(key), problems.get(0));
    }
  }

  /** What verifies by a secret is never given a public key. */
  @Test
  void keepsSecretsAndPublicKeysApart() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("jwt.audience", "ringlet");
    settings.put("jwt.key", file("secret", "0123456789abcdef0123456789abcdef\n"));
    assertEquals(
        List.of(
            "ringlet.auth.jwt.algorithms has RS256, but ringlet.auth.jwt.key is a secret: set it to HS256, HS384 or HS512."),
        problems(settings));
    settings.put("jwt.algorithms", "HS256");
    assertEquals(List.of(), problems(settings));
    settings.put("jwt.algorithms", "HS256,HS384");
    assertEquals(
        List.of(
            "ringlet.auth.jwt.key has a secret that is too short: HS256, HS384 wants at least 48 bytes."),
        problems(settings));
    settings.put("jwt.key", file("key.pem", pem("RSA")));
    String secretsOnly =
        "ringlet.auth.jwt.algorithms has HS256, which is for a secret alone: set ringlet.auth.jwt.key to the file of one.";
    assertEquals(List.of(secretsOnly), problems(settings));
    settings.put("jwt.algorithms", "RS256,HS256");
    assertEquals(List.of(secretsOnly), problems(settings));
    assertEquals(
        List.of(secretsOnly),
        problems(
            Map.of("jwt.issuer", "https://a", "jwt.audience", "b", "jwt.algorithms", "HS256")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "NONE", "rs256", "HS1", "ES256K", "RSA-OAEP", "dir", "Ed448"})
  void knowsItsAlgorithms(String algorithm) {
    assertEquals(
        List.of(
            "ringlet.auth.jwt.algorithms has %s: name those of RFC 7518 and 8037 that sign, as RS256 or EdDSA."
                .formatted(algorithm)),
        problems(
            Map.of(
                "jwt.issuer", "https://a",
                "jwt.audience", "b",
                "jwt.algorithms", "RS256," + algorithm)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jwt.role-claim     | /a~2b | ringlet.auth.jwt.role-claim is /a~2b: write a name, or a JSON pointer as /realm_access/roles.
          jwt.role-claim     | /     | ringlet.auth.jwt.role-claim is /: write a name, or a JSON pointer as /realm_access/roles.
          jwt.role-claim     | /a/   | ringlet.auth.jwt.role-claim is /a/: write a name, or a JSON pointer as /realm_access/roles.
          jwt.leeway         | -1s   | ringlet.auth.jwt.leeway must not be negative.
          jwt.leeway         | 1h    | ringlet.auth.jwt.leeway must be less than an hour.
          jwt.leeway         | 500ms | ringlet.auth.jwt.leeway must be whole seconds, as in 30s.
          jwt.max-size       | 0     | ringlet.auth.jwt.max-size must be at least 1.
          jwt.max-remembered | 0     | ringlet.auth.jwt.max-remembered must be at least 1.
          key-directory      | /no   | ringlet.auth.key-directory is /no: there is no such directory to read.
          grants.refresh     | 0s    | ringlet.auth.grants.refresh must be longer than nothing, as in 10s.
          """)
  void saysWhatToChange(String setting, String value, String problem) {
    assertEquals(List.of(problem), problems(Map.of(setting, value)));
  }

  @Test
  void wantsAHashAndRolesOfAKey() {
    String noHash =
        "ringlet.auth.keys.a.hash is no SHA-256: write the 64 hexadecimal digits that sha256sum prints.";
    for (String hash : List.of("secret", HASH + "0", HASH.substring(1), HASH.replace('a', 'g'))) {
      assertEquals(List.of(noHash), problems(Map.of("keys.a.hash", hash, "keys.a.roles", "r")));
    }
    String nothing = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";
    assertEquals(
        List.of(
            "ringlet.auth.keys.a.hash is that of an empty key: hash one that nobody can guess."),
        problems(Map.of("keys.a.hash", nothing, "keys.a.roles", "r")));
    for (Map<String, String> key :
        List.of(Map.of("keys.a.hash", HASH, "keys.a.roles", " "), Map.of("keys.a.hash", HASH))) {
      assertThrows(ConfigValidationException.class, () -> problems(key));
    }
  }

  @Test
  void wantsASubjectAndRolesOfACertificate() {
    assertEquals(
        List.of(
            "ringlet.auth.certificates.a.subject is *: write more than that of a name, as CN=client,O=*."),
        problems(Map.of("certificates.a.subject", "*", "certificates.a.roles", "r")));
    assertThrows(
        ConfigValidationException.class,
        () -> problems(Map.of("certificates.a.subject", "CN=a", "certificates.a.roles", " ")));
  }

  /**
   * A name is given in capitals; one with anything but letters and digits between two underscores.
   */
  @Test
  void takesNamesOfTheEnvironment() {
    Map<String, String> environment = new HashMap<>();
    for (String name : List.of("ORDERS", "_MY_APP_", "_2_")) {
      environment.put("RINGLET_AUTH_KEYS_%s_HASH".formatted(name), HASH);
      environment.put("RINGLET_AUTH_KEYS_%s_ROLES".formatted(name), "a,b");
    }
    RingletConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(RingletConfig.class)
            .withSources(new EnvConfigSource(environment, 300))
            .build()
            .getConfigMapping(RingletConfig.class);
    Set<String> names = new TreeSet<>(config.auth().keys().keySet());
    assertEquals(Set.of("orders", "my.app", "2"), names);
    assertEquals(List.of("a", "b"), config.auth().keys().get("orders").roles());
  }
}
