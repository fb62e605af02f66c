package dev.ringlet.cql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Room in memory for statements that are being prepared, or were a moment ago: where a node hangs,
 * each is held until the time is over that the node has. What is larger than all of the room goes
 * alone.
 */
final class PreparingRoom {
  private record Begun(long nanos, long bytes) {}

  private final Deque<Begun> begun = new ArrayDeque<>();
  private final long size;
  private final long held;
  private long taken;

  /**
   * @param size bytes
   * @param held how long each is in memory from when it was begun
   */
  PreparingRoom(long size, Duration held) {
    this.size = size;
    this.held = held.toNanos();
  }

  /**
   * Takes room if there is some.
   *
   * @param now by {@link System#nanoTime()}
   */
  synchronized boolean take(long bytes, long now) {
    while (!begun.isEmpty() && now - begun.element().nanos() >= held) {
      taken -= begun.remove().bytes();
    }
    if (!begun.isEmpty() && taken + bytes > size) {
      return false;
    }
    begun.add(new Begun(now, bytes));
    taken += bytes;
    return true;
  }
}
