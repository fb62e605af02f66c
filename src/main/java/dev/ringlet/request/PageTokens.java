package dev.ringlet.request;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * Page tokens: where a query goes on, in Cassandra's own form, with an authentication code
 * (HMAC-SHA-256, RFC 2104) over that and the query. Only an instance with the same key made it, and
 * only for this very query.
 */
@Singleton
@Startup
public final class PageTokens {
  private static final Logger LOG = Logger.getLogger(PageTokens.class);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int CODE_LENGTH = 32;

  private final SecretKeySpec key;

  public PageTokens(RingletConfig config) {
    key =
        new SecretKeySpec(
            config.pageToken().key().map(PageTokens::utf8).orElseGet(PageTokens::random),
            ALGORITHM);
  }

  /** A token for the place after a page of the query. */
  public String issue(byte[] query, ByteBuffer place) {
    byte[] token = new byte[CODE_LENGTH + place.remaining()];
    place.duplicate().get(token, CODE_LENGTH, place.remaining());
    System.arraycopy(code(query, token), 0, token, 0, CODE_LENGTH);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The place that a token stands for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PAGE_TOKEN} if it was not made for this query
   */
  public ByteBuffer read(byte[] query, String text) {
    byte[] token = decode(text);
    if (token.length <= CODE_LENGTH
        || !MessageDigest.isEqual(
            code(query, token), java.util.Arrays.copyOf(token, CODE_LENGTH))) {
      throw invalid();
    }
    return ByteBuffer.wrap(token, CODE_LENGTH, token.length - CODE_LENGTH).slice();
  }

  private byte[] code(byte[] query, byte[] token) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ByteBuffer.allocate(4).putInt(query.length).array());
      mac.update(query);
      mac.update(token, CODE_LENGTH, token.length - CODE_LENGTH);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static ApiException invalid() {
    return new ApiException(
            ErrorCode.INVALID_PAGE_TOKEN,
            "The token was not made for this query, or the table has changed since: start again without after.")
        .with("hint", "The header Link of a page has the path of the next one, with its token.");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random() {
    LOG.warn(
        "ringlet.page-token.key is not set: page tokens of this instance are good for itself and until it ends."
            + " Give all instances the same long random text.");
    byte[] key = new byte[CODE_LENGTH];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
