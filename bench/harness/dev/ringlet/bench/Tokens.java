package dev.ringlet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An issuer of tokens, by RS256. They are worth three rules for their caller, of which one is about
 * the table that is read.
 */
final class Tokens {
  private static final Path KEY = Path.of("bench/target/issuer.pem");
  private static final String AUDIENCE = "ringlet";

  /** Of whoever measures for longer. */
  private static final long SECONDS = 1_000_000;

  private final KeyPair keys;

  private Tokens(KeyPair keys) {
    this.keys = keys;
  }

  /** A new issuer, whose public key is in a file. */
  static Tokens issuer() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      Tokens issuer = new Tokens(generator.generateKeyPair());
      Files.createDirectories(KEY.getParent());
      Files.writeString(
          KEY,
          "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
              .formatted(
                  Base64.getMimeEncoder().encodeToString(issuer.keys.getPublic().getEncoded())));
      return issuer;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /**
   * What Ringlet is to know of it.
   *
   * @param remembered how many tokens it keeps
   */
  static Map<String, String> settings(int remembered) {
    return Map.ofEntries(
        Map.entry("RINGLET_AUTH_ANONYMOUS_ROLES", ""),
        Map.entry("RINGLET_AUTH_PERMISSIONS", "rules"),
        Map.entry("RINGLET_AUTH_JWT_KEY", KEY.toAbsolutePath().toString()),
        Map.entry("RINGLET_AUTH_JWT_AUDIENCE", AUDIENCE),
        Map.entry("RINGLET_AUTH_JWT_MAX_REMEMBERED", Integer.toString(remembered)),
        Map.entry("RINGLET_RULES_OTHERS_ROLES", "reader"),
        Map.entry("RINGLET_RULES_OTHERS_TABLES", "tenant_{sub}.*"),
        Map.entry("RINGLET_RULES_OTHERS_MAY", "read,write,delete"),
        Map.entry("RINGLET_RULES_ITEMS_ROLES", "reader"),
        Map.entry("RINGLET_RULES_ITEMS_TABLES", "bench.items"),
        Map.entry("RINGLET_RULES_ITEMS_MAY", "read"),
        Map.entry("RINGLET_RULES_SHELVES_ROLES", "reader"),
        Map.entry("RINGLET_RULES_SHELVES_TABLES", "bench.*"),
        Map.entry("RINGLET_RULES_SHELVES_MAY", "read,write"),
        Map.entry("RINGLET_RULES_SHELVES_ROWS", "shelf=eq.{sub}"));
  }

  /** So many of them, each of another caller. */
  List<String> of(int callers) {
    return IntStream.range(0, callers).mapToObj(caller -> token("caller-" + caller)).toList();
  }

  private String token(String caller) {
    String claims =
        "{\"sub\":\"%s\",\"aud\":\"%s\",\"role\":\"reader\",\"exp\":%d}"
            .formatted(caller, AUDIENCE, Instant.now().getEpochSecond() + SECONDS);
    String signed = encoded("{\"alg\":\"RS256\"}") + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String json) {
    return encoded(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
