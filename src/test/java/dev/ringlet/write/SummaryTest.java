package dev.ringlet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
  private static final int LARGE = 16_000;

  private static Summary of(int outcomes) {
    List<Outcome> shown =
        IntStream.range(0, outcomes)
            .mapToObj(
                i -> Outcome.failed(i, new ApiException(ErrorCode.INVALID_VALUE, "It is none.")))
            .toList();
    return new Summary(new OutcomeCount(null), shown);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 128, 129, 1000})
  void piecesAreTheSameObject(int outcomes) {
    Summary summary = of(outcomes);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (byte[] piece : summary.pieces().subscribe().asIterable()) {
      assertTrue(piece.length < LARGE, piece.length + " bytes");
      pieces.writeBytes(piece);
    }
    assertEquals(
        new String(summary.json(), StandardCharsets.UTF_8),
        pieces.toString(StandardCharsets.UTF_8));
  }

  @Test
  void oneWithFewOutcomesIsShort() {
    assertEquals(false, of(64).isLong());
    assertEquals(true, of(65).isLong());
  }
}
