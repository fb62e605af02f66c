package dev.ringlet.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * No more pieces of work at once than there are permits; the others wait, first come first served.
 */
final class Permits {
  private final AtomicInteger free;
  private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  Permits(int number) {
    free = new AtomicInteger(number);
  }

  /** Somebody who waits; whoever goes away meanwhile does not take what is granted. */
  private static final class Waiter {
    private UniEmitter<? super Boolean> turn;
    private boolean taken;
  }

  /** The work, when there is a permit for it. It has begun when it is asked for. */
  <T> Uni<T> use(Supplier<Uni<T>> work) {
    return Uni.createFrom().deferred(() -> use(new Waiter(), work));
  }

  private <T> Uni<T> use(Waiter waiter, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .<Boolean>emitter(turn -> await(waiter, turn))
        .invoke(granted -> waiter.taken = granted)
        .chain(() -> Uni.createFrom().deferred(work::get).onTermination().invoke(this::giveBack));
  }

  private void await(Waiter waiter, UniEmitter<? super Boolean> turn) {
    waiter.turn = turn;
    waiting.add(waiter);
    grant();
  }

  private void giveBack() {
    free.incrementAndGet();
    grant();
  }

  /**
   * One caller at a time, for all: work that ends at once would else begin the next inside itself.
   */
  private void grant() {
    if (calls.getAndIncrement() > 0) {
      return;
    }
    int served = 1;
    do {
      while (free.get() > 0 && !waiting.isEmpty()) {
        grant(waiting.remove());
      }
      served = calls.addAndGet(-served);
    } while (served > 0);
  }

  private void grant(Waiter waiter) {
    free.decrementAndGet();
    waiter.turn.complete(true);
    if (!waiter.taken) {
      free.incrementAndGet();
    }
  }
}
