package dev.ringlet.local;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * Cassandras that speak nothing but TLS, want a password, the default one of their superuser, and
 * let roles do what they are granted. Each starts when a test JVM first needs it, and ends with
 * that.
 */
public enum TlsCassandra {
  SERVER_CERTIFICATE(false),
  CLIENT_CERTIFICATE_TOO(true);

  private static final String SETTINGS =
      """
      authenticator: PasswordAuthenticator
      authorizer: CassandraAuthorizer
      network_authorizer: CassandraNetworkAuthorizer
      dynamic_data_masking_enabled: true
      client_encryption_options:
        enabled: true
        optional: false
        store_type: PKCS12
        keystore: %1$s
        keystore_password: %2$s
        require_client_auth: %3$s
        truststore: %1$s
        truststore_password: %2$s
      """;

  private final boolean clientCertificate;

  TlsCassandra(boolean clientCertificate) {
    this.clientCertificate = clientCertificate;
  }

  /**
   * Quarkus loads the classes of tests anew for each application, but not the system properties.
   */
  public synchronized int port() {
    String key = getClass().getName() + "." + name();
    if (System.getProperty(key) == null) {
      System.setProperty(key, Integer.toString(start()));
    }
    return Integer.getInteger(key);
  }

  /** The same for both; to make them takes seconds. */
  public TestCertificates certificates() {
    Path directory = CassandraNode.directory("tls-certificates-" + ProcessHandle.current().pid());
    return System.setProperty(TlsCassandra.class.getName(), "made") == null
        ? TestCertificates.make(directory)
        : TestCertificates.of(directory);
  }

  /** Runs a statement as the superuser. */
  @CanIgnoreReturnValue
  public boolean execute(String cql) {
    try (CqlSession session = session(port())) {
      return session.execute(cql).wasApplied();
    }
  }

  /** As the superuser. */
  public CqlSession session() {
    return session(port());
  }

  /** As a role that may log in. */
  public CqlSession session(String role, String password) {
    return session(port(), role, password);
  }

  /** For connections with it. */
  public SocketFactory sockets() {
    return context().getSocketFactory();
  }

  private int start() {
    Path directory = directory();
    Path store = certificates().store("server", "ca");
    CassandraNode node =
        CassandraNode.start(
            directory.getFileName().toString(),
            FreePort.find(),
            FreePort.find(),
            ProcessHandle.current().pid(),
            SETTINGS.formatted(store, TestCertificates.PASSWORD, clientCertificate));
    awaitSuperuser(node.port());
    return node.port();
  }

  /**
   * Cassandra makes it when it already serves. A profile may ask for the port before {@link
   * TestDefaults} are those of its class loader.
   */
  private void awaitSuperuser(int port) {
    Awaitility.await()
        .atMost(TestDefaults.LONGEST)
        .ignoreException(AllNodesFailedException.class)
        .until(
            () -> {
              session(port).close();
              return true;
            });
  }

  private CqlSession session(int port) {
    return session(port, "cassandra", "cassandra");
  }

  private CqlSession session(int port, String role, String password) {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress("localhost", port))
        .withLocalDatacenter("datacenter1")
        .withAuthCredentials(role, password)
        .withSslContext(context())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ZERO)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }

  private SSLContext context() {
    try {
      KeyStore store = certificates().keyStore("client", "ca");
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, TestCertificates.PASSWORD.toCharArray());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path directory() {
    return CassandraNode.directory(
        "tls-" + (clientCertificate ? "mutual-" : "") + ProcessHandle.current().pid());
  }
}
