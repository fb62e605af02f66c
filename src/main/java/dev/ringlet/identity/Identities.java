package dev.ringlet.identity;

import dev.ringlet.access.Caller;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who sends a request, by what of it says so. */
@Singleton
public final class Identities {
  private final Optional<Uni<Caller>> anonymous;

  Identities(RingletConfig config) {
    this.anonymous =
        config
            .auth()
            .anonymousRoles()
            .map(Caller::anonymous)
            .map(caller -> Uni.createFrom().item(caller));
  }

  /**
   * Its caller: at once, or when the keys of the issuer are there, on the context of the request.
   * It fails with an {@link ApiException}: {@link ErrorCode#UNAUTHENTICATED}, {@link
   * ErrorCode#INVALID_HEADER} or {@link ErrorCode#NOT_READY_TO_AUTHENTICATE}.
   *
   * @param arrived when it arrived, by {@link System#nanoTime()}: keys are waited for from then on
   */
  public Uni<Caller> of(HttpServerRequest http, long arrived) {
    return anonymous.orElseGet(
        () ->
            Uni.createFrom()
                .failure(
                    new ApiException(
                        ErrorCode.UNAUTHENTICATED, "There are no credentials in the request.")));
  }
}
