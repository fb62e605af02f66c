package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.ringlet.local.CassandraNode;
import dev.ringlet.local.FreePort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ringlet starts before Cassandra does. */
@QuarkusTest
@TestProfile(NotConnectedTest.Nobody.class)
class NotConnectedTest {
  private static final String PORT = "dev.ringlet.feature.late";

  /** Nobody listens there, at first. */
  public static class Nobody implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      String port =
          System.getProperties().computeIfAbsent(PORT, key -> "" + FreePort.find()).toString();
      return Map.of("quarkus.cassandra.contact-points", "127.0.0.1:" + port);
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @Test
  void saysSoUntilCassandraComes() {
    given()
        .get("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("1"))
        .body("code", equalTo("not-connected"));
    given()
        .contentType("application/json")
        .body("{}")
        .put("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(503)
        .body("code", equalTo("not-connected"));
    given().get("/v1").then().statusCode(503);
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/ready").then().statusCode(503).body("checks.name", hasItem("cassandra"));

    CassandraNode node =
        CassandraNode.start(
            "late", Integer.getInteger(PORT), FreePort.find(), ProcessHandle.current().pid());
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> given().get("/q/health/ready").statusCode() == 200);
      given().get("/v1").then().statusCode(200);
    } finally {
      node.stop();
    }
  }
}
