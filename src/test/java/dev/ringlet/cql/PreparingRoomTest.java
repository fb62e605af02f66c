package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PreparingRoomTest {
  private static final long SECOND = 1_000_000_000;

  private final PreparingRoom room = new PreparingRoom(100, Duration.ofSeconds(2));

  @Test
  void hasRoomUntilItIsFull() {
    assertEquals(true, room.take(60, 0));
    assertEquals(true, room.take(40, 0));
    assertEquals(false, room.take(1, 2 * SECOND - 1));
  }

  @Test
  void eachIsHeldFromWhenItWasBegun() {
    assertEquals(true, room.take(60, 0));
    assertEquals(true, room.take(40, SECOND));
    assertEquals(true, room.take(60, 2 * SECOND));
    assertEquals(false, room.take(1, 3 * SECOND - 1));
    assertEquals(true, room.take(40, 3 * SECOND));
  }

  @Test
  void whatIsRefusedTakesNothing() {
    assertEquals(true, room.take(60, 0));
    assertEquals(false, room.take(60, 0));
    assertEquals(true, room.take(40, 0));
  }

  @Test
  void whatIsLargerThanAllOfItGoesAlone() {
    assertEquals(true, room.take(1000, 0));
    assertEquals(false, room.take(1, 0));
    assertEquals(false, room.take(1000, SECOND));
    assertEquals(true, room.take(1000, 2 * SECOND));
  }
}
