package dev.ringlet.identity;

import dev.ringlet.access.Caller;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Who sends a request. */
@Singleton
public final class Identities {
  private final RingletConfig config;

  Identities(RingletConfig config) {
    this.config = config;
  }

  /** The caller. */
  public Uni<Caller> of(HttpServerRequest http, long arrived) {
    return config
        .auth()
        .anonymousRoles()
        .map(Caller::anonymous)
        .map(Uni.createFrom()::item)
        .orElseGet(
            () -> Uni.createFrom().failure(new ApiException(ErrorCode.UNAUTHENTICATED, "none")));
  }
}
