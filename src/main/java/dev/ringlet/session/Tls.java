package dev.ringlet.session;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.net.SSLOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jboss.logging.Logger;

/**
 * TLS to Cassandra, where the TLS registry has a configuration named {@code cassandra}. Connections
 * are opened on event loops, so what they need is made before: when the session is opened, and when
 * the registry has read the certificates again.
 */
@Singleton
public final class Tls {
  private static final Logger LOG = Logger.getLogger(Tls.class);

  private static final String NAME = "cassandra";

  /**
   * @param cipherSuites none for those of the JDK
   * @param verification how a node proves its name, empty if it need not
   */
  private record Settings(
      SSLContext context,
      List<String> protocols,
      List<String> cipherSuites,
      Optional<String> verification) {}

  private final TlsConfigurationRegistry registry;
  private volatile Optional<Settings> settings = Optional.empty();

  Tls(TlsConfigurationRegistry registry) {
    this.registry = registry;
  }

  /** Reads the certificates, and says whether there are any: then {@link #engine} may be called. */
  boolean isConfigured() {
    settings = registry.get(NAME).map(Tls::settings);
    return settings.isPresent();
  }

  /** For one connection. The node has to prove that it is what the driver knows it as. */
  SSLEngine engine(InetSocketAddress node) {
    Settings tls = settings.orElseThrow();
    // never a name that DNS has for an address: asking waits, and the answer proves nothing
    SSLEngine engine = tls.context().createSSLEngine(node.getHostString(), node.getPort());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(tls.protocols().toArray(String[]::new));
    if (!tls.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(tls.cipherSuites().toArray(String[]::new));
    }
    tls.verification().ifPresent(parameters::setEndpointIdentificationAlgorithm);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** New connections use the new certificates; those that are open go on. */
  void updated(@Observes CertificateUpdatedEvent event) {
    if (event.name().equals(NAME)) {
      try {
        settings = Optional.of(settings(event.tlsConfiguration()));
      } catch (IllegalStateException e) {
        LOG.error("New certificates for Cassandra are of no use; going on with the old ones", e);
      }
    }
  }

  private static Settings settings(TlsConfiguration configuration) {
    SSLOptions options = configuration.getSSLOptions();
    return new Settings(
        context(configuration),
        List.copyOf(options.getEnabledSecureTransportProtocols()),
        List.copyOf(options.getEnabledCipherSuites()),
        Optional.of(configuration.getHostnameVerificationAlgorithm().orElse("HTTPS"))
            .filter(algorithm -> !algorithm.equalsIgnoreCase("NONE")));
  }

  /** The registry's method may throw anything. */
  private static SSLContext context(TlsConfiguration configuration) {
    try {
      return configuration.createSSLContext();
    } catch (Exception e) {
      throw new IllegalStateException("The certificates for Cassandra cannot be used", e);
    }
  }
}
