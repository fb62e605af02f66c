package dev.ringlet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.encode.JsonBytes;
import dev.ringlet.encode.RawJson;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {
  private static final int LENGTH = 900;

  private static ApiException error(ErrorCode code) {
    return new ApiException(code, "What happened").with("column", "n");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void inBriefItSaysWhatBecameOfTheRowAndTakesNothing(ErrorCode code) {
    Outcome brief = Outcome.failed(7, error(code)).brief();
    assertEquals(7, brief.index());
    assertEquals(code.status(), brief.status());
    assertEquals(code, brief.error().orElseThrow().code());
    assertEquals(0, brief.bytes());
    assertEquals(brief, brief.brief());
  }

  @Test
  void anErrorInBriefIsAProblemDocument() {
    Outcome brief = Outcome.failed(7, error(ErrorCode.UNKNOWN_COLUMN)).brief();
    assertEquals(
        "{\"index\":7,\"status\":400,\"error\":{"
            + "\"type\":\"https://ringlet.dev/errors#unknown-column\","
            + "\"title\":\"The table has no such column\",\"status\":400,"
            + "\"detail\":\"The table has no such column\",\"code\":\"unknown-column\"}}",
        new String(JsonBytes.write(brief::write), StandardCharsets.UTF_8));
  }

  @Test
  void whatItShowsIsCounted() {
    assertEquals(0, Outcome.done(0, 201).bytes());
    long small = Outcome.failed(0, error(ErrorCode.UNKNOWN_COLUMN)).bytes();
    assertTrue(small > 500 && small < 1000, small + " bytes");
    String text = "x".repeat(LENGTH);
    for (Object shown :
        List.of(text, new RawJson(text.getBytes(StandardCharsets.UTF_8)), List.of(text))) {
      Outcome large = Outcome.failed(0, error(ErrorCode.CONDITION_FAILED).with("current", shown));
      assertTrue(large.bytes() > 3 * LENGTH, large.bytes() + " bytes");
    }
    Outcome told = Outcome.failed(0, new ApiException(ErrorCode.REFUSED_BY_CASSANDRA, text));
    assertTrue(told.bytes() > 3 * LENGTH, told.bytes() + " bytes");
  }
}
