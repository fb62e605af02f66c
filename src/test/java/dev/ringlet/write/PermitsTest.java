package dev.ringlet.write;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private final Permits permits = new Permits(2);
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  @CanIgnoreReturnValue
  private UniAssertSubscriber<String> use() {
    return use(1);
  }

  @CanIgnoreReturnValue
  private UniAssertSubscriber<String> use(int size) {
    return use(size, this::work).subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  private <T> Uni<T> use(int size, Supplier<Uni<T>> work) {
    return permits.place(size).chain(place -> place.use(work));
  }

  private Uni<String> work() {
    CompletableFuture<String> work = new CompletableFuture<>();
    begun.add(work);
    return Uni.createFrom().completionStage(work);
  }

  @Test
  void thoseAreFreeThatNeedNotBeWaitedFor() {
    assertTrue(permits.areFree(3), "all, which it gets");
    use();
    assertTrue(permits.areFree(1));
    assertFalse(permits.areFree(2));
    use(2);
    assertFalse(permits.areFree(1), "another one waits");
  }

  @Test
  void noMoreBeginThanThereArePermits() {
    use();
    use();
    UniAssertSubscriber<String> third = use();
    assertEquals(2, begun.size());
    assertTrue(begun.get(0).complete("done"));
    assertEquals(3, begun.size());
    assertTrue(begun.get(2).complete("third"));
    third.assertCompleted().assertItem("third");
  }

  @Test
  void aLargePieceTakesSeveralAndALargerOneAllThereAre() {
    use(1);
    use(2);
    use(1);
    assertEquals(1, begun.size());
    assertTrue(begun.get(0).complete(""));
    assertEquals(2, begun.size());
    use(1000);
    assertTrue(begun.get(1).complete(""));
    assertEquals(3, begun.size());
    assertTrue(begun.get(2).complete(""));
    assertEquals(4, begun.size());
  }

  @Test
  void whatFailsGivesItsPermitBack() {
    use();
    use();
    use();
    assertTrue(begun.get(1).completeExceptionally(new IllegalStateException()));
    assertEquals(3, begun.size());
    use(
            1,
            () -> {
              throw new IllegalArgumentException("no plan");
            })
        .subscribe()
        .with(item -> {}, failure -> {});
    assertTrue(begun.get(0).complete(""));
    assertTrue(begun.get(2).complete(""));
    use();
    use();
    assertEquals(5, begun.size());
  }

  @Test
  void whoGoesAwayWhileWaitingOrWorkingTakesNothingAlong() {
    UniAssertSubscriber<String> working = use();
    use();
    UniAssertSubscriber<String> waiting = use();
    UniAssertSubscriber<String> last = use();
    waiting.cancel();
    assertEquals(2, begun.size());
    working.cancel();
    assertEquals(3, begun.size());
    assertTrue(begun.get(2).complete("last"));
    last.assertItem("last");
  }

  @Test
  void manyThatEndAtOnceDoNotBeginInsideEachOther() {
    use();
    use();
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 100_000; i++) {
      use(1, () -> Uni.createFrom().item(done::incrementAndGet)).subscribe().with(item -> {});
    }
    assertEquals(0, done.get());
    assertTrue(begun.get(0).complete(""));
    await().until(() -> done.get() == 100_000);
  }

  @Test
  void aThreadBeginsOnlySoManyOfOthers() {
    use();
    use();
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 1000; i++) {
      use(1, () -> Uni.createFrom().item(() -> threads.add(Thread.currentThread())))
          .subscribe()
          .with(item -> {});
    }
    assertTrue(begun.get(0).complete(""));
    await().until(() -> threads.size() == 1000);
    assertEquals(
        Permits.AT_A_STRETCH, threads.stream().filter(Thread.currentThread()::equals).count());
  }

  @Test
  void neverTooManyOnManyThreads() throws Exception {
    use(1, () -> Uni.createFrom().item(0)).subscribe().with(item -> {}); // loads what is static
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 20_000; i++) {
      threads.execute(
          () ->
              use(
                      1,
                      () ->
                          Uni.createFrom()
                              .item(() -> most.accumulateAndGet(now.incrementAndGet(), Math::max))
                              .runSubscriptionOn(threads)
                              .invoke(now::decrementAndGet))
                  .subscribe()
                  .with(item -> done.incrementAndGet()));
    }
    await().until(() -> done.get() == 20_000);
    threads.shutdown();
    assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    assertFalse(most.get() > 2, most + " at once");
  }
}
