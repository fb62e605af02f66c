package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.http.Defects;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a defect of the service does: it costs its own request, and nothing else. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(AccessLogTest.Logged.class)
class DefectsTest {
  private static final Logger PROBLEMS = Logger.getLogger("dev.ringlet.error.Defect");

  private final ObjectMapper json = new ObjectMapper();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler recorder = new Recorder();

  /** On one connection, so that one that hangs is seen. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final class Recorder extends Handler {
    @Override
    public void publish(LogRecord line) {
      logged.add(line.getMessage().formatted(line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @BeforeEach
  void record() {
    PROBLEMS.addHandler(recorder);
  }

  /** The next request works, on the same connection if there still is one. */
  @AfterEach
  void nextRequestWorks() throws Exception {
    PROBLEMS.removeHandler(recorder);
    assertEquals(200, send("none").statusCode());
    await()
        .until(
            () ->
                given()
                    .get(Management.url() + "/q/metrics")
                    .asString()
                    .contains("ringlet_requests_in_flight 0.0"));
  }

  static Stream<Arguments> answered() {
    return defects("filter", "admitted", "request", "response", "chunk 0");
  }

  @ParameterizedTest
  @MethodSource("answered")
  void isA500WithTheIdThatTheLogHas(String stage, String kind) throws Exception {
    HttpResponse<String> answer = send(stage + " " + kind);
    assertEquals(500, answer.statusCode());
    assertEquals(List.of("application/problem+json"), answer.headers().allValues("Content-Type"));
    JsonNode problem = json.readTree(answer.body());
    assertEquals("internal", problem.get("code").asText());
    assertFalse(answer.body().contains(Defects.MESSAGE), answer.body());
    assertFalse(answer.body().contains(kind), answer.body());
    assertEquals(List.of("Internal error " + problem.get("id").asText()), logged);
  }

  static Stream<Arguments> notAnswered() {
    return defects("chunk 1");
  }

  @ParameterizedTest
  @MethodSource("notAnswered")
  void breaksTheConnectionIfAnAnswerHasBegun(String stage, String kind) {
    assertThrows(IOException.class, () -> send(stage + " " + kind));
    assertTrue(logged.get(0).startsWith("Internal error "), logged.toString());
  }

  static Stream<Arguments> afterTheAnswer() {
    return defects("end");
  }

  @ParameterizedTest
  @MethodSource("afterTheAnswer")
  void doesNotUndoAnAnswer(String stage, String kind) throws Exception {
    assertEquals(200, send(stage + " " + kind).statusCode());
    await().until(() -> !logged.isEmpty());
  }

  private static Stream<Arguments> defects(String... stages) {
    return Stream.of(stages)
        .flatMap(stage -> Defects.KINDS.stream().map(kind -> Arguments.of(stage, kind)));
  }

  private HttpResponse<String> send(String defect) throws Exception {
    String url = ConfigProvider.getConfig().getValue("test.url", String.class);
    return http.send(
        HttpRequest.newBuilder(URI.create(url + "/v1/my_keyspace/my_table/hello"))
            .timeout(Duration.ofSeconds(20))
            .header("Accept", defect.startsWith("chunk") ? "text/csv" : "application/json")
            .header(Defects.HEADER, defect)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
