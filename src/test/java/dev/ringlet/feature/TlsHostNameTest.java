package dev.ringlet.feature;

import static dev.ringlet.local.TlsCassandra.CLIENT_CERTIFICATE_TOO;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The certificate of Cassandra is for localhost, and Ringlet was told of 127.0.0.1. */
@QuarkusTest
@TestProfile(TlsHostNameTest.OtherName.class)
class TlsHostNameTest {

  /** All else is right. */
  public static class OtherName implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config =
          TlsApplication.config(CLIENT_CERTIFICATE_TOO, "127.0.0.1", TlsApplication.PASSWORD);
      CLIENT_CERTIFICATE_TOO
          .certificates()
          .writePem(TlsApplication.secret(CLIENT_CERTIFICATE_TOO), "client", "ca");
      return TlsApplication.withKeyPair(CLIENT_CERTIFICATE_TOO, config);
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws IOException {
    TlsApplication.awaitRefused("No subject alternative names matching IP address 127.0.0.1 found");
  }
}
