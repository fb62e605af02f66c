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
  private final Denials denials;
  private final long arrived = System.nanoTime();

  private volatile Route route = Route.OTHER;
  private volatile String identity = "-";
  private volatile String role = "";
  private volatile String table = "";
  private volatile String cql = "";
  private volatile String consistency = "";
  private volatile String verb = "";
  private volatile boolean denied;
  private volatile boolean timed;
  private volatile long parsed;
  private volatile long planned;
  private volatile long answered;
  private volatile long rows;

  Exchange(String id, Traffic traffic, Denials denials) {
    this.id = id;
    this.traffic = traffic;
    this.denials = denials;
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

  /**
   * Who sends it is known.
   *
   * @param name of the caller
   * @param role the first of theirs, or nothing
   */
  public void identified(String name, String role) {
    identity = name;
    this.role = role;
  }

  /** What it does with its table. */
  public void does(String what) {
    verb = what;
  }

  /**
   * Its sender may not do that, of all its rows or of some.
   *
   * @param reason the code of the error
   */
  public void denied(String reason) {
    if (!denied) {
      denied = true;
      denials.count(reason, verb, table, identity);
    }
  }

  /**
   * Its path was read.
   *
   * @param openApi whether that names an OpenAPI document
   */
  public void routed(int segments, boolean openApi) {
    route = openApi ? Route.ofOpenApi(segments) : Route.of(segments);
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

  /** Whether anything was sent. */
  public boolean isPlanned() {
    return planned != 0;
  }

  /** Cassandra has said all that is needed for the head of the answer. */
  public void answered() {
    answered = System.nanoTime();
  }

  /** Nanoseconds from when a statement was sent until its answer. */
  public long took() {
    return answered - planned;
  }

  /** The text of the statement; empty while there is none. */
  public String cql() {
    return cql;
  }

  public void rowsRead(int number) {
    count(number);
    traffic.rowsRead(number);
  }

  /** So many bytes of rows are sent, but for compression. */
  public void streamed(int bytes) {
    traffic.bytesOut(bytes);
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
  String identity() {
    return identity;
  }

  String role() {
    return role;
  }

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
