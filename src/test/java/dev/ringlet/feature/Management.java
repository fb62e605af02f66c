package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.ringlet.local.FreePort;
import java.time.Duration;
import java.util.Map;

/**
 * Where health and metrics of the application under test are: on the same port for all of a test
 * JVM, which runs one application at a time.
 */
public final class Management {
  private static final String PORT = "dev.ringlet.feature.management";

  private Management() {}

  /** For the application in this JVM, and for the packaged one. */
  public static Map<String, String> settings() {
    return Map.of("quarkus.management.port", port(), "quarkus.management.test-port", port());
  }

  static String url() {
    return "http://localhost:" + port();
  }

  /** Until requests find a connection with Cassandra. */
  static void awaitReady() {
    await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(30))
        .until(() -> given().get(url() + "/q/health/ready").statusCode() == 200);
  }

  /**
   * A property of the system, because tests and their resources are not of the same class loader.
   */
  private static String port() {
    return System.getProperties()
        .computeIfAbsent(PORT, key -> Integer.toString(FreePort.find()))
        .toString();
  }
}
