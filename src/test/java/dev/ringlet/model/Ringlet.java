package dev.ringlet.model;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The packaged application with the rules of the model. */
final class Ringlet implements AutoCloseable {
  private final Packaged packaged;

  private Ringlet(Packaged packaged) {
    this.packaged = packaged;
  }

  static Ringlet start(String name, Shapes shapes, Collection<Policy> policies, List<String> keys)
      throws IOException {
    Path directory = Files.createDirectories(Path.of("target", name).toAbsolutePath());
    Path secret = Files.write(directory.resolve("secret"), Tokens.SECRET);
    StringBuilder settings = new StringBuilder();
    settings.append("ringlet.auth.jwt.key=%s%n".formatted(secret));
    settings.append("ringlet.auth.jwt.algorithms=HS256%n".formatted());
    settings.append("ringlet.auth.jwt.audience=%s%n".formatted(Tokens.AUDIENCE));
    settings.append("ringlet.scan=%s.exports%n".formatted(shapes.main()));
    for (String key : keys) {
      settings.append("ringlet.auth.keys.%s.hash=%s%n".formatted(key, hash(Subject.KEY + key)));
      settings.append("ringlet.auth.keys.%s.roles=%s%n".formatted(key, key));
    }
    policies.forEach(policy -> settings.append(policy.settings()));
    Path file = directory.resolve("application.properties");
    Files.writeString(file, settings);
    Packaged packaged =
        Packaged.start(
            name,
            "127.0.0.1:" + TestCassandra.port(),
            Map.of(
                "QUARKUS_CONFIG_LOCATIONS",
                file.toUri().toString(),
                "RINGLET_AUTH_PERMISSIONS",
                "rules",
                "RINGLET_AUTH_ANONYMOUS_ROLES",
                Policies.PUBLIC,
                "RINGLET_TIMEOUT_DEFAULT",
                "20s"));
    packaged.awaitReady();
    return new Ringlet(packaged);
  }

  private static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri() {
    return packaged.uri("");
  }

  String log() {
    return packaged.log();
  }

  @Override
  public void close() {
    packaged.close();
  }
}
