package dev.ringlet.cql;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The end of the process, once it was asked to end. Requests that are under way are waited for; a
 * stream could go on for longer than that, so it is broken off while there still is time to say so.
 */
@Singleton
public final class Ending {
  private final Duration patience;
  private volatile long asked;

  Ending(
      @ConfigProperty(name = "quarkus.shutdown.delay") Duration delay,
      @ConfigProperty(name = "quarkus.shutdown.timeout") Duration timeout) {
    this.patience = delay.plus(timeout.dividedBy(2));
  }

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    asked = System.nanoTime();
  }

  /**
   * To be asked by streams between two of their steps.
   *
   * @throws ApiException {@link ErrorCode#SHUTTING_DOWN} if it is time for them to end
   */
  public void check() {
    if (asked != 0 && System.nanoTime() - asked > patience.toNanos()) {
      throw new ApiException(
          ErrorCode.SHUTTING_DOWN, "This instance ends; go on with another one.");
    }
  }
}
