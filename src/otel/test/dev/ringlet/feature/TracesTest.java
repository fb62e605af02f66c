package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.TestCassandra;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A span a request and a span a statement. It listens to the SDK of this JVM, hence not packaged.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(TracesTest.Traced.class)
class TracesTest {
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String SECRET = "geheim";
  private static String keyspace;
  private static String path;

  private final String trace = IdGenerator.random().generateTraceId();

  /** Traced, but exported to nowhere; requests on all event loops; streams of many pages. */
  public static class Traced implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.otel.sdk.disabled",
          "false",
          "quarkus.otel.exporter.otlp.enabled",
          "false",
          "ringlet.scan",
          "*",
          "ringlet.stream.page-size",
          "10");
    }
  }

  @BeforeAll
  static void createTables() {
    keyspace = Cassandra.keyspace("traces", "CREATE TABLE $ks.t (k text PRIMARY KEY, v text)");
    path = "/v1/" + keyspace + "/t";
  }

  @BeforeEach
  void empty() {
    execute("TRUNCATE " + keyspace + ".t");
  }

  private RequestSpecification traced() {
    return given().header("traceparent", "00-" + trace + "-" + CALLER + "-01");
  }

  private SpanData request() {
    return Spans.of(trace).stream()
        .filter(span -> span.getKind() == SpanKind.SERVER)
        .findFirst()
        .orElseThrow();
  }

  /** Those below the request; there are no others in its trace. */
  private List<SpanData> statements() {
    String parent = request().getSpanId();
    List<SpanData> others =
        Spans.of(trace).stream().filter(span -> span.getKind() != SpanKind.SERVER).toList();
    others.forEach(span -> assertEquals(parent, span.getParentSpanId(), span::toString));
    others.forEach(span -> assertEquals(SpanKind.CLIENT, span.getKind(), span::toString));
    return others;
  }

  private SpanData statement() {
    List<SpanData> all = statements();
    assertEquals(1, all.size(), all::toString);
    return all.get(0);
  }

  private void assertNoValue() {
    Spans.of(trace).forEach(span -> assertFalse(span.toString().contains(SECRET), span::toString));
  }

  private static Map<String, Object> attributes(SpanData span) {
    Attributes attributes = span.getAttributes();
    return attributes.asMap().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
  }

  private static Map<String, Object> expected(String operation, String cql) {
    return Map.of(
        "db.system.name",
        "cassandra",
        "db.namespace",
        keyspace,
        "db.collection.name",
        "t",
        "db.operation.name",
        operation,
        "db.query.text",
        cql.replace("$t", keyspace + ".t"),
        "server.address",
        "127.0.0.1",
        "server.port",
        (long) TestCassandra.port());
  }

  @Test
  void aStatementIsBelowItsRequestAndThatBelowItsCaller() {
    execute("INSERT INTO " + keyspace + ".t (k, v) VALUES (?, ?)", SECRET, SECRET);
    traced().get(path + "/" + SECRET).then().statusCode(200);
    assertEquals(CALLER, request().getParentSpanId());
    assertTrue(request().getParentSpanContext().isRemote());
    assertEquals("SELECT " + keyspace + ".t", statement().getName());
    assertFalse(statement().getParentSpanContext().isRemote());
    assertEquals(expected("SELECT", "SELECT k, v FROM $t WHERE k = ?"), attributes(statement()));
    assertEquals(StatusCode.UNSET, statement().getStatus().getStatusCode());
    assertTrue(statement().getStartEpochNanos() < statement().getEndEpochNanos());
    assertNoValue();
  }

  @Test
  void theRouteSaysWhatARequestWas() {
    traced().get(path + "?k=eq." + SECRET).then().statusCode(200);
    assertEquals("GET /v1/{keyspace}/{table}", request().getName());
    assertEquals("/v1/{keyspace}/{table}", attributes(request()).get("http.route"));
    assertEquals("REDACTED", attributes(request()).get("url.path"));
    assertEquals("REDACTED", attributes(request()).get("url.query"));
    assertNoValue();
  }

  @Test
  void aRefusalQuotesNoValue() {
    traced().get(path + "/" + SECRET + "?fields=x" + SECRET).then().statusCode(400);
    assertEquals(List.of(), statements());
    assertNoValue();
  }

  @Test
  void aStatementThatFailsSaysWhy() {
    traced()
        .header("Cassandra-Consistency", "THREE")
        .get(path + "/" + SECRET)
        .then()
        .statusCode(503);
    assertEquals(StatusCode.ERROR, statement().getStatus().getStatusCode());
    assertEquals(
        "com.datastax.oss.driver.api.core.servererrors.UnavailableException",
        attributes(statement()).get("error.type"));
    assertEquals(StatusCode.ERROR, request().getStatus().getStatusCode());
    assertNoValue();
  }

  @Test
  void aStreamHasASpanAPage() {
    for (int i = 0; i < 35; i++) {
      execute("INSERT INTO " + keyspace + ".t (k, v) VALUES (?, ?)", SECRET + i, SECRET);
    }
    traced().accept("application/x-ndjson").get(path + "?scan=true").then().statusCode(200);
    assertEquals(4, statements().size());
    assertNoValue();
  }

  @Test
  void rowsHaveASpanEach() {
    traced()
        .contentType("application/x-ndjson")
        .body(rows("\n", "", "\n").getBytes(UTF_8))
        .post(path)
        .then()
        .statusCode(200);
    assertEquals(20, statements().size());
    statements()
        .forEach(
            span ->
                assertEquals(
                    expected("INSERT", "INSERT INTO $t (k, v) VALUES (?, ?)"), attributes(span)));
    assertNoValue();
  }

  @Test
  void aBatchIsOneStatement() {
    traced()
        .contentType("application/json")
        .header("Prefer", "atomic")
        .body(rows(",", "[", "]").getBytes(UTF_8))
        .post(path)
        .then()
        .statusCode(200);
    assertEquals("BATCH INSERT " + keyspace + ".t", statement().getName());
    assertEquals(20L, attributes(statement()).get("db.operation.batch.size"));
    assertNoValue();
  }

  private static String rows(String separator, String before, String after) {
    return IntStream.range(0, 20)
        .mapToObj(i -> "{\"k\":\"%d\",\"v\":\"%s\"}".formatted(i, SECRET))
        .collect(Collectors.joining(separator, before, after));
  }

  @Test
  void aRequestWithoutCallerStartsATrace() {
    given().header("User-Agent", trace).get(path + "/any").then().statusCode(404);
    await().until(() -> Spans.all().stream().anyMatch(this::asked));
    SpanData request = Spans.all().stream().filter(this::asked).findFirst().orElseThrow();
    assertEquals(SpanId.getInvalid(), request.getParentSpanId());
    assertEquals(2, Spans.of(request.getTraceId()).size());
  }

  private boolean asked(SpanData span) {
    return trace.equals(attributes(span).get("user_agent.original"));
  }

  @Test
  void whatItsCallerDoesNotTraceIsNotTraced() {
    given()
        .header("traceparent", "00-" + trace + "-" + CALLER + "-00")
        .get(path + "/any")
        .then()
        .statusCode(404);
    String other = IdGenerator.random().generateTraceId();
    given()
        .header("traceparent", "00-" + other + "-" + CALLER + "-01")
        .get(path + "/any")
        .then()
        .statusCode(404);
    assertEquals(2, Spans.of(other).size());
    assertEquals(List.of(), Spans.in(trace));
  }

  /** Each is prepared first, and goes on where the driver got the answer to that. */
  @Test
  void noEventLoopForgetsToTrace() {
    for (String query : List.of("scan=true&select=", "k=eq.a&select=", "k=in.(a,b)&select=")) {
      for (String columns : List.of("k", "v", "k,v", "v,k")) {
        String each = IdGenerator.random().generateTraceId();
        given()
            .header("traceparent", "00-" + each + "-" + CALLER + "-01")
            .get(path + "?" + query + columns)
            .then()
            .statusCode(200);
        assertEquals(2, Spans.of(each).size(), query + columns);
      }
    }
  }

  @Test
  void probesAreNotTraced() {
    given()
        .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
        .get(Management.url() + "/q/health/ready")
        .then()
        .statusCode(200);
    String other = IdGenerator.random().generateTraceId();
    given().header("traceparent", "00-" + other + "-" + CALLER + "-01").get(path + "/any");
    assertEquals(2, Spans.of(other).size());
    assertEquals(List.of(), Spans.in(trace));
  }
}
