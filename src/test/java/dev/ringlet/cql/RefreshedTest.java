package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefreshedTest {
  private static final long BEGUN = Long.MAX_VALUE - 5;
  private static final Duration GOOD = Duration.ofHours(1);
  private static final long HALF = GOOD.toNanos() / 2;

  private final List<CompletableFuture<String>> readings = new ArrayList<>();
  private final Refreshed<String> refreshed =
      new Refreshed<>(
          GOOD,
          () -> {
            readings.add(new CompletableFuture<>());
            return readings.get(readings.size() - 1);
          });

  private void read(String value) {
    assertFalse(refreshed.read(BEGUN).isDone());
    assertTrue(readings.get(0).complete(value));
  }

  @Test
  void isReadOnceForAllWhoAskFirst() {
    List<CompletableFuture<String>> asked =
        IntStream.range(0, 100).parallel().mapToObj(i -> refreshed.read(BEGUN)).toList();
    assertEquals(1, readings.size());
    assertEquals(Optional.empty(), refreshed.known(BEGUN));
    assertTrue(readings.get(0).complete("a"));
    asked.forEach(one -> assertEquals("a", one.join()));
    assertEquals("a", refreshed.read(BEGUN).join());
    assertEquals(1, readings.size());
    assertEquals(Optional.of("a"), refreshed.known(BEGUN));
  }

  /** Whoever waits for it would else ask again and again before it is. */
  @Test
  void isKnownAsSoonAsItHasBeenRead() {
    for (int i = 0; i < 100; i++) {
      CompletableFuture<String> reading = new CompletableFuture<>();
      Refreshed<String> read = new Refreshed<>(GOOD, () -> reading);
      CompletableFuture<Boolean> completed =
          CompletableFuture.supplyAsync(() -> reading.complete("a"));
      while (!read.read(BEGUN).isDone()) {
        Thread.onSpinWait();
      }
      assertEquals(Optional.of("a"), read.known(BEGUN));
      assertTrue(completed.join());
    }
  }

  @Test
  void isReadAgainAfterHalfOfItsTimeWhileItIsStillGood() {
    read("a");
    assertEquals(Optional.of("a"), refreshed.known(BEGUN + HALF - 1));
    assertEquals(1, readings.size());
    assertEquals(Optional.of("a"), refreshed.known(BEGUN + HALF));
    assertEquals(Optional.of("a"), refreshed.known(BEGUN + HALF + 1));
    assertEquals(2, readings.size());
    assertTrue(readings.get(1).complete("b"));
    assertEquals(Optional.of("b"), refreshed.known(BEGUN + HALF + 2));
  }

  /** However long its reading took. */
  @Test
  void isGoodFromWhenItsReadingBegan() {
    read("a");
    assertEquals(Optional.of("a"), refreshed.known(BEGUN + 2 * HALF - 1));
    assertEquals(Optional.empty(), refreshed.known(BEGUN + 2 * HALF));
    assertTrue(readings.get(1).complete("b"));
    assertEquals(Optional.empty(), refreshed.known(BEGUN + 4 * HALF - 1));
  }

  @Test
  void isNotKeptForLongerWhenItCannotBeReadAgain() {
    read("a");
    assertEquals(Optional.of("a"), refreshed.known(BEGUN + HALF));
    assertTrue(readings.get(1).completeExceptionally(new IllegalStateException("away")));
    assertEquals(Optional.of("a"), refreshed.known(BEGUN + HALF + 1));
    assertTrue(readings.get(2).completeExceptionally(new IllegalStateException("away")));
    assertEquals(Optional.empty(), refreshed.known(BEGUN + 2 * HALF));
    CompletableFuture<String> asked = refreshed.read(BEGUN + 2 * HALF);
    assertTrue(readings.get(3).completeExceptionally(new IllegalStateException("away")));
    CompletionException e = assertThrows(CompletionException.class, asked::join);
    assertEquals("away", e.getCause().getMessage());
  }

  @Test
  void whoGoesAwayTakesNoOtherWithThem() {
    assertTrue(refreshed.read(BEGUN).cancel(true));
    CompletableFuture<String> other = refreshed.read(BEGUN);
    assertTrue(readings.get(0).complete("a"));
    assertEquals("a", other.join());
  }

  @Test
  void whatComesTooLateIsNoAnswer() {
    Refreshed<String> late = new Refreshed<>(Duration.ofMillis(1), CompletableFuture::new);
    CompletionException e = assertThrows(CompletionException.class, () -> late.read(BEGUN).join());
    assertEquals(TimeoutException.class, e.getCause().getClass());
    assertEquals(Optional.empty(), late.known(BEGUN));
  }
}
