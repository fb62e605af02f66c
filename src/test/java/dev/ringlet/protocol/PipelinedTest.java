package dev.ringlet.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PipelinedTest {
  private static final int MEGABYTE = 1 << 20;

  /** For one more byte than all connections have together there is none. */
  private static final int ROOM = 2 * MEGABYTE;

  private final LongHeads heads = new LongHeads();
  private final Pipelined one = new Pipelined(heads);
  private final Pipelined other = new Pipelined(heads);

  private boolean isRoomFor(long bytes) {
    boolean room = heads.keep(bytes);
    if (room) {
      heads.release(bytes);
    }
    return room;
  }

  @Test
  void whatIsServedDoesNotCount() {
    assertTrue(one.begins(0));
    assertTrue(one.more(10 * MEGABYTE));
    assertTrue(isRoomFor(ROOM));
  }

  @Test
  void aConnectionHasSomeRoomOfItsOwn() {
    assertTrue(one.begins(0));
    assertTrue(one.begins(LongHeads.EACH / 2));
    assertTrue(one.more(LongHeads.EACH / 2));
    assertTrue(isRoomFor(ROOM));
    assertTrue(one.begins(1));
    assertFalse(isRoomFor(ROOM));
    assertTrue(isRoomFor(ROOM - 1));
  }

  @Test
  void allHaveTheRestTogether() {
    assertTrue(one.begins(0) && one.begins(MEGABYTE));
    assertTrue(other.begins(0) && other.begins(100));
    assertTrue(other.more(MEGABYTE));
    assertFalse(other.more(MEGABYTE));
  }

  @Test
  void whoseTurnItIsCountsNoMore() {
    assertTrue(one.begins(0) && one.begins(MEGABYTE) && one.begins(LongHeads.EACH));
    one.answered();
    assertTrue(isRoomFor(ROOM));
    assertTrue(one.more(MEGABYTE));
    one.answered();
    assertTrue(isRoomFor(ROOM));
    assertTrue(one.more(10 * MEGABYTE));
    one.answered();
    assertTrue(one.begins(0) && one.begins(MEGABYTE));
    assertFalse(isRoomFor(ROOM));
  }

  @Test
  void whatItHasGoesWithTheConnection() {
    assertTrue(one.begins(0) && one.begins(MEGABYTE));
    one.end();
    assertTrue(isRoomFor(ROOM));
  }
}
