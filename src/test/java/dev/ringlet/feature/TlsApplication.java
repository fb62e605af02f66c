package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.ringlet.local.TlsCassandra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The application under test as a client of a Cassandra that wants TLS and a password. */
final class TlsApplication {
  static final String PASSWORD = "cassandra";

  private TlsApplication() {}

  /** What is mounted from a Secret. */
  static Path secret(TlsCassandra cassandra) {
    return Path.of("target", "secret-" + cassandra + "-" + ProcessHandle.current().pid())
        .toAbsolutePath();
  }

  static Map<String, String> config(TlsCassandra cassandra, String host, String password) {
    Map<String, String> config = new HashMap<>(Management.settings());
    config.put("quarkus.cassandra.contact-points", host + ":" + cassandra.port());
    // said although it is the default: another test's may still be set
    config.put("quarkus.cassandra.local-datacenter", "datacenter1");
    config.put("quarkus.cassandra.auth.username", "cassandra");
    config.put("quarkus.cassandra.auth.password", password);
    config.put(
        "quarkus.tls.cassandra.trust-store.pem.certs",
        secret(cassandra).resolve("ca.crt").toString());
    forgetLog();
    config.put("quarkus.log.file.enabled", "true");
    config.put("quarkus.log.file.path", log().toString());
    return config;
  }

  static Map<String, String> withKeyPair(TlsCassandra cassandra, Map<String, String> config) {
    Path secret = secret(cassandra);
    config.put("quarkus.tls.cassandra.key-store.pem.0.cert", secret.resolve("tls.crt").toString());
    config.put("quarkus.tls.cassandra.key-store.pem.0.key", secret.resolve("tls.key").toString());
    return config;
  }

  /** Waits until the log says why there is no connection; the outside learns only that. */
  static void awaitRefused(String why) throws IOException {
    await().until(() -> Files.exists(log()) && logged().contains(why));
    given()
        .get("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("code", equalTo("not-connected"))
        .body("detail", equalTo("There is no connection to Cassandra yet."));
    given().get(Management.url() + "/q/health/ready").then().statusCode(503);
    given().get(Management.url() + "/q/health/live").then().statusCode(200);
  }

  static void writesReadsAndDeletesARow(TlsCassandra cassandra) {
    String keyspace = "tls_" + Long.toString(System.nanoTime(), 36);
    cassandra.execute(
        "CREATE KEYSPACE "
            + keyspace
            + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    cassandra.execute("CREATE TABLE " + keyspace + ".t (k text PRIMARY KEY, v text)");
    String row = "/v1/" + keyspace + "/t/one";
    await().until(() -> given().get(row).jsonPath().getString("code").equals("row-not-found"));
    given().contentType("application/json").body("{\"v\":\"x\"}").put(row).then().statusCode(204);
    given().get(row).then().statusCode(200).body("v", equalTo("x"));
    given().delete(row).then().statusCode(204);
    given().get(row).then().statusCode(404);
  }

  static String logged() throws IOException {
    return Files.readString(log());
  }

  private static void forgetLog() {
    try {
      Files.deleteIfExists(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where tests of the packaged application expect it. */
  private static Path log() {
    return Path.of("target", "quarkus.log").toAbsolutePath();
  }
}
