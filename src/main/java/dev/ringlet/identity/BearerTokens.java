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
   * So many requests may wait for keys. Each of them is under way, and others that need no keys
   * must find room.
   */
  private static final int MOST_WAITING = 64;

  private record Remembered(Uni<Caller> caller, long expires) {}

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
   * @param context where it goes on when they were
   * @throws ApiException {@link ErrorCode#UNAUTHENTICATED}; the Uni also {@link
   *     ErrorCode#NOT_READY_TO_AUTHENTICATE}
   */
  Uni<Caller> of(String token, Supplier<Deadline> deadline, Context context) {
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
    return keys.known()
        .map(atHand -> byThese(token, atHand, deadline, context))
        .orElseGet(
            () ->
                waited(keys.first(), deadline, context)
                    .chain(first -> byThese(token, first, deadline, context)));
  }

  /** By the keys at hand; or by those that there are meanwhile, where a token has another one. */
  private Uni<Caller> byThese(
      String token, KeySet atHand, Supplier<Deadline> deadline, Context context) {
    try {
      return caller(token, atHand);
    } catch (UnknownKey e) {
      Uni<KeySet> next = keys.again().orElseThrow(this::unknownKey);
      return waited(next.onFailure().recoverWithItem(atHand), deadline, context)
          .chain(meanwhile -> byThese(token, meanwhile, deadline, context));
    }
  }

  private Uni<KeySet> waited(Uni<KeySet> keySet, Supplier<Deadline> deadline, Context context) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Duration patience = deadline.get().toWait(System.nanoTime());
              if (waiting.incrementAndGet() > MOST_WAITING) {
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
        .emitOn(go -> context.runOnContext(here -> go.run()));
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
