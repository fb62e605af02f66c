package dev.ringlet.feature;

import static dev.ringlet.local.TlsCassandra.SERVER_CERTIFICATE;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cassandra wants a password, over TLS, and no certificate. */
@QuarkusTest
@TestProfile(PasswordTest.AnotherPassword.class)
class PasswordTest {
  private static final String ANOTHER = "another-one-4711";

  /** Cassandra does not know it yet. */
  public static class AnotherPassword implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = TlsApplication.config(SERVER_CERTIFICATE, "localhost", ANOTHER);
      SERVER_CERTIFICATE
          .certificates()
          .writePem(TlsApplication.secret(SERVER_CERTIFICATE), "client", "ca");
      config.put("quarkus.cassandra.auth.username", "ringlet");
      return config;
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @Test
  void connectsWhenThePasswordIsRight() throws IOException {
    makeRole("one");
    TlsApplication.awaitRefused("Authentication error on node");
    makeRole(ANOTHER);
    Management.awaitReady();
    TlsApplication.writesReadsAndDeletesARow(SERVER_CERTIFICATE);
    assertFalse(TlsApplication.logged().contains(ANOTHER));
  }

  /** Anew: a password can only be changed after five seconds. */
  private static void makeRole(String password) {
    SERVER_CERTIFICATE.execute("DROP ROLE IF EXISTS ringlet");
    SERVER_CERTIFICATE.execute(
        "CREATE ROLE ringlet WITH LOGIN = true AND SUPERUSER = true AND PASSWORD = '"
            + password
            + "'");
  }
}
