package dev.ringlet.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The headers that go with a problem. */
class ProblemTest {
  private static final String API_KEY = ", ApiKey realm=\"ringlet\", header=\"X-API-Key\"";

  private static String challenge(ApiException e) {
    return Problem.of(e).headers().get("WWW-Authenticate");
  }

  private static ApiException unauthenticated(String detail) {
    return new ApiException(ErrorCode.UNAUTHENTICATED, detail);
  }

  @Test
  void a401SaysWhatToComeBackWith() {
    assertEquals("Bearer realm=\"ringlet\"", challenge(unauthenticated("No.")));
    ApiException both = unauthenticated("No.").with("schemes", List.of("Bearer", "ApiKey"));
    assertEquals("Bearer realm=\"ringlet\"" + API_KEY, challenge(both));
    assertEquals(
        "Bearer realm=\"ringlet\", error=\"invalid_token\", error_description=\"No.\"" + API_KEY,
        challenge(both.with("error", "invalid_token")));
  }

  @Test
  void nothingBreaksOutOfAChallenge() {
    assertEquals(
        "Bearer realm=\"ringlet\", error=\"invalid_token\", error_description=\"a'b'c'd'e\"",
        challenge(
            unauthenticated("a\"b\\c\r\u00e9e".replace("\r", "\rd"))
                .with("error", "invalid_token")));
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    String text = "x".repeat(999) + "😀".repeat(1000);
    ApiException e = new ApiException(ErrorCode.INVALID_VALUE, text).with("got", text);
    assertEquals("x".repeat(999) + "…", e.detail());
    assertEquals("x".repeat(999) + "…", e.members().get("got"));
  }

  @Test
  void documentsStandInItAsTheyAre() {
    RawJson row = new RawJson("{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8));
    Problem shown =
        Problem.of(
            new ApiException(ErrorCode.CONDITION_FAILED, "No.")
                .with("current", row)
                .with("failed", List.of(row, row))
                .with("index", 0));
    String text = new String(shown.document(), StandardCharsets.UTF_8);
    assertEquals(
        "\"current\":{\"a\":\"é\"},\"failed\":[{\"a\":\"é\"},{\"a\":\"é\"}],\"index\":0}",
        text.substring(text.indexOf("\"current\"")));
  }

  @Test
  void a429And503SayWhenToComeBack() {
    assertEquals(
        "17",
        Problem.of(new ApiException(ErrorCode.RATE_LIMITED, "No.").with("retry_after", 17))
            .headers()
            .get("Retry-After"));
    assertEquals(
        "1",
        Problem.of(new ApiException(ErrorCode.NOT_READY_TO_AUTHENTICATE, "No."))
            .headers()
            .get("Retry-After"));
    assertFalse(Problem.of(unauthenticated("No.")).headers().containsKey("Retry-After"));
  }
}
