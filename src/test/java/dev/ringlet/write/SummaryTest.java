package dev.ringlet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
  private static final int LARGE = 16_000;

  private final List<Outcome> told = new ArrayList<>();

  private Summary of(int outcomes) {
    List<Outcome> shown =
        IntStream.range(0, outcomes)
            .mapToObj(
                i -> Outcome.failed(i, new ApiException(ErrorCode.INVALID_VALUE, "It is none.")))
            .toList();
    return new Summary(new OutcomeCount(null), shown, told::add);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 128, 129, 1000})
  void piecesAreTheSameObject(int outcomes) {
    AssertSubscriber<byte[]> taken = AssertSubscriber.create();
    of(outcomes).pieces().subscribe().withSubscriber(taken);
    taken.request(2);
    assertEquals(Math.min(outcomes, 64), told.size());
    taken.request(Long.MAX_VALUE);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (byte[] piece : taken.assertCompleted().getItems()) {
      assertTrue(piece.length < LARGE, piece.length + " bytes");
      pieces.writeBytes(piece);
    }
    assertEquals(
        new String(of(outcomes).json(), StandardCharsets.UTF_8),
        pieces.toString(StandardCharsets.UTF_8));
    assertEquals(outcomes, told.size());
  }

  @Test
  void oneWithFewOutcomesIsShort() {
    assertEquals(false, of(64).isLong());
    assertEquals(true, of(65).isLong());
  }
}
