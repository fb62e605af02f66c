package dev.ringlet.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ringlet.local.TestCertificates;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with an issuer, and with callers who have certificates. */
class TlsOfCallersTest {
  private static final String NEEDS =
      "ringlet.auth.certificates needs TLS and the authorities of the clients: set quarkus.tls.";

  @TempDir private Path directory;

  /** What a configuration of the registry has. */
  private record Tls(PfxOptions keys, TrustOptions trusted, boolean all) {
    TlsConfiguration configuration() {
      return new BaseTlsConfiguration() {
        @Override
        public KeyCertOptions getKeyStoreOptions() {
          return keys;
        }

        @Override
        public TrustOptions getTrustStoreOptions() {
          return trusted;
        }

        @Override
        public boolean isTrustAll() {
          return all;
        }
      };
    }
  }

  record Registry(Map<String, TlsConfiguration> all) implements TlsConfigurationRegistry {
    @Override
    public Optional<TlsConfiguration> get(String name) {
      return Optional.ofNullable(all.get(name));
    }

    @Override
    public Optional<TlsConfiguration> getDefault() {
      return get("default");
    }

    @Override
    public void register(String name, TlsConfiguration configuration) {
      throw new UnsupportedOperationException(name);
    }
  }

  /** An issuer has to prove that it is who it is. */
  @Test
  void trustsAnIssuerBySettingsOnly() throws Exception {
    TestCertificates certificates = TestCertificates.make(directory);
    certificates.writePem(directory, "server", "ca");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(certificates.keyStore("server", "ca"), TestCertificates.PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", exchange -> IssuerServer.send(exchange, 200, "keys"));
    server.start();
    Vertx vertx = Vertx.vertx();
    try {
      TrustOptions ca = new PemTrustOptions().addCertPath(directory.resolve("ca.crt").toString());
      TlsConfiguration trusting = new Tls(null, ca, false).configuration();
      String port = ":" + server.getAddress().getPort();
      assertEquals("keys", read(vertx, Optional.of(trusting), "https://localhost" + port));
      assertThrows(
          Exception.class, () -> read(vertx, Optional.of(trusting), "https://127.0.0.1" + port));
      assertThrows(
          Exception.class, () -> read(vertx, Optional.empty(), "https://localhost" + port));
    } finally {
      server.stop(0);
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private static String read(Vertx vertx, Optional<TlsConfiguration> tls, String url)
      throws Exception {
    return new Documents(vertx, tls).read(url).toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void wantsTheConfigurationThatIsNamedForTheIssuer() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                BearerTokens.of(
                    Minted.config(Map.of("ringlet.auth.jwt.tls", "isuer")).auth().jwt(),
                    new Refusals(List.of("Bearer")),
                    Vertx.vertx(),
                    new Registry(Map.of())));
    assertEquals("ringlet.auth.jwt.tls is isuer: there is no quarkus.tls.isuer.*", e.getMessage());
  }

  private static AskForCertificates asking(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("ringlet.auth.certificates.a.subject", "CN=a");
    settings.put("ringlet.auth.certificates.a.roles", "r");
    return new AskForCertificates(
        Minted.config(settings),
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build());
  }

  /** Else the JVM would trust all authorities that the public does. */
  @Test
  void wantsAuthoritiesOfClientCertificates() {
    PfxOptions keys = new PfxOptions();
    TrustOptions trusted = new PemTrustOptions();
    TlsConfiguration good = new Tls(keys, trusted, false).configuration();
    AskForCertificates unnamed = asking(Map.of());
    AskForCertificates named = asking(Map.of("quarkus.http.tls-configuration-name", "server"));
    assertDoesNotThrow(
        () -> unnamed.check(new StartupEvent(), new Registry(Map.of("default", good))));
    assertDoesNotThrow(() -> named.check(new StartupEvent(), new Registry(Map.of("server", good))));
    for (TlsConfiguration bad :
        List.of(
            new Tls(keys, null, false).configuration(),
            new Tls(null, trusted, false).configuration(),
            new Tls(keys, trusted, true).configuration())) {
      assertRefused("key-store", unnamed, new Registry(Map.of("default", bad)));
      assertRefused("server.key-store", named, new Registry(Map.of("server", bad)));
    }
    assertRefused("key-store", unnamed, new Registry(Map.of("server", good)));
    assertRefused("server.key-store", named, new Registry(Map.of("default", good)));
  }

  private static void assertRefused(String prefix, AskForCertificates ask, Registry registry) {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> ask.check(new StartupEvent(), registry));
    assertTrue(e.getMessage().startsWith(NEEDS + prefix), e.getMessage());
  }

  @Test
  void asksForNoneWhereTheyMeanNothing() {
    AskForCertificates none =
        new AskForCertificates(Minted.config(Map.of()), new SmallRyeConfigBuilder().build());
    HttpServerOptions options = new HttpServerOptions();
    none.customizeHttpsServer(options);
    assertEquals(new HttpServerOptions().getClientAuth(), options.getClientAuth());
    assertDoesNotThrow(() -> none.check(new StartupEvent(), new Registry(Map.of())));
  }
}
