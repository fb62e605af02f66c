package dev.ringlet.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who callers are, and where it is said what they may. */
public interface AuthConfig {

  /** What a caller without credentials acts in. Absent: there are none without. */
  Optional<List<@WithConverter(TrimmedStringConverter.class) String>> anonymousRoles();

  /** Where it is said what a role may. */
  @WithDefault("rules")
  Source permissions();

  /** Whether what is not allowed is refused, or only counted. */
  @WithDefault("true")
  boolean enforce();

  Jwt jwt();

  /** API keys by their names. */
  Map<String, Key> keys();

  /** A directory of more of them, a file each, as Kubernetes mounts a Secret. */
  Optional<String> keyDirectory();

  /** Client certificates by their names. */
  Map<String, Certificate> certificates();

  Grants grants();

  /** Where it is said what a role may. */
  enum Source {
    /** Nowhere: everybody may do all that is exposed. */
    ALL,
    /** In Cassandra. */
    GRANTS,
    /** In the settings {@code ringlet.rules.*}. */
    RULES
  }

  /** Tokens (RFC 7519). */
  interface Jwt {
    /**
     * Who issues them: their claim {@code iss}, and where their keys are found (OIDC discovery).
     */
    Optional<String> issuer();

    /** Where their keys are, if not where the issuer says: a URL or a file, a JWK set. */
    Optional<String> jwks();

    /** A file with their one key: a public one in PEM, or a secret. */
    Optional<String> key();

    /** Whom they are for: one of these has to be in their claim {@code aud}. */
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> audience();

    /** How they may be signed, by the names of RFC 7518. */
    @WithDefault("RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA")
    List<@WithConverter(TrimmedStringConverter.class) String> algorithms();

    /** The claim that has the roles, by its name or by a JSON pointer (RFC 6901). */
    @WithDefault("role")
    String roleClaim();

    /** How much clocks may differ. */
    @WithDefault("0s")
    Duration leeway();

    /** The most bytes of a token. */
    @WithDefault("8K")
    MemorySize maxSize();

    /** How many verified ones are remembered, until they expire. */
    @WithDefault("1000")
    int maxRemembered();

    /** The TLS configuration by which the issuer is asked; absent: that of the JVM. */
    Optional<String> tls();
  }

  /** An API key. */
  interface Key {
    /** SHA-256 of the key, in hexadecimal digits. */
    String hash();

    /** What its caller acts in. */
    List<@WithConverter(TrimmedStringConverter.class) String> roles();
  }

  /** A client certificate. */
  interface Certificate {
    /** Its distinguished name or an alternative name, with {@code *} for any part of one. */
    String subject();

    /** What its caller acts in. */
    List<@WithConverter(TrimmedStringConverter.class) String> roles();
  }

  /** What Cassandra grants. */
  interface Grants {
    /** How long what was read of a role is good for. */
    @WithDefault("10s")
    Duration refresh();
  }
}
