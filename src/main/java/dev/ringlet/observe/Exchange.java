package dev.ringlet.observe;

import dev.ringlet.cql.StatementDigest;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;

/**
 * One request and its answer, as an operator sees them: what it was about, never a value, and when
 * each stage was done. The stages note it here one after the other.
 */
public final class Exchange {
  private static final String KEY = "ringlet.exchange";

  private final String id;
  private final Traffic traffic;
  private final long arrived = System.nanoTime();

  private volatile Route route = Route.OTHER;
  private volatile String table = "";
  private volatile String cql = "";
  private volatile String consistency = "";
  private volatile boolean timed;
  private volatile boolean usual;
  private volatile boolean contended;
  private volatile Runnable overload = () -> {};
  private volatile long parsed;
  private volatile long planned;
  private volatile long answered;
  private volatile long rows;

  private long kept;
  private boolean over;
  private boolean place;
  private volatile Runnable atEnd = () -> {};

  Exchange(String id, Traffic traffic) {
    this.id = id;
    this.traffic = traffic;
  }

  /** The exchange that a request is part of. */
  public static Exchange of(HttpServerRequest http) {
    return context(http).getLocal(KEY);
  }

  void begin(HttpServerRequest http) {
    context(http).putLocal(KEY, this);
  }

  private static Context context(HttpServerRequest http) {
    return ((HttpServerRequestInternal) http).context();
  }

  /** When the request arrived, by {@link System#nanoTime()}. */
  public long arrived() {
    return arrived;
  }

  /** Its path was read. */
  public void routed(int segments) {
    route = Route.of(segments);
  }

  /** Its table exists, and callers may know that. */
  public void about(String keyspace, String name) {
    table = keyspace + "." + name;
  }

  /**
   * Its head was read.
   *
   * @param wanted whether its client wants to see the times
   */
  public void parsed(boolean wanted) {
    parsed = System.nanoTime();
    timed = wanted;
  }

  /** Its body was read. */
  public void received() {
    parsed = System.nanoTime();
  }

  /** What is sent to Cassandra; of many statements, the first. */
  public void planned(String statement, String level) {
    if (planned == 0) {
      cql = statement;
      consistency = level;
      planned = System.nanoTime();
    }
  }

  /** What is sent takes turns at its partition: how it fares depends on who else is there. */
  public void contended() {
    contended = true;
  }

  /** Who is told each time that Cassandra has not answered in time or is overloaded. */
  public void onOverload(Runnable heard) {
    overload = heard;
  }

  /** Cassandra has not answered a statement in time, or is overloaded. */
  public void overloaded() {
    if (planned != 0 && !contended) {
      overload.run();
    }
  }

  /** Cassandra has said all that is needed for the head of the answer. */
  public void answered() {
    answered = System.nanoTime();
  }

  /** The same, to one statement that always takes about as long while nothing is in its way. */
  public void answeredAsUsual() {
    answered();
    usual = !contended;
  }

  /** Nanoseconds that Cassandra needed, if they say something of its load; else 0. */
  public long comparable() {
    return usual ? answered - planned : 0;
  }

  /**
   * So many bytes more, or less, are in memory until it ends.
   *
   * @return whether it has not ended yet
   */
  public synchronized boolean keeps(long bytes) {
    kept += over ? 0 : bytes;
    return !over;
  }

  public synchronized long kept() {
    return kept;
  }

  /** It is one of those under way, until it gives up that place. */
  public synchronized void takePlace() {
    place = true;
  }

  /** Whether it had a place to give up. */
  public synchronized boolean giveUpPlace() {
    boolean had = place;
    place = false;
    return had;
  }

  /**
   * When it ends.
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

  /** It ends; from now on it keeps nothing more. */
  public void end() {
    synchronized (this) {
      over = true;
    }
    atEnd.run();
  }

  /** What stands for the text of the statement. */
  public int statementHash() {
    return cql.hashCode();
  }

  public void rowsRead(int number) {
    count(number);
    traffic.rowsRead(number);
  }

  public void rowsWritten(int number) {
    count(number);
    traffic.rowsWritten(number);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one page or outcome after the other
  private void count(int number) {
    rows += number;
  }

  String id() {
    return id;
  }

  Route route() {
    return route;
  }

  /** {@code keyspace.table}, or nothing. */
  String table() {
    return table;
  }

  String consistency() {
    return consistency;
  }

  long rows() {
    return rows;
  }

  boolean isTimed() {
    return timed;
  }

  /** A short name of the statement, the same for the same text; or nothing. */
  String statement() {
    return cql.isEmpty() ? "" : StatementDigest.of(cql);
  }

  /** Milliseconds since it arrived, with three digits. */
  String elapsed() {
    return ServerTiming.millis(System.nanoTime() - arrived);
  }

  /** The value of Server-Timing. */
  String timing() {
    return ServerTiming.of(arrived, parsed, planned, answered);
  }
}
