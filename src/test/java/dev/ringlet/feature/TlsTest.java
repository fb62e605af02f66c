package dev.ringlet.feature;

import static dev.ringlet.local.TlsCassandra.CLIENT_CERTIFICATE_TOO;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both sides have certificates, and those of Ringlet are replaced while it runs. */
@QuarkusTest
@TestProfile(TlsTest.BothCertificates.class)
class TlsTest {

  /** It begins with the wrong ones. */
  public static class BothCertificates implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config =
          TlsApplication.config(CLIENT_CERTIFICATE_TOO, "localhost", TlsApplication.PASSWORD);
      give("stranger", "stranger");
      config.put("quarkus.tls.cassandra.reload-period", "1s");
      return TlsApplication.withKeyPair(CLIENT_CERTIFICATE_TOO, config);
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @Test
  void connectsWhenBothSidesTrustEachOther() throws IOException {
    TlsApplication.awaitRefused("PKIX path building failed");
    give("stranger", "ca");
    // Cassandra's refusal: the authority is not one of those that it asked for
    TlsApplication.awaitRefused("Unexpected error on channel");
    give("client", "ca");
    Management.awaitReady();
    TlsApplication.writesReadsAndDeletesARow(CLIENT_CERTIFICATE_TOO);
  }

  private static void give(String owner, String trusted) {
    CLIENT_CERTIFICATE_TOO
        .certificates()
        .writePem(TlsApplication.secret(CLIENT_CERTIFICATE_TOO), owner, trusted);
  }
}
