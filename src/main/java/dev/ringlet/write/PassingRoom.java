package dev.ringlet.write;

import dev.ringlet.admission.InFlightRequest;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Memory that a request keeps for a part of its time only: the rows that it reads for a condition,
 * and what is made of them.
 */
final class PassingRoom implements LongConsumer {
  private final InFlightRequest inFlight;
  private final AtomicLong kept = new AtomicLong();

  PassingRoom(InFlightRequest inFlight) {
    this.inFlight = inFlight;
  }

  /**
   * @param bytes so many more, or less
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is no room for them
   */
  @Override
  public void accept(long bytes) {
    inFlight.keep(bytes);
    kept.addAndGet(bytes);
  }

  /** Gives all of it back. */
  void release() {
    inFlight.keep(-kept.getAndSet(0));
  }
}
