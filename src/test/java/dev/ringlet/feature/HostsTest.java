package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the hosts are set, requests for another one are refused. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class HostsTest {
  private static final String HELLO = "/v1/my_keyspace/my_table/hello";

  private static URI uri(String path) {
    return URI.create(ConfigProvider.getConfig().getValue("test.url", String.class) + path);
  }

  @BeforeAll
  static void connect() {
    Management.awaitReady();
  }

  private static RawHttp.Answer answer(String line, String headers) throws IOException {
    try (RawHttp client = new RawHttp(uri(""))) {
      client.send(line + "\r\n" + headers + "\r\n");
      return client.answer();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:1",
        "LOCALHOST",
        "localhost.",
        "API.example.com:443",
        "[::1]",
        "[::1]:8080"
      })
  void oursIsServedWhateverThePort(String host) throws IOException {
    assertEquals(
        200, answer("GET " + HELLO + " HTTP/1.1", "Host: " + host + "\r\n").status(), host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "localhost.example.com",
        "127.0.0.1",
        "[::2]",
        "evil-localhost",
        "xn--localhost",
        "localhost.."
      })
  void anotherIsNot(String host) throws IOException {
    for (String method : new String[] {"GET", "DELETE", "OPTIONS"}) {
      RawHttp.Answer answer =
          answer(method + " " + HELLO + " HTTP/1.1", "Host: " + host + ":8080\r\n");
      assertEquals(421, answer.status(), method);
      assertTrue(answer.head().contains("X-Request-Id: "), answer.head());
      assertTrue(
          answer.body().endsWith("\"code\":\"misdirected-request\",\"host\":\"" + host + "\"}"),
          answer.body());
    }
    assertEquals(200, answer("GET " + HELLO + " HTTP/1.1", "Host: localhost\r\n").status());
  }

  /** What the request line has of it means nothing here, as do headers that proxies set. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET HELLO HTTP/1.0                 |
          GET HELLO HTTP/1.0                 | Host: example.com
          GET http://localhostHELLO HTTP/1.1 | Host: example.com
          GET HELLO HTTP/1.1                 | Host: example.com; X-Forwarded-Host: localhost
          GET HELLO HTTP/1.1                 | Host: example.com; Forwarded: host=localhost
          GET /q/dev HTTP/1.1                | Host: example.com
          """)
  void nothingElseNamesIt(String line, String headers) throws IOException {
    int status =
        answer(
                line.replace("HELLO", HELLO),
                headers == null ? "" : headers.replace("; ", "\r\n") + "\r\n")
            .status();
    assertTrue(status == 421 || status == 400, "%d for %s".formatted(status, line));
  }

  /** A client of HTTP/2 sends :authority, which is the host of the address. */
  @Test
  void ofHttp2AsWell() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    URI local = uri(HELLO);
    for (String host : new String[] {"localhost", "127.0.0.1"}) {
      URI uri = URI.create("http://" + host + ":" + local.getPort() + HELLO);
      HttpResponse<String> upgraded =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(HttpClient.Version.HTTP_2, answer.version(), upgraded.body());
      assertEquals(host.equals("localhost") ? 200 : 421, answer.statusCode(), answer.body());
    }
  }

  /** Where Ringlet is told to believe proxies. */
  @Test
  void whatAProxyHasCutOffOfThePathIsInLinks() throws IOException {
    String proxied = "Host: localhost\r\nX-Forwarded-Prefix: /api/\r\n";
    assertTrue(
        answer("GET /v1/weather/readings/zugspitze/2026-11-22?limit=1 HTTP/1.1", proxied)
            .head()
            .contains("Link: </api/v1/weather/readings/zugspitze/2026-11-22?limit=1&after="));
    assertTrue(
        answer("GET /v1 HTTP/1.1", proxied).body().contains("\"weather\":\"/api/v1/weather\""));
    assertTrue(
        answer("GET /v1/weather HTTP/1.1", proxied)
            .body()
            .contains("\"openapi\":\"/api/v1/weather/openapi.json\""));
    try (RawHttp client = new RawHttp(uri(""))) {
      client.send(
          "POST /v1/my_keyspace/my_table HTTP/1.1\r\n"
              + proxied
              + "Content-Type: application/json\r\nContent-Length: 27\r\n\r\n"
              + "{\"key\":\"pre\",\"value\":\"fix\"}");
      RawHttp.Answer answer = client.answer();
      assertTrue(
          answer.head().contains("Location: /api/v1/my_keyspace/my_table/pre\n"), answer.head());
    }
    assertEquals(204, answer("DELETE /v1/my_keyspace/my_table/pre HTTP/1.1", proxied).status());
  }
}
