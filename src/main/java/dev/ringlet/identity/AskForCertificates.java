package dev.ringlet.identity;

import dev.ringlet.config.RingletConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where client certificates mean something, they are asked for, and nobody has to have one.
 * Quarkus' own setting of this is fixed when the application is built.
 */
@Singleton
final class AskForCertificates implements HttpServerOptionsCustomizer {
  private final boolean asks;
  private final Optional<String> name;

  AskForCertificates(RingletConfig config, Config all) {
    this.asks = !config.auth().certificates().isEmpty();
    this.name = all.getOptionalValue("quarkus.http.tls-configuration-name", String.class);
  }

  /** Without authorities of its own, the JVM would trust a certificate of any public one. */
  void check(@Observes StartupEvent event, TlsConfigurationRegistry registry) {
    Optional<TlsConfiguration> tls =
        name.isPresent() ? registry.get(name.get()) : registry.getDefault();
    if (asks && tls.filter(AskForCertificates::hasAuthorities).isEmpty()) {
      String prefix = "quarkus.tls." + name.map(prefixed -> prefixed + ".").orElse("");
      throw new IllegalStateException(
          "ringlet.auth.certificates needs TLS and the authorities of the clients: set %skey-store and %strust-store."
              .formatted(prefix, prefix));
    }
  }

  private static boolean hasAuthorities(TlsConfiguration tls) {
    return tls.getKeyStoreOptions() != null
        && tls.getTrustStoreOptions() != null
        && !tls.isTrustAll();
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (asks) {
      options.setClientAuth(ClientAuth.REQUEST);
    }
  }
}
