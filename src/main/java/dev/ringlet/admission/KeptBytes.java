package dev.ringlet.admission;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes in memory of all requests under way and of answers that are not taken. */
final class KeptBytes {
  /** Those of a request with little to read or to write. */
  static final int SMALL = 1 << 14;

  private static final String LIMIT = "ringlet.in-flight.max-bytes";

  private final long max;
  private final long most;
  private final AtomicLong bytes = new AtomicLong();

  KeptBytes(long max) {
    this.max = max;
    this.most = max + max / 8; // the rest is for those that take little
  }

  /** Whether there is no room for any request. */
  boolean areTooMany() {
    return bytes.get() > most;
  }

  /**
   * Makes room.
   *
   * @param more or less, if below zero
   * @param already those of the same request
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is none
   */
  void keep(long more, long already) {
    if (bytes.addAndGet(more) > (already + more > SMALL ? max : most) && more > 0) {
      bytes.addAndGet(-more);
      throw full();
    }
  }

  private static ApiException full() {
    return new ApiException(
            ErrorCode.OVERLOADED, "What others have in memory leaves no room for this one.")
        .with("limit", LIMIT);
  }

  /**
   * Makes room for what may last for hours, of which there is no more than half of all.
   *
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is none
   */
  void keepForLong(long more) {
    if (bytes.addAndGet(more) > max / 2) {
      bytes.addAndGet(-more);
      throw full();
    }
  }

  /**
   * @param all bytes that one request needs
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED} if there is never room for so many
   */
  void requirePossible(long all) {
    if (all > max) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "The request and what is made of it take %d bytes; all together have %d."
                  .formatted(all, max))
          .with("limit", LIMIT);
    }
  }

  /** So many more, or less, whatever room there is. */
  void count(long more) {
    bytes.addAndGet(more);
  }
}
