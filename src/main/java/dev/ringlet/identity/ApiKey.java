package dev.ringlet.identity;

import dev.ringlet.access.Caller;
import io.smallrye.mutiny.Uni;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** A key that is known by its hash. */
final class ApiKey {
  private final byte[] hash;
  private final Uni<Caller> caller;

  /**
   * @param hash SHA-256, in hexadecimal digits
   */
  ApiKey(String name, String hash, List<String> roles) {
    this.hash = HexFormat.of().parseHex(hash);
    this.caller = Uni.createFrom().item(Caller.named(name, roles));
  }

  /** It takes as long whatever the difference is. */
  boolean is(byte[] other) {
    return MessageDigest.isEqual(hash, other);
  }

  Uni<Caller> caller() {
    return caller;
  }
}
