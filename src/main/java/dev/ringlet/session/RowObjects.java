package dev.ringlet.session;

/**
 * What rows that are read or written take in memory besides their bytes: the driver has an object
 * for each, and for each of their values. Of small values these are many times as much as what is
 * sent.
 */
public final class RowObjects {
  private static final int ROW = 56;
  private static final int VALUE = 80;

  private RowObjects() {}

  /** In bytes, about. */
  public static long bytes(long rows, long columns) {
    return rows * (ROW + VALUE * columns);
  }
}
