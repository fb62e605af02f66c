package dev.ringlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PageTokensTest {
  private static final byte[] QUERY = "SELECT a FROM t".getBytes(StandardCharsets.UTF_8);
  private static final ByteBuffer PLACE = ByteBuffer.wrap(new byte[] {1, 2, 3});

  private final PageTokens tokens = with("a secret");

  @Test
  void aTokenLeadsBackToItsPlaceOnAnotherInstanceToo() {
    assertEquals(PLACE, with("a secret").read(QUERY, tokens.issue(QUERY, PLACE)));
  }

  @Test
  void aTokenOfAnotherQueryOrKeyIsRefused() {
    refused(tokens, "SELECT b FROM t".getBytes(StandardCharsets.UTF_8), tokens.issue(QUERY, PLACE));
    refused(with("another secret"), QUERY, tokens.issue(QUERY, PLACE));
    refused(new PageTokens(TestConfig.defaults()), QUERY, tokens.issue(QUERY, PLACE));
  }

  @Test
  void everyChangedBitIsNoticed() {
    byte[] token = tokens.issue(QUERY, PLACE).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < token.length - 1; i++) {
      byte[] changed = token.clone();
      changed[i] = (byte) (changed[i] == 'A' ? 'B' : 'A');
      refused(tokens, QUERY, new String(changed, StandardCharsets.US_ASCII));
    }
    for (int length = 0; length < token.length - 1; length++) {
      refused(tokens, QUERY, new String(token, 0, length, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void theLongestPlacesAreCompressedIfThatIsShorter() {
    byte[] bytes = new byte[2 * 65_535 + 100];
    ByteBuffer zeros = ByteBuffer.wrap(bytes);
    String token = tokens.issue(QUERY, zeros);
    assertTrue(token.startsWith("~") && token.length() < 1000, token);
    assertEquals(zeros, tokens.read(QUERY, token));
    refused(tokens, QUERY, token.substring(1));
    byte[] noise = bytes.clone();
    new Random(1).nextBytes(noise);
    String long64 = tokens.issue(QUERY, ByteBuffer.wrap(noise));
    assertTrue(long64.length() < 175_000, long64.length() + " characters");
    assertEquals(ByteBuffer.wrap(noise), tokens.read(QUERY, long64));
    refused(tokens, QUERY, "~" + long64);
    refused(tokens, QUERY, "~" + tokens.issue(QUERY, PLACE));
  }

  @Property
  void noTextIsAToken(@ForAll String text) {
    refused(tokens, QUERY, text);
  }

  private static void refused(PageTokens tokens, byte[] query, String token) {
    ApiException e = assertThrows(ApiException.class, () -> tokens.read(query, token), token);
    assertEquals(ErrorCode.INVALID_PAGE_TOKEN, e.code());
  }

  private static PageTokens with(String key) {
    return new PageTokens(TestConfig.of(Map.of("ringlet.page-token.key", key)));
  }
}
