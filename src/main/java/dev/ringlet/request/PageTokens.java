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
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
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

  /** What a token begins with that is compressed; base64 has no such character. */
  private static final String DEFLATED = "~";

  /** Places that are longer are those of long keys. */
  private static final int LONG = 1024;

  /** More than any place, which has two keys at most. */
  private static final int LONGEST = 1 << 18;

  private final SecretKeySpec key;

  public PageTokens(RingletConfig config) {
    key =
        new SecretKeySpec(
            config.pageToken().key().map(PageTokens::utf8).orElseGet(PageTokens::random),
            ALGORITHM);
  }

  /** A token for the place after a page of the query. */
  public String issue(byte[] query, ByteBuffer place) {
    byte[] plain = new byte[place.remaining()];
    place.duplicate().get(plain);
    byte[] deflated = plain.length > LONG ? deflated(plain) : plain;
    boolean shorter = deflated.length < plain.length;
    byte[] content = shorter ? deflated : plain;
    byte[] token = new byte[CODE_LENGTH + content.length];
    System.arraycopy(content, 0, token, CODE_LENGTH, content.length);
    System.arraycopy(code(query, token, shorter), 0, token, 0, CODE_LENGTH);
    return (shorter ? DEFLATED : "")
        + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The place that a token stands for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PAGE_TOKEN} if it was not made for this query
   */
  public ByteBuffer read(byte[] query, String text) {
    boolean deflated = text.startsWith(DEFLATED);
    byte[] token = decode(deflated ? text.substring(1) : text);
    if (token.length <= CODE_LENGTH
        || !MessageDigest.isEqual(
            code(query, token, deflated), Arrays.copyOf(token, CODE_LENGTH))) {
      throw invalid();
    }
    ByteBuffer content = ByteBuffer.wrap(token, CODE_LENGTH, token.length - CODE_LENGTH).slice();
    return deflated ? inflated(content) : content;
  }

  /** Over what makes a token, so that none can be taken for another. */
  private byte[] code(byte[] query, byte[] token, boolean deflated) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ByteBuffer.allocate(4).putInt(query.length).array());
      mac.update(query);
      mac.update(token, CODE_LENGTH, token.length - CODE_LENGTH);
      if (deflated) {
        mac.update((byte) DEFLATED.charAt(0));
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(plain);
      deflater.finish();
      byte[] shorter = new byte[plain.length]; // what does not fit is not shorter
      return Arrays.copyOf(shorter, deflater.deflate(shorter));
    } finally {
      deflater.end();
    }
  }

  /** It is one that was made here. */
  private static ByteBuffer inflated(ByteBuffer deflated) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      byte[] plain = new byte[LONGEST];
      return ByteBuffer.wrap(Arrays.copyOf(plain, inflater.inflate(plain)));
    } catch (DataFormatException e) {
      throw invalid();
    } finally {
      inflater.end();
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
        "ringlet.page-token.key is not set: page tokens of this instance are good for itself and"
            + " until it ends. Give all instances the same long random text.");
    byte[] key = new byte[CODE_LENGTH];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
