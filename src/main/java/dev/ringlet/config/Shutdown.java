package dev.ringlet.config;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The end of the process, once it was asked to end. Requests that are under way are waited for; a
 * stream could go on for longer than that, so it is broken off while there still is time to say so.
 */
@Singleton
public final class Shutdown {
  private static final Logger LOG = Logger.getLogger(Shutdown.class);

  private final Duration patience;
  private final Duration all;
  private final Set<Runnable> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean begun;
  private volatile long asked;

  /**
   * @param delay how long it goes on serving
   * @param timeout how long it waits after that
   */
  public Shutdown(
      @ConfigProperty(name = "quarkus.shutdown.delay") Duration delay,
      @ConfigProperty(name = "quarkus.shutdown.timeout") Duration timeout) {
    this.patience = delay.plus(timeout.dividedBy(2));
    this.all = delay.plus(timeout);
  }

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    asked = System.nanoTime();
    begun = true;
    CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS)
        .execute(() -> streams.forEach(Shutdown::tellNow));
  }

  /** One that cannot be told must not keep the others from it. */
  private static void tellNow(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException e) {
      LOG.warn("A stream could not be told that the process ends", e);
    }
  }

  /** Whether the process was asked to end. */
  public boolean begun() {
    return begun;
  }

  /** Nanoseconds since it began. */
  public long elapsed() {
    return System.nanoTime() - asked;
  }

  /** Nanoseconds until requests are waited for no more; 0 as well if it has not begun. */
  public long remaining() {
    return begun ? Math.max(0, all.toNanos() - elapsed()) : 0;
  }

  /**
   * To be asked by streams between two of their steps.
   *
   * @throws ApiException {@link ErrorCode#SHUTTING_DOWN} if it is time for them to end
   */
  public void check() {
    if (isTime()) {
      throw ending();
    }
  }

  /** Whether it is time for streams to end. */
  public boolean isTime() {
    return begun && elapsed() >= patience.toNanos();
  }

  /** What they end with. */
  public ApiException ending() {
    return new ApiException(ErrorCode.SHUTTING_DOWN, "This instance ends; go on with another one.");
  }

  /**
   * For a stream that waits for its client, and so does not ask.
   *
   * @param told when it is time for streams to end, if it is not yet
   * @return to be run when the stream has ended
   */
  public Runnable tell(Runnable told) {
    streams.add(told);
    return () -> streams.remove(told);
  }
}
