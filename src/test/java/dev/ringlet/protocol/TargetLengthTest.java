package dev.ringlet.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TargetLengthTest {
  private static final String TOKEN = "x".repeat(100_000);
  private static final String LONG = "k".repeat(33_000);

  @Test
  void aTokenHasRoomOfItsOwn() {
    assertFalse(TargetLength.isTooLong("/v1/k/t?after=" + TOKEN));
    assertFalse(TargetLength.isTooLong("/v1/k/t?limit=1&after=" + TOKEN + "&c=eq.1"));
    assertFalse(TargetLength.isTooLong("/v1/" + LONG.substring(1_000) + "?after=" + TOKEN));
  }

  @Test
  void theRestHasItsLimit() {
    assertTrue(TargetLength.isTooLong("/v1/" + LONG));
    assertTrue(TargetLength.isTooLong("/v1/" + LONG + "?after=" + TOKEN));
    assertTrue(TargetLength.isTooLong("/v1?before=" + TOKEN));
    assertTrue(TargetLength.isTooLong("/after=" + TOKEN));
    assertTrue(TargetLength.isTooLong("/v1?hereafter=" + TOKEN));
    assertTrue(TargetLength.isTooLong("/v1?after=x&c=" + LONG));
  }

  @Test
  void thereIsRoomForSoMuchOfAllConnections() {
    LongHeads heads = new LongHeads();
    assertTrue(heads.keep(2 << 20));
    assertFalse(heads.keep(1));
    assertTrue(heads.keep(-1));
    assertTrue(heads.keep(1));
    assertEquals(16 << 10, LongHeads.EACH);
  }
}
