package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.value.NumberForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Entity tags (RFC 9110, section 8.8.3): of a row a digest of every column's name and value, of
 * what never changes a digest of its bytes.
 */
public final class ETags {
  private static final int LENGTH = 16;
  private static final String GZIP = ".gzip";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** To find one and make its tables costs more than a tag does. */
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(ETags::sha256);

  private ETags() {}

  /**
   * The tag of a row as JSON with numbers as strings, not compressed: the other forms add to it.
   */
  public static String of(ColumnDefinitions columns, Row row) {
    MessageDigest digest = DIGEST.get();
    ByteBuffer lengths = ByteBuffer.allocate(8);
    for (int i = 0; i < columns.size(); i++) {
      byte[] name = columns.get(i).getName().asInternal().getBytes(StandardCharsets.UTF_8);
      ByteBuffer value = row.getBytesUnsafe(i);
      int length = value == null ? -1 : value.remaining();
      digest.update(lengths.putInt(0, name.length).putInt(4, length).array());
      digest.update(name);
      if (value != null) {
        digest.update(value.array(), value.arrayOffset() + value.position(), length);
      }
    }
    return tag(digest.digest());
  }

  /** The tag of a document that is always the same bytes. */
  public static String of(byte[] document) {
    return tag(DIGEST.get().digest(document));
  }

  private static String tag(byte[] digest) {
    byte[] tag = Arrays.copyOf(digest, LENGTH);
    return '"' + BASE64.encodeToString(tag) + '"';
  }

  /** The same content in another form has a strong tag of its own (RFC 9110, section 8.8.3). */
  public static String form(String tag, NumberForm numbers, boolean gzip) {
    if (numbers == NumberForm.STRING && !gzip) {
      return tag;
    }
    String form = (numbers == NumberForm.JSON ? ".numbers" : "") + (gzip ? GZIP : "");
    return tag.substring(0, tag.length() - 1) + form + '"';
  }

  /**
   * Whether one of the tags of If-None-Match stands for this form, compressed or not; by the weak
   * comparison, as the RFC has it there. With numbers in the other form it is another text, which a
   * browser would take for this one after a 304, although the answers vary by Prefer.
   *
   * @param own as {@link #form} makes it
   */
  public static boolean matches(List<String> ifNoneMatch, String own) {
    return !ifNoneMatch.isEmpty()
        && ifNoneMatch.stream().anyMatch(given -> inflated(given).equals(inflated(own)));
  }

  /**
   * Whether one of the tags of If-Match stands for this content, in whatever form; by the strong
   * comparison, which weak tags never pass.
   *
   * @param tag as {@link #of} makes it
   */
  public static boolean isOneOf(List<String> ifMatch, String tag) {
    return ifMatch.stream()
        .anyMatch(given -> !given.startsWith("W/") && content(given).equals(tag));
  }

  private static String inflated(String given) {
    String strong = given.startsWith("W/") ? given.substring("W/".length()) : given;
    return strong.endsWith(GZIP + '"')
        ? strong.substring(0, strong.length() - GZIP.length() - 1) + '"'
        : strong;
  }

  /** Without its form, which what stands for the content has no dot before. */
  private static String content(String strong) {
    int form = strong.indexOf('.');
    return form >= 0 && strong.substring(form).matches("[a-z.]*+\"")
        ? strong.substring(0, form) + '"'
        : strong;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
