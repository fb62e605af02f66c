package dev.ringlet.identity;

import dev.ringlet.config.AuthConfig;
import dev.ringlet.config.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the keys of the issuer come from.
 *
 * @param period after which they are looked at again, in case that some were taken back
 */
record KeySource(Supplier<Future<KeySet>> keys, Duration period) {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /** A file costs nothing to look at. */
  private static final Duration OF_FILES = Duration.ofSeconds(30);

  private static final Duration OF_ISSUERS = Duration.ofMinutes(10);

  /** As it is set: the file of a key, a key set, or an issuer that says where its key set is. */
  static KeySource of(AuthConfig.Jwt config, Vertx vertx, Documents documents) {
    if (config.key().isPresent()) {
      String file = config.key().get();
      return new KeySource(
          () -> vertx.executeBlocking(() -> KeySet.ofKey(TokenKey.read(file)), false), OF_FILES);
    }
    Supplier<Future<String>> place =
        config
            .jwks()
            .<Supplier<Future<String>>>map(jwks -> () -> Future.succeededFuture(jwks))
            .orElseGet(() -> () -> discovered(config.issuer().orElseThrow(), documents));
    return new KeySource(
        () ->
            place
                .get()
                .compose(documents::read)
                .compose(json -> vertx.executeBlocking(() -> KeySet.ofJwks(json), false)),
        config
            .jwks()
            .filter(jwks -> !Documents.isUrl(jwks))
            .map(jwks -> OF_FILES)
            .orElse(OF_ISSUERS));
  }

  /** OpenID Connect Discovery 1.0, section 4. */
  private static Future<String> discovered(String issuer, Documents documents) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return documents.read(base + DISCOVERY).map(json -> keySet(issuer, json));
  }

  private static String keySet(String issuer, String json) {
    JsonObject said = object(json);
    if (!issuer.equals(said.getValue("issuer"))) {
      throw new IllegalStateException("Another issuer is named by " + issuer + DISCOVERY);
    }
    String scheme = issuer.startsWith("https://") ? "https://" : "http";
    if (said.getValue("jwks_uri") instanceof String place
        && place.startsWith(scheme)
        && Documents.isUrl(place)) {
      return place;
    }
    throw new IllegalStateException("No jwks_uri that is a safe URL is in " + issuer + DISCOVERY);
  }

  private static JsonObject object(String json) {
    try {
      return new JsonObject(json);
    } catch (DecodeException e) {
      throw new IllegalStateException("What the issuer says of itself is no JSON object.", e);
    }
  }
}
