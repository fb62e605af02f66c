package dev.ringlet.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.access.Caller;
import dev.ringlet.config.AuthConfig;
import dev.ringlet.config.Credentials;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Callers by their tokens. One that was verified is remembered until it expires; one that is bad is
 * not, however often it comes.
 */
final class BearerTokens {
  /**
   * So many requests may wait for keys, and no more than half of those that may be under way. Each
   * of them is, and others that need no keys must find room.
   */
  private static final int MOST_WAITING = 64;

  private record Remembered(Uni<Caller> caller, long expires) {}

  /**
   * How a request may wait.
   *
   * @param deadline how long
   * @param room how many requests may be under way
   * @param context where it goes on
   */
  private record Wait(Supplier<Deadline> deadline, int room, Context context) {
    int most() {
      return Math.min(MOST_WAITING, Math.max(1, room / 2));
    }
  }

  private final Refusals refusals;
  private final TokenVerifier verifier;
  private final IssuerKeys keys;
  private final Cache<String, Remembered> remembered;
  private final AtomicInteger waiting = new AtomicInteger();
  private final long maxSize;

  private BearerTokens(AuthConfig.Jwt config, Refusals refusals, Vertx vertx, KeySource source) {
    this.refusals = refusals;
    this.verifier = new TokenVerifier(config, refusals);
    this.remembered =
        Caffeine.newBuilder().maximumSize(config.maxRemembered()).executor(Runnable::run).build();
    this.keys = new IssuerKeys(vertx, source, remembered::invalidateAll);
    this.maxSize = config.maxSize().asLongValue();
  }

  /** None if it is not set where their keys come from. */
  static Optional<BearerTokens> of(
      AuthConfig.Jwt config, Refusals refusals, Vertx vertx, TlsConfigurationRegistry registry) {
    if (!Credentials.areTokens(config)) {
      return Optional.empty();
    }
    Documents documents = new Documents(vertx, config.tls().map(name -> tls(registry, name)));
    return Optional.of(
        new BearerTokens(config, refusals, vertx, KeySource.of(config, vertx, documents)));
  }

  private static TlsConfiguration tls(TlsConfigurationRegistry registry, String name) {
    return registry
        .get(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "ringlet.auth.jwt.tls is %s: there is no quarkus.tls.%s.*"
                        .formatted(name, name)));
  }

  void start() {
    keys.start();
  }

  void end() {
    keys.end();
  }

  /**
   * Whose a token is.
   *
   * @param deadline how long keys may be waited for
   * @param room how many requests may be under way now
   * @param context where it goes on when they were
   * @throws ApiException {@link ErrorCode#UNAUTHENTICATED}; the Uni also {@link
   *     ErrorCode#NOT_READY_TO_AUTHENTICATE}
   */
  Uni<Caller> of(String token, Supplier<Deadline> deadline, int room, Context context) {
    Remembered known = remembered.getIfPresent(token);
    if (known != null) {
      if (now() < known.expires()) {
        return known.caller();
      }
      remembered.invalidate(token);
    }
    if (token.length() > maxSize) {
      throw refusals.invalidToken("The token has more than %d bytes.".formatted(maxSize));
    }
    Wait wait = new Wait(deadline, room, context);
    return keys.known()
        .map(atHand -> byThese(token, atHand, wait))
        .orElseGet(
            () -> {
              verifier.requireSigned(token);
              return waited(keys.first(), wait).chain(first -> byThese(token, first, wait));
            });
  }

  /** By the keys at hand; or by those that there are meanwhile, where a token has another one. */
  private Uni<Caller> byThese(String token, KeySet atHand, Wait wait) {
    try {
      return caller(token, atHand);
    } catch (UnknownKey e) {
      Uni<KeySet> next = keys.again().orElseThrow(this::unknownKey);
      return waited(next.onFailure().recoverWithItem(atHand), wait)
          .chain(meanwhile -> byThese(token, meanwhile, wait));
    }
  }

  private Uni<KeySet> waited(Uni<KeySet> keySet, Wait wait) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Duration patience = wait.deadline().get().toWait(System.nanoTime());
              if (waiting.incrementAndGet() > wait.most()) {
                waiting.decrementAndGet();
                throw Refusals.notReady();
              }
              return keySet
                  .ifNoItem()
                  .after(patience)
                  .failWith(Refusals::notReady)
                  .onTermination()
                  .invoke(waiting::decrementAndGet);
            })
        .emitOn(go -> wait.context().runOnContext(here -> go.run()));
  }

  private Uni<Caller> caller(String token, KeySet keySet) throws UnknownKey {
    TokenVerifier.Verified verified = verifier.verify(token, keySet);
    Uni<Caller> caller = Uni.createFrom().item(verified.caller());
    remembered.put(token, new Remembered(caller, verified.expires()));
    if (keys.known().filter(keySet::equals).isEmpty()) {
      remembered.invalidate(token); // its key may have been taken back meanwhile
    }
    return caller;
  }

  private ApiException unknownKey() {
    return refusals.invalidToken("The token is signed by a key that is not the issuer's (kid).");
  }

  /** How many are. */
  long remembered() {
    remembered.cleanUp();
    return remembered.estimatedSize();
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
