package dev.ringlet.identity;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The keys of the issuer as they were last seen. They are fetched when Ringlet starts, until they
 * are there; again from time to time; and for a token that has another one, but not often. What
 * fails leaves those that are known.
 */
final class IssuerKeys {
  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  /** Between attempts while there are none. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** Between attempts for the sake of unknown ones, which anybody can invent. */
  private static final Duration UNKNOWN = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final KeySource source;
  private final Runnable takenBack;
  private final Set<UniEmitter<? super KeySet>> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Promise<KeySet>> underWay = new AtomicReference<>();
  private final AtomicLong nextForUnknown = new AtomicLong(System.nanoTime());
  private volatile Optional<KeySet> known = Optional.empty();
  private volatile boolean failing;
  private volatile boolean ended;
  private volatile long timer;

  /**
   * @param takenBack what to do when a key is there no more
   */
  IssuerKeys(Vertx vertx, KeySource source, Runnable takenBack) {
    this.vertx = vertx;
    this.source = source;
    this.takenBack = takenBack;
  }

  /** Fetches them now and then from now on. */
  void start() {
    fetch().onComplete(done -> startAgain(known.isPresent() ? source.period() : RETRY));
  }

  private void startAgain(Duration pause) {
    if (!ended) {
      timer = vertx.setTimer(pause.toMillis(), now -> start());
    }
  }

  /** Fetches them no more: the application ends, and in development another one begins. */
  void end() {
    ended = true;
    boolean unused = vertx.cancelTimer(timer);
  }

  Optional<KeySet> known() {
    return known;
  }

  /** The first that there are; it may be long until then. */
  Uni<KeySet> first() {
    return Uni.createFrom()
        .emitter(
            one -> {
              waiting.add(one);
              one.onTermination(() -> waiting.remove(one));
              known.ifPresent(one::complete); // since it was asked whether they are there
            });
  }

  /** What there is now, for a token with an unknown key; nothing if that was asked just before. */
  Optional<Uni<KeySet>> again() {
    Promise<KeySet> shared = underWay.get();
    if (shared != null) {
      return Optional.of(uni(shared.future()));
    }
    long now = System.nanoTime();
    long next = nextForUnknown.get();
    return now - next >= 0 && nextForUnknown.compareAndSet(next, now + UNKNOWN.toNanos())
        ? Optional.of(uni(fetch()))
        : Optional.empty();
  }

  private static Uni<KeySet> uni(Future<KeySet> keys) {
    return Uni.createFrom().completionStage(keys.toCompletionStage());
  }

  private Future<KeySet> fetch() {
    Promise<KeySet> mine = Promise.promise();
    Promise<KeySet> other = underWay.compareAndExchange(null, mine);
    if (other != null) {
      return other.future();
    }
    Future.<Void>succeededFuture()
        .compose(begun -> source.keys().get()) // what it throws is a failure, too
        .onComplete(
            done -> {
              underWay.set(null); // before anybody knows: who then asks again, asks the issuer
              note(done);
              mine.handle(done);
            });
    return mine.future();
  }

  private void note(AsyncResult<KeySet> done) {
    if (done.succeeded()) {
      fetched(done.result());
    } else {
      failed(done.cause());
    }
  }

  private void fetched(KeySet keys) {
    Optional<KeySet> before = known;
    known = Optional.of(keys);
    waiting.forEach(one -> one.complete(keys));
    if (before.isPresent() && !keys.hasAllOf(before.get())) {
      takenBack.run();
    }
    if (failing) {
      failing = false;
      LOG.info("The keys of the issuer are there.");
    }
  }

  private void failed(Throwable why) {
    if (!failing) {
      failing = true;
      LOG.warnf("The keys of the issuer cannot be fetched, trying on: %s", why.getMessage());
    }
  }
}
