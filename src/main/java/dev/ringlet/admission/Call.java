package dev.ringlet.admission;

import dev.ringlet.access.Action;
import dev.ringlet.access.Caller;
import dev.ringlet.access.Permission;
import dev.ringlet.access.Permissions;
import dev.ringlet.access.Rate;
import dev.ringlet.access.Unlimited;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.protocol.Connections;
import dev.ringlet.request.ResourcePath;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A request that was let in, as the stages hand it on: what it names, who sends it, when it
 * arrived, what it has of this instance, and where it is noted what becomes of it.
 */
public final class Call {
  private static final String KEY = "ringlet.call";

  /** What is answered when Cassandra has too much to do. */
  private static final Set<ErrorCode> OVERLOAD =
      Set.of(ErrorCode.OVERLOADED, ErrorCode.READ_TIMEOUT, ErrorCode.WRITE_OUTCOME_UNKNOWN);

  /** How often its connection is kept, much oftener than a server gives one up. */
  private static final long KEPT_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

  private final HttpServerRequest http;
  private final String rawPath;
  private final Exchange exchange;
  private final InFlightRequest inFlight;
  private ResourcePath path;
  private Caller caller;
  private Permissions permissions;
  private Optional<Permissions> watched = Optional.empty();
  private Set<Rate> counted = Set.of();
  private long timestamp;
  private volatile long kept;

  private Call(HttpServerRequest http, InFlightRequest inFlight) {
    this.http = http;
    this.rawPath = http.path();
    this.exchange = Exchange.of(http);
    this.inFlight = inFlight;
    this.kept = exchange.arrived();
  }

  static void begin(HttpServerRequest http, InFlightRequest inFlight) {
    context(http).putLocal(KEY, new Call(http, inFlight));
  }

  /** The call that a request is. */
  public static Call of(HttpServerRequest http) {
    return context(http).getLocal(KEY);
  }

  private static Context context(HttpServerRequest http) {
    return ((HttpServerRequestInternal) http).context();
  }

  /**
   * What it names.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PATH}
   */
  public ResourcePath path() {
    if (path == null) {
      path = ResourcePath.parse(rawPath);
      exchange.routed(path.segments().size(), path.isOpenApi());
    }
    return path;
  }

  /** Who sends it is known, and what they may. */
  public void authenticated(Caller sender, Permissions permitted) {
    caller = sender;
    permissions = permitted;
    exchange.identified(sender.name(), sender.roles().isEmpty() ? "" : sender.roles().get(0));
  }

  /** Who sends it is known, and what they might if that was enforced. */
  public void watched(Caller sender, Permissions permitted) {
    authenticated(sender, Unlimited.ALL);
    watched = Optional.of(permitted);
  }

  /** What its sender might, if that is looked at only. */
  public Optional<Permissions> watched() {
    return watched;
  }

  /** What its sender may. */
  public Permissions permissions() {
    return permissions;
  }

  /** What it does with its table. */
  public void does(Action action) {
    exchange.does(action.verb().symbol());
  }

  /**
   * Goes no further if its caller has used each rule too often that may allow it. Where that is
   * one, it is counted, whatever becomes of it. Each of its rows is asked for again.
   *
   * @param allowing what may allow it, at least one
   * @throws ApiException {@link ErrorCode#RATE_LIMITED}
   */
  public void requireRate(List<Permission> allowing, CallerRates rates) {
    if (allowing.size() == 1) {
      uses(allowing.get(0), rates); // most callers
      return;
    }
    List<Rate> limited = new ArrayList<>();
    for (Permission permission : allowing) {
      if (permission.rate().isEmpty() || counted.contains(permission.rate().get())) {
        return;
      }
      limited.add(permission.rate().get());
    }
    rates.requireLeft(limited, caller.name(), System.nanoTime());
  }

  /**
   * Counts it for the rate of its caller, once for each rule that it uses.
   *
   * @param permission what allows it
   * @throws ApiException {@link ErrorCode#RATE_LIMITED}
   */
  public void uses(Permission permission, CallerRates rates) {
    Rate rate = permission.rate().orElse(null);
    if (rate != null && !counted.contains(rate)) {
      rates.take(rate, caller.name(), System.nanoTime());
      counted = new HashSet<>(counted);
      counted.add(rate);
    }
  }

  /** When it arrived, by {@link System#nanoTime()}: its deadline counts from there. */
  public long arrived() {
    return exchange.arrived();
  }

  /**
   * The write timestamp of what it writes as a whole, however often that is planned.
   *
   * @param now one that is later than all before
   */
  public long timestamp(LongSupplier now) {
    if (timestamp == 0) {
      timestamp = now.getAsLong();
    }
    return timestamp;
  }

  /** Where it is noted what becomes of it. */
  public Exchange exchange() {
    return exchange;
  }

  /**
   * What is sent to Cassandra; of many statements, the first.
   *
   * @param level the consistency level, by its CQL name
   * @param contended whether it takes turns at its partition
   */
  public void sends(String cql, String level, boolean contended) {
    exchange.planned(cql, level);
    if (contended) {
      inFlight.ignored();
    }
  }

  /** Cassandra has answered the one statement that it is, which always takes about as long. */
  public void answered() {
    exchange.answered();
    inFlight.answered(exchange.cql(), exchange.took());
  }

  /** Cassandra has answered one of its statements, which are many, or large. */
  public void answeredOne() {
    inFlight.answered();
  }

  /**
   * A statement failed: the limit hears of it if Cassandra has too much to do. A refusal of ours,
   * which names its limit, says nothing of that.
   */
  public void failed(ApiException e) {
    if (exchange.isPlanned() && OVERLOAD.contains(e.code()) && !e.members().containsKey("limit")) {
      inFlight.dropped();
    }
  }

  /**
   * Some of its work was done: its connection is not idle, though there is nothing to write yet.
   */
  public void goesOn() {
    long now = System.nanoTime();
    if (now - kept > KEPT_NANOSECONDS) {
      kept = now;
      Connections.keep(http);
    }
  }

  /** What it has of this instance until it ends. */
  public InFlightRequest inFlight() {
    return inFlight;
  }
}
