package dev.ringlet.identity;

import dev.ringlet.access.Caller;
import dev.ringlet.config.AuthConfig;
import dev.ringlet.config.Credentials;
import dev.ringlet.config.Headers;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Who sends a request, by what of it says so: a token, an API key, a certificate, or nothing. */
@Singleton
public final class Identities {
  private static final Logger LOG = Logger.getLogger(Identities.class);

  private static final CharSequence API_KEY = HttpHeaders.createOptimized(Headers.API_KEY);
  private static final String BEARER = "Bearer ";

  private static final String CLOSED =
      "Nobody may come in: set ringlet.auth.jwt.issuer, ringlet.auth.keys or"
          + " ringlet.auth.certificates, or ringlet.auth.anonymous-roles for callers without"
          + " credentials.";

  private final AuthConfig auth;
  private final Vertx vertx;
  private final Refusals refusals;
  private final Optional<Uni<Caller>> anonymous;
  private final Optional<BearerTokens> tokens;
  private final Optional<ApiKeys> apiKeys;
  private final Optional<ClientCertificates> certificates;
  private final AtomicBoolean listening = new AtomicBoolean();

  Identities(RingletConfig config, Vertx vertx, TlsConfigurationRegistry tls) {
    this.auth = config.auth();
    this.vertx = vertx;
    boolean keys = Credentials.areKeys(auth);
    this.refusals = new Refusals(keys ? List.of("Bearer", "ApiKey") : List.of("Bearer"));
    this.anonymous =
        auth.anonymousRoles().map(Caller::anonymous).map(caller -> Uni.createFrom().item(caller));
    this.tokens = BearerTokens.of(auth.jwt(), refusals, vertx, tls);
    this.apiKeys = keys ? Optional.of(new ApiKeys(auth, refusals)) : Optional.empty();
    this.certificates =
        auth.certificates().isEmpty()
            ? Optional.empty()
            : Optional.of(new ClientCertificates(auth.certificates(), refusals));
  }

  void start(@Observes StartupEvent event) {
    apiKeys.ifPresent(keys -> keys.start(vertx));
    if (auth.enforce() && isClosed()) {
      LOG.warn(CLOSED);
    }
  }

  void listens(@ObservesAsync HttpServerStart event) {
    listens();
  }

  void listens(@ObservesAsync HttpsServerStart event) {
    listens();
  }

  /** Loading what verifies tokens takes time that the start would miss. */
  private void listens() {
    if (listening.compareAndSet(false, true)) {
      tokens.ifPresent(BearerTokens::start);
    }
  }

  void end(@Observes ShutdownEvent event) {
    tokens.ifPresent(BearerTokens::end);
    apiKeys.ifPresent(keys -> keys.end(vertx));
  }

  private boolean isClosed() {
    return anonymous.isEmpty() && tokens.isEmpty() && apiKeys.isEmpty() && certificates.isEmpty();
  }

  /**
   * Its caller: at once, or when the keys of the issuer are there, on the context of the request.
   * It fails with an {@link ApiException}: {@link ErrorCode#UNAUTHENTICATED}, {@link
   * ErrorCode#INVALID_HEADER} or {@link ErrorCode#NOT_READY_TO_AUTHENTICATE}.
   *
   * @param deadline for as long keys are waited for
   * @param room how many requests may be under way now, of which some may wait
   */
  public Uni<Caller> of(HttpServerRequest http, Supplier<Deadline> deadline, int room) {
    try {
      return caller(http, deadline, room);
    } catch (ApiException e) {
      return Uni.createFrom().failure(e);
    }
  }

  private Uni<Caller> caller(HttpServerRequest http, Supplier<Deadline> deadline, int room) {
    Optional<String> authorization = one(http, HttpHeaders.AUTHORIZATION);
    Optional<String> key = one(http, API_KEY);
    Optional<Uni<Caller>> certified = certificates.flatMap(known -> known.of(http.connection()));
    if ((authorization.isPresent() && key.isPresent())
        || (certified.isPresent() && (authorization.isPresent() || key.isPresent()))) {
      throw Refusals.severalKinds();
    }
    return authorization
        .map(value -> authorized(value, http, deadline, room))
        .or(() -> key.map(this::keyed))
        .or(() -> certified)
        .or(() -> anonymous)
        .orElseThrow(
            () ->
                refusals.unauthenticated(
                    isClosed() ? CLOSED : "The request has no credentials, and needs some."));
  }

  private static Optional<String> one(HttpServerRequest http, CharSequence name) {
    String value = http.headers().get(name);
    if (value != null && http.headers().getAll(name).size() > 1) {
      throw Refusals.several(name.toString());
    }
    return Optional.ofNullable(value);
  }

  private Uni<Caller> authorized(
      String value, HttpServerRequest http, Supplier<Deadline> deadline, int room) {
    if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw refusals.unauthenticated("Authorization is not of the scheme Bearer.");
    }
    return tokens
        .orElseThrow(() -> refusals.unauthenticated("Tokens are not taken here."))
        .of(
            value.substring(BEARER.length()).strip(),
            deadline,
            room,
            ((HttpServerRequestInternal) http).context());
  }

  private Uni<Caller> keyed(String value) {
    return apiKeys
        .orElseThrow(() -> refusals.unauthenticated("API keys are not taken here."))
        .of(value);
  }
}
