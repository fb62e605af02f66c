package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies may be gzip, and nothing else but what they are. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class CompressedBodiesTest {
  private static final String NDJSON = "application/x-ndjson";
  private static final String JSON = "application/json";

  private static String keyspace;
  private static String table;

  @BeforeAll
  static void createTable() {
    keyspace =
        Cassandra.keyspace("gzip", "CREATE TABLE $ks.t (k text PRIMARY KEY, a text, b text)");
    table = "/v1/" + keyspace + "/t";
  }

  private static byte[] gzip(String plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static ValidatableResponse send(
      String method, String path, String type, String coding, byte[] body) {
    return given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    encoderConfig()
                        .encodeContentTypeAs(type, ContentType.BINARY)
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
        .contentType(type)
        .header("Content-Encoding", coding)
        .body(body)
        .request(method, path)
        .then();
  }

  private static String a(String key) {
    return Cassandra.execute("SELECT a FROM %s.t WHERE k = ?".formatted(keyspace), key).stream()
        .map(row -> row.getString("a"))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          PUT   | /put   | application/json             | {"a":"x"}                    | 204 | put
          PATCH | /patch | application/json             | {"a":"x"}                    | 204 | patch
          PATCH | /merge | application/merge-patch+json | {"a":"x"}                    | 204 | merge
          POST  |        | application/json             | {"k":"post","a":"x"}         | 201 | post
          POST  |        | application/json             | [{"k":"array","a":"x"}]      | 200 | array
          POST  |        | application/x-ndjson         | {"k":"line","a":"x"}         | 200 | line
          """)
  void gzipIsUnderstoodByAllThatTakesABody(
      String method, String path, String type, String body, int status, String key)
      throws IOException {
    String url = table + (path == null ? "" : path);
    for (String coding : List.of("gzip", "GZIP", "x-gzip", "identity, gzip")) {
      Cassandra.execute("DELETE FROM %s.t WHERE k = '%s'".formatted(keyspace, key));
      send(method, url, type, coding, gzip(body)).statusCode(status);
      assertEquals("x", a(key), coding);
    }
    send(method, url, type, "identity", body.getBytes(StandardCharsets.UTF_8)).statusCode(status);
  }

  @Test
  void csvToo() throws IOException {
    send("POST", table, "text/csv", "gzip", gzip("k,a\ncsv,x\n"))
        .statusCode(200)
        .body(equalTo("{\"written\":1,\"failed\":0}\n"));
    assertEquals("x", a("csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip", "gzip, br", "compress", "x", "*"})
  void anotherCodingIsRefusedAndNothingIsWritten(String coding) throws IOException {
    for (String type : List.of(JSON, NDJSON, "text/csv")) {
      byte[] body = "{\"k\":\"coded\",\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
      send("POST", table, type, coding, body)
          .statusCode(415)
          .header("Accept-Encoding", "gzip")
          .body("code", equalTo("unsupported-content-coding"))
          .body("accepted", equalTo(List.of("gzip")));
    }
    send("PUT", table + "/coded", JSON, coding, gzip("{\"a\":\"x\"}")).statusCode(415);
    assertEquals("", a("coded"));
  }

  @Test
  void whatIsNoWholeGzipIsRefused() throws IOException {
    byte[] gzip = gzip("{\"a\":\"x\"}");
    byte[] damaged = gzip.clone();
    damaged[gzip.length - 6] ^= 1;
    for (byte[] body :
        List.of(
            "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(gzip, gzip.length - 1),
            Arrays.copyOf(gzip, gzip.length + 1),
            damaged,
            new byte[0])) {
      send("PUT", table + "/broken", JSON, "gzip", body)
          .statusCode(400)
          .body("code", equalTo("invalid-body"));
    }
    assertEquals("", a("broken"));
  }

  /** What was written before is told, and the answer has no proper end either. */
  @Test
  void rowsBeforeTheDamageAreCounted() throws IOException {
    byte[] gzip = gzip("{\"k\":\"before\",\"a\":\"x\"}\n".repeat(3));
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    try (RawHttp http = new RawHttp(uri)) {
      http.send(
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
              .formatted(table, NDJSON, gzip.length - 4));
      http.send(Arrays.copyOf(gzip, gzip.length - 4));
      String answer = new String(http.rest(), StandardCharsets.UTF_8);
      assertTrue(answer.contains("\"written\":3"), answer);
      assertTrue(answer.contains("\"code\":\"invalid-body\""), answer);
    }
    assertEquals("x", a("before"));
  }

  /** A thousand times as much comes out of it. */
  @Test
  void aBombIsTooLarge() throws IOException {
    byte[] bomb = gzip("{\"a\":\"" + "x".repeat(50_000_000) + "\"}");
    send("PUT", table + "/bomb", JSON, "gzip", bomb)
        .statusCode(413)
        .body("code", equalTo("body-too-large"));
    byte[] lines =
        gzip(
            "{\"k\":\"bomb\",\"a\":\""
                + "x".repeat(50_000_000)
                + "\"}\n{\"k\":\"after\",\"a\":\"x\"}");
    send("POST", table, NDJSON, "gzip", lines)
        .statusCode(200)
        .body(containsString("limit-exceeded"))
        .body(containsString("\"written\":1"));
    assertEquals("", a("bomb"));
    assertEquals("x", a("after"));
  }
}
