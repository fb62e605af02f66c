package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.docs.Section;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the management port says: health and metrics, which the API's port does not. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class MetricsTest {
  static final String TABLE = "/v1/my_keyspace/my_table";

  private static final Pattern TABLES = Pattern.compile("table=\"(none|other|\\w+\\.\\w+)\"");

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  static String metrics() {
    return given().get(Management.url() + "/q/metrics").then().statusCode(200).extract().asString();
  }

  /** The value of the first sample that has all of these in its line. */
  static double value(String name, String... labels) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> List.of(labels).stream().allMatch(line::contains))
        .findFirst()
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .orElse(0.0);
  }

  @Test
  void healthIsOnTheManagementPortAlone() {
    for (String check : List.of("live", "started", "ready")) {
      given().get(Management.url() + "/q/health/" + check).then().statusCode(200);
      given().get("/q/health/" + check).then().statusCode(404);
    }
    given().get("/q/metrics").then().statusCode(404);
    given().get(Management.url() + "/v1").then().statusCode(404);
  }

  @Test
  void aRequestIsCountedByMethodRouteTableAndStatus() {
    String[] labels = {
      "method=\"GET\"",
      "outcome=\"SUCCESS\"",
      "status=\"200\"",
      "table=\"my_keyspace.my_table\"",
      "uri=\"/v1/{keyspace}/{table}/{key}\""
    };
    double before = value("http_server_requests_seconds_count", labels);
    given().get(TABLE + "/hello").then().statusCode(200);
    await().until(() -> value("http_server_requests_seconds_count", labels) == before + 1);
    String buckets =
        metrics()
            .lines()
            .filter(line -> line.startsWith("http_server_requests_seconds_bucket{"))
            .filter(line -> List.of(labels).stream().allMatch(line::contains))
            .map(line -> line.replaceFirst(".*le=\"([^\"]+)\".*", "$1"))
            .collect(Collectors.joining(" "));
    assertEquals("0.005 0.01 0.025 0.05 0.1 0.25 0.5 1.0 2.5 +Inf", buckets);
  }

  /** The series of the docs have the labels that there are, in their order. */
  @Test
  void theSampleOfTheDocsIsAsWhatThereIs() {
    given().get(TABLE + "/hello").then().statusCode(200);
    List<String> sample =
        Section.of("## Metrics").lines().stream()
            .filter(line -> line.matches("[a-z_]+(\\{.*})? [0-9.]+"))
            .map(MetricsTest::series)
            .toList();
    assertEquals(7, sample.size());
    await()
        .untilAsserted(
            () ->
                assertThat(
                    metrics().lines().map(MetricsTest::series).toList(),
                    hasItems(sample.toArray(String[]::new))));
  }

  /** Its name and those of its labels. */
  private static String series(String line) {
    return line.replaceFirst(" [^ ]*$", "").replaceAll("=\"[^\"]*\"", "");
  }

  @Test
  void whatDoesNotExistAddsNoSeries() throws IOException {
    given().get("/v1/nosuchkeyspace/nosuchtable/secret").then().statusCode(404);
    given().get("/v1/my_keyspace/nosuchtable").then().statusCode(404);
    given().get("/nosuchpath").then().statusCode(404);
    given().get(TABLE + "/secret").then().statusCode(404);
    given().put("/v1/nosuchpath").then().statusCode(404);
    given().request("NOSUCHMETHOD", TABLE).then().statusCode(405);
    breakOff("/nosuchpath/reset");
    await()
        .until(
            () ->
                value("http_server_requests_seconds_count", "method=\"OTHER\"", "status=\"405\"")
                    > 0);
    String metrics = metrics();
    assertThat(metrics, not(containsString("nosuch")));
    assertThat(metrics, not(containsString("NOSUCH")));
    assertThat(metrics, not(containsString("secret")));
    metrics
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
        .forEach(line -> assertTrue(TABLES.matcher(line).find(), line));
  }

  /** A body that is announced and does not come. */
  private static void breakOff(String path) throws IOException {
    URI url = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    try (Socket socket = new Socket(url.getHost(), url.getPort());
        OutputStream out = socket.getOutputStream()) {
      out.write(
          "PUT %s HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"
              .formatted(path)
              .getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void rowsAndTheBytesOfStreamsAreCounted() {
    double read = value("ringlet_rows_total", "direction=\"read\"");
    double written = value("ringlet_rows_total", "direction=\"written\"");
    double in = value("ringlet_streamed_bytes_total", "direction=\"in\"");
    double out = value("ringlet_streamed_bytes_total", "direction=\"out\"");
    String lines = "{\"key\":\"m1\",\"value\":\"1\"}\n{\"key\":\"m2\",\"value\":\"2\"}\n";
    given()
        .contentType("application/x-ndjson")
        .body(lines.getBytes(StandardCharsets.UTF_8))
        .post(TABLE)
        .then()
        .statusCode(200)
        .body(containsString("\"written\":2"));
    String read2 =
        given().accept("text/csv").get(TABLE + "/m1").then().statusCode(200).extract().asString();
    await().until(() -> value("ringlet_rows_total", "direction=\"written\"") == written + 2);
    assertEquals(read + 1, value("ringlet_rows_total", "direction=\"read\""));
    assertEquals(in + lines.length(), value("ringlet_streamed_bytes_total", "direction=\"in\""));
    assertThat(
        value("ringlet_streamed_bytes_total", "direction=\"out\"") - out,
        greaterThanOrEqualTo((double) read2.length()));
  }

  @Test
  void theBytesOfStreamsAreCountedWithoutGzip() throws IOException {
    double in = value("ringlet_streamed_bytes_total", "direction=\"in\"");
    double out = value("ringlet_streamed_bytes_total", "direction=\"out\"");
    String row = "{\"key\":\"m3\",\"value\":\"%s\"}\n".formatted("x".repeat(10_000));
    String summary =
        given()
            .contentType("application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .body(gzip(row))
            .post(TABLE)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    given()
        .accept("application/x-ndjson")
        .header("Accept-Encoding", "gzip")
        .get(TABLE + "/m3")
        .then()
        .statusCode(200)
        .header("Content-Encoding", "gzip")
        .body(equalTo(row));
    assertEquals(in + row.length(), value("ringlet_streamed_bytes_total", "direction=\"in\""));
    assertEquals(
        out + summary.length() + row.length(),
        value("ringlet_streamed_bytes_total", "direction=\"out\""));
    // a document is no stream of rows, though it may be sent as one
    given()
        .header("Accept-Encoding", "identity")
        .get("/v1/my_keyspace/openapi.json")
        .then()
        .statusCode(200);
    assertEquals(
        out + summary.length() + row.length(),
        value("ringlet_streamed_bytes_total", "direction=\"out\""));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
