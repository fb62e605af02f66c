package dev.ringlet.feature;

import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.noRows;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beyond what an instance can do at once it refuses, at once, and goes on with what it has. */
@QuarkusTest
@QuarkusTestResource(value = FakeCassandra.class, restrictToAnnotatedClass = true)
@TestProfile(OverloadTest.Few.class)
class OverloadTest {
  private static final String READ = "SELECT k, l, v FROM fake.t WHERE k = ?";

  private final HttpClient http = HttpClient.newHttpClient();

  /** Until then Cassandra answers nothing. */
  private final CompletableFuture<Void> goesOn = new CompletableFuture<>();

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
    FakeCassandra.prime(READ, Map.of("k", "varchar"), "any", noRows());
  }

  @AfterEach
  void goOn() {
    goesOn.complete(null);
  }

  /** Four at once, and 1 MB of bodies. */
  public static class Few implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "ringlet.in-flight.min", "4",
          "ringlet.in-flight.initial", "4",
          "ringlet.in-flight.max", "4",
          "ringlet.row.max-size", "1M",
          "ringlet.in-flight.max-bytes", "1M");
    }
  }

  private static String url(String path) {
    return ConfigProvider.getConfig().getValue("test.url", String.class) + path;
  }

  private CompletableFuture<HttpResponse<String>> read() {
    return http.sendAsync(
        HttpRequest.newBuilder(URI.create(url("/v1/fake/t/any")))
            .header("Prefer", "wait=30")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** As many as may be. */
  private List<CompletableFuture<HttpResponse<String>>> fourUnderWay() {
    FakeCassandra.proxies()
        .forEach(
            proxy ->
                proxy.fail(
                    (frame, connection) -> {
                      goesOn.join();
                      connection.pass(frame);
                    }));
    List<CompletableFuture<HttpResponse<String>>> slow =
        IntStream.range(0, 4).mapToObj(i -> read()).toList();
    await().until(() -> Management.metric("ringlet_requests_in_flight") == 4);
    return slow;
  }

  private static String request(String method, String key) {
    return method + " /v1/fake/t/" + key + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  @Test
  void aFifthRequestIsRefusedAtOnceAndTheOthersAreAnswered() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> slow = fourUnderWay();
    double shed = Management.metric("ringlet_requests_shed_total");
    double refused = refusedRequests();
    assertThreeRefusedOnOneConnection();
    assertEquals(shed + 3, Management.metric("ringlet_requests_shed_total"));
    assertEquals(refused + 3, refusedRequests());
    assertEquals(4, Management.metric("ringlet_requests_limit"));
    given().get(Management.url() + "/q/health/ready").then().statusCode(200);
    goesOn.complete(null);
    slow.forEach(answer -> assertEquals(404, answer.join().statusCode(), "no such row"));
    await().until(() -> Management.metric("ringlet_requests_in_flight") == 0);
    given().get("/v1/fake/t/any").then().statusCode(404);
  }

  /** As {@code http_server_requests} has them, with those that the server never saw. */
  private static double refusedRequests() {
    return given()
        .get(Management.url() + "/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
        .filter(line -> line.contains("method=\"PUT\"") && line.contains("status=\"503\""))
        .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
        .sum();
  }

  /** Nothing of their bodies is kept, and yet the next is understood. */
  private static void assertThreeRefusedOnOneConnection() throws Exception {
    String body = "{\"v\":\"" + "x".repeat(500_000) + "\"}";
    String head =
        "PUT /v1/fake/t/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\nX-Request-Id: ";
    try (RawHttp client = new RawHttp(URI.create(url("")))) {
      for (int i = 0; i < 3; i++) {
        client.send(head + i + "\r\n\r\n" + body);
        RawHttp.Answer answer = client.answer();
        assertEquals(503, answer.status());
        assertTrue(answer.head().contains("Retry-After: 1\n"), answer.head());
        assertTrue(answer.head().contains("X-Request-Id: " + i + "\n"), answer.head());
        assertTrue(answer.body().contains("\"code\":\"overloaded\""), answer.body());
      }
    }
  }

  /** Nobody knows whether its body comes. */
  @Test
  void aConnectionEndsWithTheRefusalOfWhatWaitsToBeAskedForItsBody() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> slow = fourUnderWay();
    try (RawHttp client = new RawHttp(URI.create(url("")))) {
      client.send(
          String.join(
              "\r\n",
              "PUT /v1/fake/t/x HTTP/1.1",
              "Host: localhost",
              "Content-Type: application/json",
              "Content-Length: 9",
              "Expect: 100-continue",
              "",
              ""));
      RawHttp.Answer answer = client.answer();
      assertEquals(503, answer.status());
      assertTrue(answer.closes(), answer.head());
      assertEquals(0, client.rest().length);
    }
    goesOn.complete(null);
    slow.forEach(CompletableFuture::join);
    await().until(() -> Management.metric("ringlet_requests_in_flight") == 0);
  }

  /** What is refused before it reaches the server looks the same, and what follows is served. */
  @Test
  void aConnectionThatWasRefusedOnServesWhenThereIsRoom() throws Exception {
    try (RawHttp client = new RawHttp(URI.create(url("")))) {
      client.send(request("GET", "any"));
      assertEquals(404, client.answer().status());
      List<CompletableFuture<HttpResponse<String>>> slow = fourUnderWay();
      client.send(request("GET", "any") + request("HEAD", "any") + request("GET", "any"));
      RawHttp.Answer first = client.answer();
      assertEquals(503, first.status());
      assertEquals(503, client.answer(true).status());
      assertEquals(first.body(), client.answer().body());
      goesOn.complete(null);
      slow.forEach(CompletableFuture::join);
      await().until(() -> Management.metric("ringlet_requests_in_flight") == 0);
      client.send(request("GET", "any"));
      assertEquals(404, client.answer().status());
    }
  }

  /** Refusals take memory, too, until they are read. */
  @Test
  void whoDoesNotReadRefusalsGetsNoMore() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> slow = fourUnderWay();
    try (RawHttp flood = new RawHttp(URI.create(url("")), 4096)) {
      byte[] requests = request("GET", "any").repeat(1000).getBytes(StandardCharsets.US_ASCII);
      int sent = flood.flood(requests, 1000); // more than the buffers of both sockets take
      assertTrue(sent < 1000, sent + " thousand requests were taken");
    }
    goesOn.complete(null);
    slow.forEach(CompletableFuture::join);
    await().until(() -> Management.metric("ringlet_requests_in_flight") == 0);
  }

  private static RawHttp load() throws IOException {
    RawHttp load = new RawHttp(URI.create(url("")));
    load.send(
        String.join(
            "\r\n",
            "POST /v1/fake/t HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/x-ndjson",
            "Transfer-Encoding: chunked",
            "",
            "d",
            "{\"k\":\"load\"}\n",
            ""));
    return load;
  }

  /** Its rows have places of their own, and it may last for hours; but it has room in memory. */
  @Test
  void loadsThatAreMoreThanMayBeUnderWayHinderNobody() throws Exception {
    FakeCassandra.clear();
    List<RawHttp> loads = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        loads.add(load());
      }
      await().until(() -> FakeCassandra.executed() == 8);
      assertEquals(0, Management.metric("ringlet_requests_in_flight"));
      given().get("/v1/fake/t/any").then().statusCode(404);
      try (RawHttp one = load()) {
        RawHttp.Answer refused = one.answer();
        assertEquals(503, refused.status());
        assertTrue(refused.body().contains("ringlet.in-flight.max-bytes"), refused.body());
      }
      for (RawHttp load : loads) {
        load.send("0\r\n\r\n");
        RawHttp.Answer done = load.answer();
        assertEquals("200 {\"written\":1,\"failed\":0}\n", done.status() + " " + done.body());
      }
    } finally {
      for (RawHttp load : loads) {
        load.close();
      }
    }
  }

  /** A row of an array takes memory, too, however little there is of it. */
  @Test
  void rowsThatThereIsNeverRoomForAreNotWritten() {
    FakeCassandra.clear();
    for (String body : List.of("{\"k\":\"any\"}", "{}", "{\"id\":7}")) {
      given()
          .contentType(
              body.contains("id") ? "application/cloudevents-batch+json" : "application/json")
          .body(many(body, 8000))
          .post("/v1/fake/t")
          .then()
          .statusCode(400)
          .body("code", equalTo("limit-exceeded"))
          .body("limit", equalTo("ringlet.in-flight.max-bytes"));
    }
    assertEquals(0, FakeCassandra.executed());
  }

  private static String many(String row, int rows) {
    return Collections.nCopies(rows, row).stream().collect(Collectors.joining(",", "[", "]"));
  }

  /** Each has its code, whether there is room for more or not. */
  @Test
  void outcomesThatThereIsNoRoomForAreTold() {
    String rows = many("{\"v\":\"x\"}", 3000);
    JsonPath answer =
        given()
            .contentType("application/json")
            .body(rows.replaceFirst("\"v\"", "\"k\":\"any\",\"v\""))
            .post("/v1/fake/t")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertEquals(1, answer.getInt("written"));
    assertEquals(2999, answer.getInt("failed"));
    assertEquals(IntStream.rangeClosed(1, 2999).boxed().toList(), answer.getList("outcomes.index"));
    assertEquals(
        Set.of("incomplete-primary-key"), Set.copyOf(answer.getList("outcomes.error.code")));
    List<Object> details = answer.getList("outcomes.error.detail");
    assertEquals("The body lacks k.", details.get(0));
    assertEquals("Primary key columns are missing", details.get(2998));
    given()
        .contentType("application/json")
        .body(many("{\"k\":\"any\"}", 3000))
        .header("Prefer", "return=outcomes")
        .post("/v1/fake/t")
        .then()
        .statusCode(200)
        .body("written", equalTo(3000));
  }

  /** One alone is told. */
  @Test
  void eventsThatFailTakeNoRoom() {
    given()
        .contentType("application/cloudevents-batch+json")
        .body(many("{\"specversion\":\"1.0\"}", 3000))
        .post("/v1/fake/t")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-event"))
        .body("attribute", equalTo("id"))
        .body("index", equalTo(0))
        .body("failed", equalTo(3000));
  }

  @Test
  void bodiesTogetherHaveNoMoreThanTheirRoom() throws Exception {
    URI uri = URI.create(url(""));
    try (Socket first = new Socket(uri.getHost(), uri.getPort())) {
      first
          .getOutputStream()
          .write(
              "PUT /v1/fake/t/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> Management.metric("ringlet_requests_in_flight") == 1);
      double shed = Management.metric("ringlet_requests_shed_total");
      String body = "{\"v\":\"" + "x".repeat(200_000) + "\"}";
      given()
          .contentType("application/json")
          .body(body)
          .put("/v1/fake/t/y")
          .then()
          .statusCode(503)
          .header("Retry-After", "1")
          .body(containsString("ringlet.in-flight.max-bytes"));
      assertEquals(shed + 1, Management.metric("ringlet_requests_shed_total"));
      given()
          .get("/v1/fake/t/y?after=" + "x".repeat(60_000)) // a long line has room as a body has
          .then()
          .statusCode(503)
          .header("Retry-After", "1")
          .body(containsString("ringlet.in-flight.max-bytes"));
      assertEquals(shed + 2, Management.metric("ringlet_requests_shed_total"));
    }
    await().until(() -> Management.metric("ringlet_requests_in_flight") == 0);
    given()
        .contentType("application/json")
        .body("{\"nosuch\":\"" + "x".repeat(900_000) + "\"}")
        .put("/v1/fake/t/any")
        .then()
        .statusCode(400)
        .body(containsString("unknown-column"));
  }
}
