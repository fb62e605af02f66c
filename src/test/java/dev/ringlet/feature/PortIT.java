package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serverless hosts say by the environment where to listen. */
class PortIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"PORT", "FUNCTIONS_CUSTOMHANDLER_PORT", "QUARKUS_HTTP_PORT"})
  void listensWhereTheHostSays(String variable) throws Exception {
    try (Packaged ringlet =
        Packaged.start("port", "127.0.0.1:" + TestCassandra.port(), variable, Map.of())) {
      ringlet.awaitReady();
      HttpRequest read =
          HttpRequest.newBuilder(ringlet.uri("/v1/my_keyspace/my_table/hello")).build();
      assertEquals(200, HTTP.send(read, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
  }
}
