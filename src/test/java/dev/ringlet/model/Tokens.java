package dev.ringlet.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens signed by HS256 (RFC 7515), by nothing that the application has. */
final class Tokens {
  static final String AUDIENCE = "ringlet";
  static final byte[] SECRET =
      "a secret of these tests, 32 bytes or more".getBytes(StandardCharsets.UTF_8);

  private static final String HEAD = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final int LIFE_SECONDS = 3600;

  private Tokens() {}

  /** One that is good for an hour. */
  static String good(ObjectNode claims) {
    ObjectNode all = claims.deepCopy();
    all.put("aud", AUDIENCE);
    all.put("exp", System.currentTimeMillis() / 1000 + LIFE_SECONDS);
    return signed(all, SECRET);
  }

  static String signed(ObjectNode claims, byte[] secret) {
    String text = part(HEAD) + "." + part(claims.toString());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
