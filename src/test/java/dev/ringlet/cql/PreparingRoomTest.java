package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PreparingRoomTest {
  private final PreparingRoom room = new PreparingRoom(100);

  @Test
  void hasRoomUntilItIsFull() {
    assertEquals(true, room.take(60));
    assertEquals(true, room.take(40));
    assertEquals(false, room.take(1));
  }

  @Test
  void hasRoomAgainForWhatIsGivenBack() {
    assertEquals(true, room.take(60));
    assertEquals(true, room.take(40));
    room.giveBack(60);
    assertEquals(false, room.take(61));
    assertEquals(true, room.take(60));
  }

  @Test
  void whatIsRefusedTakesNothing() {
    assertEquals(true, room.take(60));
    assertEquals(false, room.take(60));
    assertEquals(true, room.take(40));
  }

  @Test
  void whatIsLargerThanAllOfItGoesAlone() {
    assertEquals(true, room.take(1000));
    assertEquals(false, room.take(1));
    assertEquals(false, room.take(1000));
    room.giveBack(1000);
    assertEquals(true, room.take(1000));
  }
}
