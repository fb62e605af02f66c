package dev.ringlet.cql;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room in memory for statements that are being prepared. What is larger than all of the room goes
 * alone.
 */
final class PreparingRoom {
  private final long size;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param size bytes
   */
  PreparingRoom(long size) {
    this.size = size;
  }

  /** Takes room if there is some. */
  boolean take(long bytes) {
    long before = taken.getAndUpdate(held -> fits(held, bytes) ? held + bytes : held);
    return fits(before, bytes);
  }

  private boolean fits(long held, long bytes) {
    return held == 0 || held + bytes <= size;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
