package dev.ringlet.cql;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Memory for the rows of all streams. Each has a share of it from its beginning to its end, so that
 * none waits for another. A quarter is for rows that are larger than a share; these wait for each
 * other, first come first served, and one that is larger than this quarter takes all of it.
 */
final class StreamMemory {
  private final long size;

  private final long large;
  private final long pageBytes;
  private long taken;
  private final Queue<Turn> waiting = new ArrayDeque<>();

  /** Who waits. */
  private record Turn(Share share, long bytes, UniEmitter<? super Boolean> emitter) {}

  /**
   * @param size in bytes
   * @param pageBytes of rows that a share has room for; for some of them once more, encoded
   */
  StreamMemory(long size, long pageBytes) {
    this.size = size;
    this.large = size / 4;
    this.pageBytes = pageBytes;
  }

  /**
   * @param atEnd takes what ends it
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is no room for one more
   */
  Share share(Consumer<Runnable> atEnd) {
    Share share = share();
    atEnd.accept(share::end);
    return share;
  }

  private synchronized Share share() {
    if (!takes(pageBytes + Page.PORTION, size - large)) {
      throw full();
    }
    return new Share();
  }

  /** There is no room. */
  static ApiException full() {
    return new ApiException(
            ErrorCode.OVERLOADED, "What other streams have in memory leaves no room for this one.")
        .with("limit", "ringlet.stream.max-bytes");
  }

  private boolean takes(long bytes, long of) {
    boolean fits = taken + bytes <= of;
    taken += fits ? bytes : 0;
    return fits;
  }

  private void give(long bytes) {
    Turn next;
    synchronized (this) {
      taken -= bytes;
    }
    while ((next = served()) != null) {
      next.emitter.complete(true);
    }
  }

  private synchronized Turn served() {
    Turn first = waiting.peek();
    if (first == null || !takes(first.bytes, size)) {
      return null;
    }
    first.share.more += first.bytes;
    return waiting.remove();
  }

  /** What one stream has. */
  final class Share {
    private long more;
    private boolean ended;

    long pageBytes() {
      return pageBytes;
    }

    /** Takes so many bytes besides, instead of what it took so before; says whether it has them. */
    boolean hold(long bytes) {
      return hold(bytes, size - large);
    }

    /** The same unless others would soon be in need of them. */
    boolean holdOfPlenty(long bytes) {
      return hold(bytes, (size - large) / 2);
    }

    private boolean hold(long bytes, long of) {
      long less;
      synchronized (StreamMemory.this) {
        less = more - bytes;
        if (ended || (less < 0 && !(waiting.isEmpty() && takes(-less, of)))) {
          return false;
        }
        more = bytes;
      }
      if (less > 0) {
        give(less);
      }
      return true;
    }

    /** The same when there is room for it, for one that has none besides its share. */
    Uni<Boolean> await(long bytes) {
      return Uni.createFrom()
          .emitter(
              emitter -> {
                synchronized (StreamMemory.this) {
                  if (ended) {
                    return; // nobody wants it any more
                  }
                  waiting.add(new Turn(this, Math.min(bytes, large), emitter));
                }
                give(0);
              });
    }

    /** Gives all back; from now on it has no room. */
    void end() {
      long all;
      synchronized (StreamMemory.this) {
        all = ended ? 0 : pageBytes + Page.PORTION + more;
        ended = true;
        waiting.removeIf(turn -> turn.share == this);
      }
      give(all);
    }
  }
}
