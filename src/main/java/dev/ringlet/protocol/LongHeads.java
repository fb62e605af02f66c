package dev.ringlet.protocol;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of heads in memory: by HTTP/1.1 before their requests are let in, by HTTP/2 until their
 * answers are taken. Each connection may have some; of what is beyond, there is room for all
 * connections together, as hardly anybody needs it but who follows the links of very long keys, or
 * has many requests on one connection.
 */
public final class LongHeads {
  /** What each connection may have. */
  public static final int EACH = 16 * 1024;

  /** What a field of a head takes in memory besides its text, about. */
  static final int FIELD = 150;

  /** What all others have together. */
  private static final int MOST = 2 << 20;

  private final AtomicLong kept = new AtomicLong();

  /**
   * @param bytes so many more, or less
   * @return whether there was room for them
   */
  boolean keep(long bytes) {
    if (kept.addAndGet(bytes) > MOST && bytes > 0) {
      release(bytes);
      return false;
    }
    return true;
  }

  /** So many are in memory no more. */
  void release(long bytes) {
    kept.addAndGet(-bytes);
  }
}
