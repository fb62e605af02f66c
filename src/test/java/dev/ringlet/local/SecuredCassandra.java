package dev.ringlet.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * The Cassandra of {@code k8s/verify}: speaks nothing but TLS, wants a password, and lets the role
 * {@code ringlet} read and write the sample keyspaces, and no more. It ends with the process that
 * ran this.
 */
final class SecuredCassandra {
  private static final String SETTINGS =
      """
      authenticator: PasswordAuthenticator
      authorizer: CassandraAuthorizer
      client_encryption_options:
        enabled: true
        optional: false
        store_type: PKCS12
        keystore: %s
        keystore_password: %s
      """;

  private SecuredCassandra() {}

  /**
   * The JVM has to trust the certificate (javax.net.ssl.trustStore).
   *
   * @param args port for clients, port for other nodes, key store with the certificate of
   *     localhost, its password, which is also that of the role
   */
  public static void main(String[] args) throws Exception {
    CassandraNode node =
        CassandraNode.start(
            "verify",
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            ProcessHandle.current().parent().orElseThrow().pid(),
            SETTINGS.formatted(args[2], args[3]));
    try (CqlSession session = session(node.port())) {
      Samples.of("verify").apply(session);
      session.execute("CREATE ROLE ringlet WITH LOGIN = true AND PASSWORD = '" + args[3] + "'");
      for (String keyspace : new String[] {"my_keyspace", "weather"}) {
        session.execute("GRANT SELECT ON KEYSPACE " + keyspace + " TO ringlet");
        session.execute("GRANT MODIFY ON KEYSPACE " + keyspace + " TO ringlet");
      }
    }
  }

  /** As the superuser, whom Cassandra makes when it already serves. */
  private static CqlSession session(int port) throws NoSuchAlgorithmException {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress("localhost", port))
        .withLocalDatacenter("datacenter1")
        .withAuthCredentials("cassandra", "cassandra")
        .withSslContext(SSLContext.getDefault())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withBoolean(DefaultDriverOption.RECONNECT_ON_INIT, true)
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, DefaultRetryPolicy.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ZERO)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }
}
