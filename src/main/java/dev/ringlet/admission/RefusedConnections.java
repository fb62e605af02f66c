package dev.ringlet.admission;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Where connections that were refused wait until they are read again: a few pass with each
 * iteration of the event loop, in their order. Those who ask again at once would else take all of
 * it from the requests under way; what they send meanwhile waits in their sockets.
 */
public final class RefusedConnections {
  static final int PASSING = 16;

  private static final FastThreadLocal<RefusedConnections> OF_EVENT_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected RefusedConnections initialValue() {
          return new RefusedConnections();
        }
      };

  private final Queue<Runnable> waiting = new ArrayDeque<>();

  private RefusedConnections() {}

  /**
   * @param loop the event loop that this is called on
   */
  static void await(EventLoop loop, Runnable passing) {
    OF_EVENT_LOOP.get().add(loop, passing);
  }

  private void add(EventLoop loop, Runnable passing) {
    if (waiting.isEmpty()) {
      turn(loop);
    }
    waiting.add(passing);
  }

  /** What is merely executed may still be of the same iteration. */
  @SuppressWarnings("FutureReturnValueIgnored") // where an event loop ends, nobody waits
  private void turn(EventLoop loop) {
    loop.schedule(() -> pass(loop), 1, TimeUnit.NANOSECONDS);
  }

  private void pass(EventLoop loop) {
    for (int i = 0; i < PASSING && !waiting.isEmpty(); i++) {
      waiting.remove().run();
    }
    if (!waiting.isEmpty()) {
      turn(loop);
    }
  }
}
