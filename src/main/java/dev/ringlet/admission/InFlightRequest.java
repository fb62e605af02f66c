package dev.ringlet.admission;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;

/**
 * What a request has of this instance from when it is let in until it ends: a place among those
 * under way, and bytes in memory. How its statements fared is told: one was {@link #answered}, or
 * {@link #dropped}. Where they are {@link #ignored} it says nothing of Cassandra's load how long
 * they take, or that they fail.
 */
public final class InFlightRequest {
  private final InFlightLimit limit;
  private final KeptBytes bytes;

  private volatile boolean ignored;
  private volatile int statement;
  private volatile long nanos;
  private volatile Runnable atEnd = () -> {};

  private long kept;
  private long ofHead;
  private long ofQuery;
  private boolean over;
  private boolean place = true;

  InFlightRequest(InFlightLimit limit, KeptBytes bytes) {
    this.limit = limit;
    this.bytes = bytes;
  }

  /**
   * Cassandra has answered a statement that always takes about as long while nothing is in its way.
   * The limit learns from it when the request ends.
   *
   * @param cql which it is compared with itself by
   * @param took nanoseconds
   */
  void answered(String cql, long took) {
    if (ignored) {
      answered();
    } else {
      statement = cql.hashCode();
      nanos = took;
    }
  }

  /** Cassandra has answered a statement whose time says nothing. */
  void answered() {
    limit.answered(System.nanoTime());
  }

  /** Cassandra has not answered a statement in time, or is overloaded; it may be one of many. */
  void dropped() {
    if (!ignored) {
      limit.notAnswered(System.nanoTime());
    }
  }

  /** What is sent takes turns at its partition: how it fares depends on who else is there. */
  void ignored() {
    ignored = true;
  }

  /** How many requests may be under way now. */
  public int room() {
    return limit.limit();
  }

  /**
   * Makes room for a part of the request's body or for rows that it reads, until it ends.
   *
   * @param more bytes, or less
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is none
   */
  public void keep(long more) {
    bytes.keep(more, kept());
    keptUntilEnd(more);
  }

  /**
   * The same for what is read of a body that may last for hours: it is under way no more.
   *
   * @throws ApiException as {@link #keep}
   */
  public void keepForLong(long more) {
    bytes.keepForLong(more);
    keptUntilEnd(more);
    giveUpPlace();
  }

  private void keptUntilEnd(long more) {
    if (!isKept(more)) {
      bytes.count(-more); // its client is gone
    }
  }

  /**
   * Makes room for what is made of its body, if that is more than the body, which has room already.
   * Of little it makes none.
   *
   * @throws ApiException as {@link #keep}, or {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public void keepAtLeast(long all) {
    if (all > KeptBytes.SMALL) {
      long body = keptOfBody();
      bytes.requirePossible(kept() - body + all);
      keep(Math.max(0, all - body));
    }
  }

  /**
   * The same for what is made besides.
   *
   * @throws ApiException as {@link #keepAtLeast}
   */
  public void keepBesides(long more) {
    keepAtLeast(keptOfBody() + more);
  }

  /**
   * The same for what is made of its headers.
   *
   * @throws ApiException as {@link #keepAtLeast}
   */
  public void keepOfHead(long more) {
    if (more > 0) {
      bytes.requirePossible(kept() + more);
      keep(more);
      countOfHead(more);
    }
  }

  /**
   * The same for what is made of its query: of several, as those of a batch, that of one at a time.
   *
   * @throws ApiException as {@link #keepAtLeast}
   */
  public void keepOfQuery(long all) {
    keepOfHead(all - ofQuery);
    ofQuery = Math.max(ofQuery, all);
  }

  /** Nothing is left of its query but what was sent. */
  public void giveUpQuery() {
    keep(-ofQuery);
    countOfHead(-ofQuery);
    ofQuery = 0;
  }

  private synchronized void countOfHead(long more) {
    ofHead += more;
  }

  private synchronized long keptOfBody() {
    return kept - ofHead;
  }

  private synchronized long kept() {
    return kept;
  }

  private synchronized boolean isKept(long more) {
    kept += over ? 0 : more;
    return !over;
  }

  /** It is under way no more: what is left of it, as of a stream, has a limit of its own. */
  public synchronized void giveUpPlace() {
    if (place) {
      place = false;
      limit.end();
    }
  }

  /**
   * When the request ends.
   *
   * @param what to do then; it does no harm twice
   */
  public void atEnd(Runnable what) {
    atEnd = what;
    if (isOver()) {
      what.run();
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** The request has been answered, or its client is gone: it keeps nothing more. */
  void end() {
    giveUpPlace();
    synchronized (this) {
      over = true;
    }
    atEnd.run();
    bytes.count(-kept());
    if (nanos > 0) {
      limit.answered(statement, nanos, System.nanoTime());
    }
  }
}
