package dev.ringlet.feature;

import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.noRows;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The in-flight limit hears what Cassandra says of its load, whatever it was asked. */
@QuarkusTest
@QuarkusTestResource(value = FakeCassandra.class, restrictToAnnotatedClass = true)
@TestProfile(PaceTest.Small.class)
class PaceTest {
  private static final String READ = "SELECT k, l, v FROM fake.t WHERE k = ?";
  private static final int MOST = 8;
  private static final int LOAD = 5;

  /** So that the limit has looked at some of them; it does ten times a second. */
  private static final int SEVERAL = 50;

  private final HttpClient http = HttpClient.newHttpClient();
  private List<CompletableFuture<HttpResponse<String>>> slow = List.of();

  /** So that a few requests are load. */
  public static class Small implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "ringlet.in-flight.min", "1",
          "ringlet.in-flight.initial", "8",
          "ringlet.in-flight.max", "8");
    }
  }

  /** More than half of what may be under way is. */
  @BeforeEach
  void load() {
    FakeCassandra.heal();
    FakeCassandra.primeSlow(READ, Map.of("k", "varchar"), "slow", noRows(), Duration.ofMinutes(1));
    FakeCassandra.prime(READ, Map.of("k", "varchar"), "fast", noRows());
    await()
        .until(
            () -> {
              requests(MOST, "fast").forEach(CompletableFuture::join);
              return metric("limit") == MOST;
            });
    FakeCassandra.spare("slow"); // they may come to the nodes late, or again
    slow = requests(LOAD, "slow");
    await().until(() -> metric("in_flight") == LOAD);
  }

  /** Their answers would themselves say that Cassandra is slow: they are not waited for. */
  @AfterEach
  void unload() {
    slow.forEach(request -> request.cancel(true));
    await().until(() -> metric("in_flight") == 0);
    FakeCassandra.heal();
  }

  private List<CompletableFuture<HttpResponse<String>>> requests(int number, String key) {
    String url = ConfigProvider.getConfig().getValue("test.url", String.class);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/fake/t/" + key))
            .header("Prefer", "wait=30")
            .build();
    return IntStream.range(0, number)
        .mapToObj(i -> http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
        .toList();
  }

  private static double metric(String name) throws Exception {
    return Management.metric("ringlet_requests_" + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          OVERLOADED           | GET   | t/x |        | application/json     |                         | 503 | falls
          OVERLOADED           | GET   | t/x |        | application/x-ndjson |                         | 503 | falls
          OVERLOADED           | PUT   | t/x |        | application/json     | {"v":"x"}               | 503 | falls
          OVERLOADED           | POST  | t   |        | application/json     | [{"k":"x","v":"x"}]     | 200 | falls
          OVERLOADED           | POST  | t   |        | application/x-ndjson | {"k":"x","v":"x"}       | 200 | falls
          OVERLOADED           | POST  | t   | atomic | application/json     | [{"k":"x","v":"x"}]     | 504 | falls
          READ_TIMEOUT_FEW     | GET   | t/x |        | application/json     |                         | 504 | falls
          WRITE_TIMEOUT_SIMPLE | PUT   | t/x |        | application/json     | {"v":"x"}               | 504 | falls
          OVERLOADED           | PATCH | t/x | if     | application/json     | {"v":"x"}               | 504 | stays
          READ_TIMEOUT_FEW     | GET   | t/x | serial | application/json     |                         | 504 | stays
          UNAVAILABLE          | GET   | t/x |        | application/json     |                         | 503 | stays
          """)
  void theLimitHearsOfOverload(
      Fault fault,
      String method,
      String path,
      String how,
      String type,
      String body,
      int status,
      String limit)
      throws Exception {
    FakeCassandra.begin(fault);
    RequestSpecification request =
        given()
            .config(
                RestAssured.config()
                    .encoderConfig(
                        RestAssured.config()
                            .getEncoderConfig()
                            .encodeContentTypeAs(type, ContentType.TEXT)));
    if (body == null) {
      request.accept(type);
    } else {
      request.contentType(type).body(body);
    }
    if ("atomic".equals(how)) {
      request.header("Prefer", "atomic");
    } else if ("if".equals(how)) {
      request.header("If-Match", "*");
    } else if ("serial".equals(how)) {
      request.header("Cassandra-Consistency", "LOCAL_SERIAL");
    }
    for (int i = 0; i < SEVERAL && metric("limit") == MOST; i++) {
      request.request(method, "/v1/fake/" + path).then().statusCode(status);
    }
    assertEquals(limit, metric("limit") < MOST ? "falls" : "stays");
  }
}
