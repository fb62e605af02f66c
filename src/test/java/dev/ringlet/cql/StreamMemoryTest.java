package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StreamMemoryTest {
  private static final int PAGE = 1 << 16;
  private static final int SHARE = PAGE + Page.PORTION;

  /** Of eight, six are for shares, and two for what is larger. */
  private final StreamMemory memory = new StreamMemory(8 * SHARE, PAGE);

  private final List<Runnable> ends = new ArrayList<>();

  private StreamMemory.Share share() {
    return memory.share(ends::add);
  }

  @Test
  void aQuarterIsForWhatIsLarger() {
    for (int i = 0; i < 6; i++) {
      StreamMemory.Share unused = share();
    }
    ApiException full = assertThrows(ApiException.class, this::share);
    assertEquals(ErrorCode.OVERLOADED, full.code());
    assertEquals("ringlet.stream.max-bytes", full.members().get("limit"));
  }

  @Test
  void whoEndsGivesAllBackOnce() {
    for (int i = 0; i < 6; i++) {
      assertTrue(share().hold(0));
    }
    ends.get(0).run();
    ends.get(0).run();
    StreamMemory.Share one = share();
    assertThrows(ApiException.class, this::share);
    assertTrue(one.hold(0));
  }

  @Test
  void whatIsHeldBesidesTakesThePlaceOfWhatWas() {
    StreamMemory.Share share = share();
    assertTrue(share.hold(5 * SHARE));
    assertThrows(ApiException.class, this::share);
    assertFalse(share.hold(6 * SHARE));
    assertTrue(share.hold(SHARE));
    assertTrue(share().hold(0));
  }

  @Test
  void ofPlentyMoreIsLeftForOthers() {
    StreamMemory.Share share = share();
    assertFalse(share.holdOfPlenty(3 * SHARE));
    assertTrue(share.holdOfPlenty(2 * SHARE));
  }

  @Test
  void whoWaitsIsServedInTurnAndNobodyPasses() {
    StreamMemory.Share large = share();
    StreamMemory.Share other = share();
    assertTrue(large.hold(4 * SHARE));
    CompletableFuture<Boolean> first = wait(other, 2 * SHARE);
    assertTrue(first.isDone());
    CompletableFuture<Boolean> second = wait(large, 2 * SHARE);
    assertFalse(second.isDone());
    assertThrows(ApiException.class, this::share);
    ends.get(1).run();
    assertTrue(second.isDone());
  }

  @Test
  void whatIsLargerThanTheQuarterTakesAllOfIt() {
    assertTrue(wait(share(), 100L * SHARE).isDone());
  }

  @Test
  void whoEndsWhileWaitingIsNotServed() {
    StreamMemory.Share large = share();
    StreamMemory.Share other = share();
    assertTrue(large.hold(4 * SHARE));
    CompletableFuture<Boolean> first = wait(other, 2 * SHARE);
    assertTrue(first.isDone());
    CompletableFuture<Boolean> gone = wait(large, 2 * SHARE);
    ends.get(0).run();
    assertFalse(gone.isDone());
    assertFalse(large.hold(1));
  }

  @Test
  void whoHasEndedTakesNothingMore() {
    StreamMemory.Share share = share();
    ends.get(0).run();
    assertFalse(wait(share, 2 * SHARE).isDone());
    assertFalse(share.hold(1));
    for (int i = 0; i < 6; i++) {
      assertTrue(share().hold(0));
    }
  }

  private static CompletableFuture<Boolean> wait(StreamMemory.Share share, long bytes) {
    return share.await(bytes).subscribeAsCompletionStage();
  }
}
