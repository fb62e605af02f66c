package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a page in a browser may send to another origin without being asked about it (Fetch, section
 * 2.2.2) writes nothing.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class BrowsersTest {
  private static final String TABLE = "/v1/my_keyspace/my_table";
  private static final String ROW = TABLE + "/browser";

  /** Connections are used again: the first request of HTTP/2 is one of HTTP/1.1, that upgrades. */
  private static final Map<HttpClient.Version, HttpClient> CLIENTS =
      new EnumMap<>(HttpClient.Version.class);

  @BeforeAll
  static void connect() throws Exception {
    Cassandra.awaitConnected();
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpClient client = HttpClient.newBuilder().version(version).build();
      HttpRequest first = request(ROW).build();
      assertEquals(version, client.send(first, HttpResponse.BodyHandlers.discarding()).version());
      CLIENTS.put(version, client);
    }
  }

  private static HttpRequest.Builder request(String path) {
    String url = ConfigProvider.getConfig().getValue("test.url", String.class);
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  /** Each list of types that a body may come with, by each method, as JSON, as rows and empty. */
  static Stream<Arguments> writes() {
    List<List<String>> types =
        List.of(
            List.of(),
            List.of(""),
            List.of("text/plain"),
            List.of("Text/Plain; charset=application/json"),
            List.of("application/x-www-form-urlencoded"),
            List.of("multipart/form-data; boundary=json"),
            List.of("*/*"),
            List.of("application/*"),
            List.of("application/json", "application/json"),
            List.of("text/plain", "application/json"),
            List.of("application/json, text/plain"));
    List<Arguments> requests =
        List.of(
            Arguments.of("POST", TABLE, "{\"key\":\"browser\",\"value\":\"page\"}"),
            Arguments.of("POST", TABLE, "[{\"key\":\"browser\",\"value\":\"page\"}]"),
            Arguments.of("POST", TABLE, ""),
            Arguments.of("POST", TABLE + "?op=delete", "{\"key\":\"browser\"}"),
            Arguments.of("PUT", ROW, "{\"value\":\"page\"}"),
            Arguments.of("PATCH", ROW, "{\"value\":\"page\"}"),
            Arguments.of("PATCH", ROW, ""));
    return Stream.of(HttpClient.Version.values())
        .flatMap(
            version ->
                requests.stream()
                    .flatMap(
                        request ->
                            types.stream()
                                .map(
                                    type ->
                                        Arguments.of(
                                            version,
                                            request.get()[0] + " " + request.get()[1],
                                            request.get()[2],
                                            type))));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aBodyWithoutATypeOrWithOneOfAPageIsRefused(
      HttpClient.Version version, String what, String body, List<String> types) throws Exception {
    given()
        .contentType("application/json")
        .body("{\"value\":\"mine\"}")
        .put(ROW)
        .then()
        .statusCode(204);
    String method = what.split(" ", 2)[0];
    HttpRequest.Builder request =
        request(what.split(" ", 2)[1]).method(method, HttpRequest.BodyPublishers.ofString(body));
    types.forEach(type -> request.header("Content-Type", type));
    HttpResponse<String> answer =
        CLIENTS.get(version).send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(415, answer.statusCode(), answer.body());
    assertEquals(version, answer.version());
    assertTrue(answer.body().contains("\"code\":\"unsupported-media-type\""), answer.body());
    assertTrue(answer.body().contains("\"accepted\":[\"application/json\""), answer.body());
    given().get(ROW).then().body("value", equalTo("mine"));
  }

  /** A DELETE has no body; a browser asks before it sends one, and is not told that it may. */
  @Test
  void aPageIsNotToldThatItMaySendAnything() {
    for (String method : List.of("DELETE", "PUT", "PATCH", "POST")) {
      given()
          .header("Origin", "https://example.com")
          .header("Access-Control-Request-Method", method)
          .header("Access-Control-Request-Headers", "content-type")
          .options(ROW)
          .then()
          .statusCode(204)
          .header("Access-Control-Allow-Origin", nullValue())
          .header("Access-Control-Allow-Methods", nullValue());
    }
  }
}
