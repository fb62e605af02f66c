package dev.ringlet.cql;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A value that is read of Cassandra, and good for a while from when its reading began: after half
 * of that it is read again as soon as somebody asks for it, while they are still given the old one.
 * There is one reading at a time. One that fails is forgotten.
 */
final class Refreshed<V> {
  private record Reading<V>(V value, long begun) {}

  private final long good;
  private final Supplier<CompletionStage<V>> source;
  private volatile Reading<V> last;
  private CompletableFuture<V> next;

  Refreshed(Duration good, Supplier<CompletionStage<V>> source) {
    this.good = good.toNanos();
    this.source = source;
  }

  /**
   * The value, if there is one that is still good.
   *
   * @param now by {@link System#nanoTime()}
   */
  Optional<V> known(long now) {
    Reading<V> known = last;
    if (known == null || now - known.begun() >= good) {
      return Optional.empty();
    }
    if (!isFresh(now)) {
      boolean unused = read(now).isDone();
    }
    return Optional.of(known.value());
  }

  /**
   * The next value that is read, if none was read meanwhile, when it is known; it fails as the
   * reading does, and when it would not be good any more.
   *
   * @param now by {@link System#nanoTime()}
   */
  synchronized CompletableFuture<V> read(long now) {
    if (isFresh(now)) {
      return CompletableFuture.completedFuture(last.value());
    }
    if (next == null) {
      CompletableFuture<V> reading =
          CompletableFuture.completedFuture(source)
              .thenCompose(Supplier::get)
              .orTimeout(good, TimeUnit.NANOSECONDS)
              .whenComplete((value, failure) -> ended(value, failure, now));
      next = reading.isDone() ? null : reading;
      return reading.copy();
    }
    return next.copy(); // whoever goes away cancels their own alone
  }

  private boolean isFresh(long now) {
    return last != null && now - last.begun() < good / 2;
  }

  private synchronized void ended(V value, Throwable failure, long begun) {
    if (failure == null) {
      last = new Reading<>(value, begun);
    }
    next = null;
  }
}
