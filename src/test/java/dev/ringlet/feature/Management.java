package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;

import dev.ringlet.local.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where health and metrics of the application under test are: on the same port for all of a test
 * JVM, which runs one application at a time.
 */
public final class Management {
  private static final String PORT = "dev.ringlet.feature.management";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Management() {}

  /**
   * For the application in this JVM, and for the packaged one; callers need no credentials and may
   * do everything.
   */
  public static Map<String, String> settings() {
    return Map.of(
        "quarkus.management.port",
        Integer.toString(port()),
        "quarkus.management.test-port",
        Integer.toString(port()),
        "ringlet.auth.anonymous-roles",
        "anyone",
        "ringlet.auth.permissions",
        "all");
  }

  static String url() {
    return "http://localhost:" + port();
  }

  /** Until requests find a connection with Cassandra. */
  static void awaitReady() {
    await().pollDelay(Duration.ZERO).until(() -> get("health/ready").statusCode() == 200);
  }

  /** What Prometheus reads. */
  static Stream<String> metrics() throws IOException, InterruptedException {
    return get("metrics").body().lines();
  }

  /** The value of a metric without labels. */
  static double metric(String name) throws IOException, InterruptedException {
    return metrics()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
        .findFirst()
        .orElseThrow();
  }

  /** By a client that is quicker than REST-assured: some wait for what they see here. */
  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url() + "/q/" + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int port() {
    return FreePort.find(PORT);
  }
}
