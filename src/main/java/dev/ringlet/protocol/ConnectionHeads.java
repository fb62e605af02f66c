package dev.ringlet.protocol;

/**
 * The bytes of heads of one connection. Some room is its own; what is beyond counts among those of
 * all.
 */
final class ConnectionHeads {
  private final LongHeads all;
  private long bytes;
  private long beyond;

  ConnectionHeads(LongHeads all) {
    this.all = all;
  }

  /**
   * @param more bytes, or less
   * @return whether there was room for them; else it is as if they had not come
   */
  boolean keep(long more) {
    long moreBeyond = Math.max(0, bytes + more - LongHeads.EACH) - beyond;
    if (moreBeyond != 0 && !all.keep(moreBeyond)) {
      return false;
    }
    bytes += more;
    beyond += moreBeyond;
    return true;
  }

  /** The connection is closed. */
  void end() {
    all.release(beyond);
    bytes = 0;
    beyond = 0;
  }
}
