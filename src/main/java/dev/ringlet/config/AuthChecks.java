package dev.ringlet.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/** What could not work of the settings that say who callers are. */
final class AuthChecks {
  private static final String JWT = "ringlet.auth.jwt.";

  private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern ISSUER = Pattern.compile("https?://[^\\s/?#]+[^\\s?#]*");
  private static final Pattern URL = Pattern.compile("https?://[^\\s/?#]+[^\\s#]*");
  private static final Pattern POINTER = Pattern.compile("[^/].*|(/([^~/]|~[01])+)+");

  private static final Set<String> SECRET = Set.of("HS256", "HS384", "HS512");
  private static final Set<String> PUBLIC =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  private final List<String> problems;

  private AuthChecks(List<String> problems) {
    this.problems = problems;
  }

  static void check(List<String> problems, AuthConfig auth) {
    AuthChecks checks = new AuthChecks(problems);
    checks.tokens(auth.jwt());
    checks.sizes(auth.jwt());
    auth.keys().forEach(checks::key);
    auth.certificates().forEach(checks::certificate);
    auth.keyDirectory().ifPresent(checks::directory);
    if (auth.grants().refresh().isNegative() || auth.grants().refresh().isZero()) {
      problems.add("ringlet.auth.grants.refresh must be longer than nothing, as in 10s.");
    }
  }

  private void tokens(AuthConfig.Jwt jwt) {
    boolean keys = Stream.of(jwt.issuer(), jwt.jwks(), jwt.key()).anyMatch(Optional::isPresent);
    if (keys && jwt.audience().isEmpty()) {
      problems.add(
          JWT + "audience is missing: say whom tokens are for, or those for others are taken too.");
    }
    if (!keys && jwt.audience().isPresent()) {
      problems.add(
          JWT + "audience is there without keys: set " + JWT + "issuer, .jwks or .key as well.");
    }
    if (jwt.jwks().isPresent() && jwt.key().isPresent()) {
      problems.add(JWT + "jwks and " + JWT + "key exclude each other: set one.");
    }
    if (jwt.jwks().isEmpty() && jwt.key().isEmpty()) {
      jwt.issuer().ifPresent(issuer -> url("issuer", issuer, ISSUER));
    }
    jwt.jwks().ifPresent(this::jwks);
    algorithms(jwt, jwt.key().map(this::isSecret).orElse(false));
    if (!POINTER.matcher(jwt.roleClaim()).matches()) {
      problems.add(
          "%srole-claim is %s: write a name, or a JSON pointer as /realm_access/roles."
              .formatted(JWT, jwt.roleClaim()));
    }
  }

  private void sizes(AuthConfig.Jwt jwt) {
    if (jwt.leeway().isNegative()) {
      problems.add(JWT + "leeway must not be negative.");
    } else if (jwt.leeway().toHours() > 0) {
      problems.add(JWT + "leeway must be less than an hour.");
    } else if (!jwt.leeway().equals(jwt.leeway().truncatedTo(ChronoUnit.SECONDS))) {
      problems.add(JWT + "leeway must be whole seconds, as in 30s.");
    }
    if (jwt.maxSize().asLongValue() < 1) {
      problems.add(JWT + "max-size must be at least 1.");
    }
    if (jwt.maxRemembered() < 1) {
      problems.add(JWT + "max-remembered must be at least 1.");
    }
  }

  private void url(String setting, String value, Pattern pattern) {
    if (value.contains("@")) {
      problems.add("%s%s has credentials in it: write a URL without.".formatted(JWT, setting));
    } else if (!pattern.matcher(value).matches()) {
      problems.add(
          "%s%s is %s: write a URL, as https://issuer.example.com.".formatted(JWT, setting, value));
    }
  }

  private void jwks(String place) {
    if (place.contains("://")) {
      url("jwks", place, URL);
    } else if (!isReadable(place, false)) {
      problems.add("%sjwks is %s: there is no such file to read.".formatted(JWT, place));
    }
  }

  private boolean isSecret(String file) {
    try {
      return TokenKey.read(file) instanceof SecretKey;
    } catch (IOException | InvalidPathException e) {
      problems.add(
          "%skey is %s: name a file with a public key in PEM or a secret (%s)."
              .formatted(JWT, file, e.getMessage()));
      return false;
    }
  }

  /** What verifies with a secret must never be given a public key, which everybody has. */
  private void algorithms(AuthConfig.Jwt jwt, boolean secret) {
    if (jwt.algorithms().isEmpty()) {
      problems.add(JWT + "algorithms is empty: name some, as RS256.");
    }
    for (String algorithm : jwt.algorithms()) {
      if (!SECRET.contains(algorithm) && !PUBLIC.contains(algorithm)) {
        problems.add(
            "%salgorithms has %s: name those of RFC 7518 and 8037 that sign, as RS256 or EdDSA."
                .formatted(JWT, algorithm));
      } else if (SECRET.contains(algorithm) != secret) {
        problems.add(
            secret
                ? "%salgorithms has %s, but %skey is a secret: set it to HS256, HS384 or HS512."
                    .formatted(JWT, algorithm, JWT)
                : "%salgorithms has %s, which is for a secret alone: set %skey to the file of one."
                    .formatted(JWT, algorithm, JWT));
        return;
      }
    }
    if (secret) {
      length(jwt);
    }
  }

  /** RFC 7518, section 3.2. */
  private void length(AuthConfig.Jwt jwt) {
    int least = jwt.algorithms().stream().mapToInt(AuthChecks::bytes).max().orElse(0);
    try {
      if (TokenKey.read(jwt.key().orElseThrow()).getEncoded().length < least) {
        problems.add(
            "%skey has a secret that is too short: %s wants at least %d bytes."
                .formatted(JWT, String.join(", ", jwt.algorithms()), least));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read just before
    }
  }

  private static int bytes(String algorithm) {
    return Integer.parseInt(algorithm.substring(2)) / Byte.SIZE;
  }

  private void key(String name, AuthConfig.Key key) {
    if (!HASH.matcher(key.hash()).matches()) {
      problems.add(
          "ringlet.auth.keys.%s.hash is no SHA-256: write the 64 hexadecimal digits that sha256sum prints."
              .formatted(name));
    } else if (Credentials.isOfNothing(key.hash())) {
      problems.add(
          "ringlet.auth.keys.%s.hash is that of an empty key: hash one that nobody can guess."
              .formatted(name));
    }
  }

  private void certificate(String name, AuthConfig.Certificate certificate) {
    if (certificate.subject().replace("*", "").isBlank()) {
      problems.add(
          "ringlet.auth.certificates.%s.subject is %s: write more than that of a name, as CN=client,O=*."
              .formatted(name, certificate.subject()));
    }
  }

  private void directory(String directory) {
    if (!isReadable(directory, true)) {
      problems.add(
          "ringlet.auth.key-directory is %s: there is no such directory to read."
              .formatted(directory));
    }
  }

  private static boolean isReadable(String place, boolean directory) {
    try {
      Path path = Path.of(place);
      return Files.isReadable(path) && Files.isDirectory(path) == directory;
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
