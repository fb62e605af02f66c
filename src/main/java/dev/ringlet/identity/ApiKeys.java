package dev.ringlet.identity;

import dev.ringlet.access.Caller;
import dev.ringlet.config.AuthConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/** Callers by their API keys, of the settings and of a directory. */
final class ApiKeys {
  private final Refusals refusals;
  private final List<ApiKey> fromSettings;
  private final Optional<KeyDirectory> directory;

  ApiKeys(AuthConfig config, Refusals refusals) {
    this.refusals = refusals;
    this.fromSettings =
        config.keys().entrySet().stream()
            .map(key -> new ApiKey(key.getKey(), key.getValue().hash(), key.getValue().roles()))
            .toList();
    this.directory = config.keyDirectory().map(KeyDirectory::new);
  }

  void start(Vertx vertx) {
    directory.ifPresent(files -> files.start(vertx));
  }

  void end(Vertx vertx) {
    directory.ifPresent(files -> files.end(vertx));
  }

  /**
   * Whose a key is. All are compared: how long it takes tells nothing.
   *
   * @throws ApiException {@link ErrorCode#UNAUTHENTICATED}
   */
  Uni<Caller> of(String key) {
    byte[] hash = sha256(key.getBytes(StandardCharsets.ISO_8859_1)); // the bytes that were sent
    Optional<ApiKey> found = among(fromSettings, hash);
    Optional<ApiKey> filed = directory.flatMap(files -> among(files.keys(), hash));
    return found
        .or(() -> filed)
        .orElseThrow(() -> refusals.unauthenticated("There is no such API key."))
        .caller();
  }

  private static Optional<ApiKey> among(List<ApiKey> keys, byte[] hash) {
    Optional<ApiKey> found = Optional.empty();
    for (ApiKey key : keys) {
      if (key.is(hash)) {
        found = Optional.of(key);
      }
    }
    return found;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each JDK has it
    }
  }
}
