package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A line a request, without a value. It listens to the log of this JVM, hence not packaged. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(AccessLogTest.Logged.class)
class AccessLogTest {
  private static final String TABLE = "/v1/my_keyspace/my_table";
  private static final Logger LOG = Logger.getLogger("dev.ringlet.access");

  private final Lines lines = new Lines();

  /** Logged, and with Server-Timing in every answer. */
  public static class Logged implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ringlet.access-log", "true", "ringlet.server-timing", "true");
    }
  }

  private static final class Lines extends Handler {
    private final List<ExtLogRecord> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add((ExtLogRecord) line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    Cassandra.awaitConnected();
    LOG.addHandler(lines);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(lines);
  }

  private ExtLogRecord line(String id) {
    await().until(() -> lines.all.stream().anyMatch(line -> id.equals(line.getMdc("request_id"))));
    return lines.all.stream()
        .filter(line -> id.equals(line.getMdc("request_id")))
        .findFirst()
        .orElseThrow();
  }

  private static void field(String expected, ExtLogRecord line, String name) {
    assertEquals(expected, line.getMdc(name), name);
  }

  @Test
  void saysWhatAReadWas() {
    String timing =
        given()
            .header("X-Request-Id", "read-1")
            .get(TABLE + "/hello")
            .then()
            .statusCode(200)
            .extract()
            .header("Server-Timing");
    assertTrue(timing.contains("encode;dur="), timing);
    ExtLogRecord line = line("read-1");
    field("GET", line, "method");
    field("/v1/{keyspace}/{table}/{key}", line, "route");
    field("my_keyspace.my_table", line, "table");
    field("200", line, "status");
    field("1", line, "rows");
    field("LOCAL_QUORUM", line, "consistency");
    field("anonymous", line, "identity");
    field("true", line, "whole");
    assertTrue(line.getMdc("statement").matches("[0-9a-f]{8}"), line.getMdc("statement"));
    assertTrue(line.getMdc("duration_ms").matches("[0-9]+\\.[0-9]{3}"));
    assertTrue(
        line.getMessage()
            .matches("GET /v1/\\{keyspace}/\\{table}/\\{key} 200 [0-9]+\\.[0-9]{3} ms"),
        line.getMessage());
  }

  @Test
  void theSameStatementHasTheSameName() {
    given().header("X-Request-Id", "same-1").get(TABLE + "/hello");
    given().header("X-Request-Id", "same-2").get(TABLE + "/other");
    given().header("X-Request-Id", "same-3").get(TABLE + "/hello?select=value");
    assertEquals(line("same-1").getMdc("statement"), line("same-2").getMdc("statement"));
    assertFalse(line("same-1").getMdc("statement").equals(line("same-3").getMdc("statement")));
  }

  @Test
  void saysWhatAWriteWas() {
    given()
        .header("X-Request-Id", "bulk-1")
        .header("Cassandra-Consistency", "ONE")
        .contentType("application/json")
        .body("[{\"key\":\"a1\",\"value\":\"x\"},{\"key\":\"a2\",\"value\":\"x\"}]")
        .post(TABLE)
        .then()
        .statusCode(200);
    ExtLogRecord line = line("bulk-1");
    field("POST", line, "method");
    field("/v1/{keyspace}/{table}", line, "route");
    field("2", line, "rows");
    field("ONE", line, "consistency");
  }

  /** By HTTP/2, an answer that ends without rows is whole, and one that is reset is not. */
  @Test
  void saysWhetherAnAnswerByHttp2IsWhole() throws Exception {
    String row = TABLE + "/long";
    given()
        .contentType("application/json")
        .body("{\"value\":\"" + "x".repeat(2000) + "\"}")
        .put(row)
        .then()
        .statusCode(204);
    assertEquals(204, http2("DELETE", TABLE + "/none", "whole-204", "Accept", "*/*"));
    assertEquals(200, http2("HEAD", row, "whole-head", "Accept", "application/json"));
    String tag = given().get(row).header("ETag");
    assertEquals(304, http2("GET", row, "whole-304", "If-None-Match", tag));
    assertEquals(200, http2("GET", row, "whole-lines", "Accept", "application/x-ndjson"));
    for (String id : List.of("whole-204", "whole-head", "whole-304", "whole-lines")) {
      field("true", line(id), "whole");
    }
    String tooLong =
        row
            + "?select="
            + IntStream.range(0, 600)
                .mapToObj(i -> "a%x:value".formatted(i))
                .collect(Collectors.joining(","));
    String[] reset = {"status=\"RESET\"", "table=\"my_keyspace.my_table\""};
    double before = MetricsTest.value("http_server_requests_seconds_count", reset);
    IOException brokenOff =
        assertThrows(
            IOException.class,
            () -> http2("GET", tooLong, "reset-1", "Accept", "application/x-ndjson"));
    assertTrue(brokenOff.getMessage().endsWith("Internal error"), brokenOff::toString);
    field("false", line("reset-1"), "whole");
    field("200", line("reset-1"), "status");
    await()
        .until(() -> MetricsTest.value("http_server_requests_seconds_count", reset) == before + 1);
  }

  private static int http2(String method, String path, String id, String header, String value)
      throws IOException, InterruptedException {
    String url = ConfigProvider.getConfig().getValue("test.url", String.class);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url + path))
                    .header("X-Request-Id", id)
                    .header(header, value)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, answer.version());
    return answer.statusCode();
  }

  @Test
  void whatIsUnknownIsNotRepeated() {
    given().header("X-Request-Id", "none-1").get("/v1/secretkeyspace/secrettable/secret");
    ExtLogRecord line = line("none-1");
    field("404", line, "status");
    field("", line, "table");
    field("", line, "statement");
    given().header("X-Request-Id", "none-2").request("SECRET", TABLE + "/secret?value=eq.secret");
    field("OTHER", line("none-2"), "method");
    lines.all.forEach(
        record -> {
          assertFalse(record.getMdcCopy().toString().toLowerCase(Locale.ROOT).contains("secret"));
          assertFalse(record.getMessage().toLowerCase(Locale.ROOT).contains("secret"));
        });
  }
}
