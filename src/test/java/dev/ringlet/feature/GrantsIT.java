package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.TlsCassandra;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged application lets callers do what Cassandra grants to their role. */
class GrantsIT {
  private static final TlsCassandra CASSANDRA = TlsCassandra.SERVER_CERTIFICATE;
  private static final String NAME = "grants_" + Long.toString(System.nanoTime(), 36);
  private static final String OWN = NAME + "_ringlet";
  private static final String CALLER = NAME + "_caller";
  private static final String SEES_ALL = NAME + "_sees_all";
  private static final String KEY = "key of full";
  private static final String HASH =
      "8ae6d880696988ad7829af9c80787cb63b96b84668d7044345a4e4d8955c99c4";
  private static final String SSN = "123-45-6789";

  private static final List<String> PREPARATION =
      List.of(
          "CREATE KEYSPACE %1$s WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
          "CREATE TABLE %1$s.t (k int PRIMARY KEY, v int, secret int MASKED WITH DEFAULT)",
          "INSERT INTO %1$s.t (k, v, secret) VALUES (1, 2, 3)",
          "CREATE ROLE %1$s_caller",
          "CREATE ROLE %1$s_sees_all",
          "GRANT SELECT ON KEYSPACE %1$s TO %1$s_sees_all",
          "GRANT UNMASK ON KEYSPACE %1$s TO %1$s_sees_all",
          "CREATE ROLE %1$s_ringlet WITH LOGIN = true AND PASSWORD = '%1$s'",
          "GRANT DESCRIBE ON ALL ROLES TO %1$s_ringlet",
          "GRANT SELECT ON KEYSPACE %1$s TO %1$s_ringlet",
          "GRANT MODIFY ON KEYSPACE %1$s TO %1$s_ringlet",
          "GRANT UNMASK ON KEYSPACE %1$s TO %1$s_ringlet");

  private static Map<String, String> settings() {
    CASSANDRA.certificates().writePem(TlsApplication.secret(CASSANDRA), "client", "ca");
    return Map.of(
        "QUARKUS_CASSANDRA_AUTH_USERNAME",
        OWN,
        "QUARKUS_CASSANDRA_AUTH_PASSWORD",
        NAME,
        "QUARKUS_TLS_CASSANDRA_TRUST_STORE_PEM_CERTS",
        TlsApplication.secret(CASSANDRA).resolve("ca.crt").toString(),
        "RINGLET_AUTH_PERMISSIONS",
        "grants",
        "RINGLET_AUTH_ANONYMOUS_ROLES",
        CALLER,
        "RINGLET_AUTH_KEYS_ALL_HASH",
        HASH,
        "RINGLET_AUTH_KEYS_ALL_ROLES",
        SEES_ALL,
        "RINGLET_AUTH_GRANTS_REFRESH",
        "1s");
  }

  @Test
  void callersMayWhatTheirRoleIsGranted() throws IOException {
    try (CqlSession superuser = CASSANDRA.session()) {
      PREPARATION.forEach(statement -> superuser.execute(statement.formatted(NAME)));
      try (Packaged ringlet =
          Packaged.start("grants", "localhost:" + CASSANDRA.port(), settings())) {
        ringlet.awaitReady();
        grantAndRevoke(superuser, ringlet);
      } finally {
        superuser.execute("DROP KEYSPACE " + NAME);
        superuser.execute("DROP ROLE " + OWN);
        superuser.execute("DROP ROLE " + SEES_ALL);
      }
    }
  }

  private static void grantAndRevoke(CqlSession superuser, Packaged ringlet) throws IOException {
    String row = ringlet.uri("/v1/" + NAME + "/t/1").toString();
    // the first has to ask Cassandra, which may take longer than the answer is good for
    await()
        .untilAsserted(
            () -> get(row).then().statusCode(404).body("code", equalTo("unknown-keyspace")));
    get(ringlet.uri("/v1").toString()).then().body("keyspaces", empty());

    superuser.execute("GRANT SELECT ON TABLE %s.t TO %s".formatted(NAME, CALLER));
    await().until(() -> get(row).statusCode() == 200);
    get(row).then().body("", equalTo(Map.of("k", 1, "v", 2)));
    patch(row).then().statusCode(403).body("missing", equalTo(List.of("write")));

    superuser.execute("GRANT MODIFY ON KEYSPACE %s TO %s".formatted(NAME, CALLER));
    await().until(() -> patch(row).statusCode() == 204);
    get(row).then().body("", equalTo(Map.of("k", 1, "v", 5)));

    showNothingNewThatIsMasked(superuser, ringlet);

    superuser.execute("GRANT UNMASK ON TABLE %s.t TO %s".formatted(NAME, CALLER));
    await().until(() -> get(row).jsonPath().getMap("").containsKey("secret"));
    get(row).then().body("secret", equalTo(3));

    superuser.execute("REVOKE SELECT ON TABLE %s.t FROM %s".formatted(NAME, CALLER));
    await().until(() -> get(row).statusCode() == 403);
    get(row).then().body("missing", equalTo(List.of("read")));
    patch(row).then().statusCode(204);

    superuser.execute("DROP ROLE " + CALLER);
    await().until(() -> get(row).statusCode() == 404);
    patch(row).then().statusCode(404).body("code", equalTo("unknown-keyspace"));
  }

  /** Rows of a request that began before there was the column, and are shown as they are. */
  private static void showNothingNewThatIsMasked(CqlSession superuser, Packaged ringlet)
      throws IOException {
    String table = "/v1/" + NAME + "/t";
    String row = "8\r\n{\"k\":1}\n\r\n";
    try (RawHttp http = new RawHttp(ringlet.uri(table))) {
      http.send(
          "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: *\r\n"
                  .formatted(table)
              + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
      http.send(row);
      assertEquals(200, http.status());
      superuser.execute("ALTER TABLE %s.t ADD ssn text MASKED WITH DEFAULT".formatted(NAME));
      superuser.execute("UPDATE %s.t SET ssn = '%s' WHERE k = 1".formatted(NAME, SSN));
      String one = ringlet.uri(table + "/1").toString();
      await()
          .until(() -> SSN.equals(given().header("X-API-Key", KEY).get(one).jsonPath().get("ssn")));
      http.send(row + "0\r\n\r\n");
      String outcomes = new String(http.rest(), StandardCharsets.UTF_8);
      assertEquals(3, outcomes.split("\"current\":").length, outcomes);
      assertFalse(outcomes.contains("ssn"), outcomes);
    }
  }

  private static Response get(String uri) {
    return given().get(uri);
  }

  private static Response patch(String uri) {
    return given().contentType("application/json").body("{\"v\":5}").patch(uri);
  }
}
