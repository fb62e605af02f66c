package dev.ringlet.write;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * No more pieces of work at once than there are permits; the others wait, first come first served.
 * A large piece takes more than one permit, but never more than there are.
 */
public final class Permits {
  /** What a thread begins for others at a stretch, before it goes back to what it is there for. */
  static final int AT_A_STRETCH = 32;

  private final int number;
  private final AtomicInteger free;
  private final Queue<Place> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  Permits(int number) {
    this.number = number;
    free = new AtomicInteger(number);
  }

  /** A place that was granted. Whoever went away while waiting does not take it. */
  final class Place {
    private final int size;
    private final UniEmitter<? super Place> turn;
    private final AtomicBoolean left = new AtomicBoolean();
    private boolean used;

    private Place(int size, UniEmitter<? super Place> turn) {
      this.size = size;
      this.turn = turn;
    }

    /** The work. It has to be asked for as soon as the place is there. */
    <T> Uni<T> use(Supplier<Uni<T>> work) {
      return Uni.createFrom()
          .deferred(
              () -> {
                used = true;
                return Uni.createFrom().deferred(work::get).onTermination().invoke(this::leave);
              });
    }

    private void leave() {
      if (!left.getAndSet(true)) {
        free.addAndGet(size);
        grant();
      }
    }
  }

  /** Whether a place of that size need not be waited for, as far as can be known before. */
  boolean areFree(int size) {
    return waiting.isEmpty() && free.get() >= Math.min(size, number);
  }

  /** A place of that size, when there is one. */
  Uni<Place> place(int size) {
    return Uni.createFrom()
        .emitter(
            turn -> {
              waiting.add(new Place(Math.min(size, number), turn));
              grant();
            });
  }

  /**
   * One caller at a time, for all: work that ends at once would else begin the next inside itself.
   */
  private void grant() {
    if (calls.getAndIncrement() == 0) {
      serve();
    }
  }

  private void serve() {
    int granted = 0;
    int served;
    do {
      served = calls.get();
      while (!waiting.isEmpty() && free.get() >= waiting.element().size) {
        if (granted == AT_A_STRETCH && handedOn()) {
          return;
        }
        grant(waiting.remove());
        granted++;
      }
    } while (calls.addAndGet(-served) > 0);
  }

  /** To a thread that is there for such work; an event loop would not come to its connections. */
  private boolean handedOn() {
    try {
      Infrastructure.getDefaultExecutor().execute(this::serve);
      return true;
    } catch (RejectedExecutionException shuttingDown) {
      return false;
    }
  }

  private void grant(Place place) {
    free.addAndGet(-place.size);
    place.turn.complete(place);
    if (!place.used) {
      place.leave();
    }
  }
}
