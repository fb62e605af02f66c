package dev.ringlet.protocol;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The requests of a connection of HTTP/1.1 that were sent before those before them were answered
 * (RFC 9112, section 9.3.2). The server has them in memory until it is their turn.
 */
final class Pipelined {
  private final ConnectionHeads heads;

  /** The bytes of each that is not answered, in their order; the first one is being served. */
  private final Deque<Long> bytes = new ArrayDeque<>();

  Pipelined(LongHeads all) {
    heads = new ConnectionHeads(all);
  }

  /**
   * One more has come.
   *
   * @param head its bytes; of the first one they do not count
   * @return whether there is room for them
   */
  boolean begins(long head) {
    bytes.addLast(head);
    return bytes.size() == 1 || heads.keep(head);
  }

  /** The same of a part of the body of the last one. */
  boolean more(long body) {
    if (bytes.size() <= 1) {
      return true;
    }
    bytes.addLast(bytes.removeLast() + body);
    return heads.keep(body);
  }

  /** The first one was: it is the next one's turn. */
  void answered() {
    bytes.pollFirst();
    if (!bytes.isEmpty()) {
      boolean unused = heads.keep(-bytes.getFirst()); // there is room for less
    }
  }

  /** The connection is closed. */
  void end() {
    heads.end();
  }
}
