package dev.ringlet.row;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Moments of which none comes twice, and version 1 UUIDs of them (RFC 9562, section 5.1). The
 * driver's {@code Uuids} looks up names of the host before it makes the first one, which must not
 * happen on an event loop.
 */
final class TimeUuids {
  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final int NANOS_PER_TICK = 100;

  /** From the beginning of the Gregorian calendar, 1582-10-15, to 1970. */
  private static final long EPOCH = 12_219_292_800L;

  private static final long VERSION = 0x1000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** Says of a node that it is no address of a network card. */
  private static final long MULTICAST = 0x0100_0000_0000L;

  private final Clock clock;
  private long last;

  /**
   * Chosen at random with the first moment that is asked for: what is made earlier may be made when
   * a native image is built, and then would be the same in all of its processes.
   */
  private long clockSequenceAndNode;

  TimeUuids(Clock clock) {
    this.clock = clock;
  }

  /** Now, in units of 100 nanoseconds since 1582, and later than all before. */
  synchronized long next() {
    if (clockSequenceAndNode == 0) {
      clockSequenceAndNode = new SecureRandom().nextLong() >>> 2 | VARIANT | MULTICAST;
    }
    Instant now = clock.instant();
    long ticks = (now.getEpochSecond() + EPOCH) * TICKS_PER_SECOND + now.getNano() / NANOS_PER_TICK;
    last = Math.max(last + 1, ticks);
    return last;
  }

  /** The UUID of a moment that {@link #next} was. */
  synchronized UUID at(long moment) {
    long high = moment << 32 | (moment >>> 16 & 0xFFFF_0000L) | VERSION | moment >>> 48;
    return new UUID(high, clockSequenceAndNode);
  }

  static Instant instant(long moment) {
    return Instant.ofEpochSecond(
        moment / TICKS_PER_SECOND - EPOCH, moment % TICKS_PER_SECOND * NANOS_PER_TICK);
  }
}
