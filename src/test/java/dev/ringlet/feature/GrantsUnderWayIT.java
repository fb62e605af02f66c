package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.ProtocolConstants.ErrorCode;
import com.datastax.oss.protocol.internal.response.Error;
import dev.ringlet.local.FaultyProxy;
import dev.ringlet.local.NativeFrame;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.ProxiedConnection;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.TlsCassandra;
import io.restassured.response.Response;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What has begun when the schema changes is carried out by the masks that there are by then, for
 * which it waits while Cassandra does not tell them.
 */
class GrantsUnderWayIT {
  private static final TlsCassandra CASSANDRA = TlsCassandra.SERVER_CERTIFICATE;
  private static final String NAME = "under_way_" + Long.toString(System.nanoTime(), 36);

  private static final List<String> PREPARATION =
      List.of(
          "CREATE KEYSPACE %1$s WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
          "CREATE TABLE %1$s.held (k int PRIMARY KEY, v int)",
          "CREATE TABLE %1$s.refused (k int PRIMARY KEY, v int)",
          "CREATE TABLE %1$s.late (k int PRIMARY KEY, v int, w int)",
          "CREATE ROLE %1$s_caller",
          "GRANT SELECT ON KEYSPACE %1$s TO %1$s_caller",
          "GRANT MODIFY ON KEYSPACE %1$s TO %1$s_caller",
          "CREATE ROLE %1$s_ringlet WITH LOGIN = true AND PASSWORD = '%1$s'",
          "GRANT DESCRIBE ON ALL ROLES TO %1$s_ringlet",
          "GRANT SELECT ON KEYSPACE %1$s TO %1$s_ringlet",
          "GRANT MODIFY ON KEYSPACE %1$s TO %1$s_ringlet",
          "GRANT UNMASK ON KEYSPACE %1$s TO %1$s_ringlet");

  /** A row of NDJSON, a chunk. */
  private static final String ROW = "8\r\n{\"k\":1}\n\r\n";

  private static final String END = "0\r\n\r\n";

  private static final FaultyProxy PROXY = new FaultyProxy();

  /** What Ringlet asked Cassandra of masks, and is not answered yet. */
  private static final Queue<Held> HELD = new ConcurrentLinkedQueue<>();

  private static CqlSession superuser;
  private static Packaged ringlet;

  private record Held(NativeFrame question, ProxiedConnection connection) {
    void answer() {
      try {
        connection.pass(question);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @BeforeAll
  static void start() {
    superuser = CASSANDRA.session();
    PREPARATION.forEach(statement -> superuser.execute(statement.formatted(NAME)));
    PROXY.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), CASSANDRA.port()),
        CASSANDRA.sockets());
    ringlet = Packaged.start("grants-under-way", "localhost:" + PROXY.port(), settings());
    ringlet.awaitReady();
  }

  private static Map<String, String> settings() {
    return Map.of(
        "QUARKUS_CASSANDRA_AUTH_USERNAME",
        NAME + "_ringlet",
        "QUARKUS_CASSANDRA_AUTH_PASSWORD",
        NAME,
        "RINGLET_AUTH_PERMISSIONS",
        "grants",
        "RINGLET_AUTH_ANONYMOUS_ROLES",
        NAME + "_caller",
        // masks are read again when the schema has changed, and not besides
        "RINGLET_AUTH_GRANTS_REFRESH",
        "1h",
        "JAVA_TOOL_OPTIONS",
        "-Ddatastax-java-driver.advanced.protocol.version=V4");
  }

  @AfterAll
  static void leave() {
    ringlet.close();
    PROXY.close();
    superuser.execute("DROP KEYSPACE " + NAME);
    superuser.execute("DROP ROLE " + NAME + "_ringlet");
    superuser.execute("DROP ROLE " + NAME + "_caller");
    superuser.close();
  }

  @AfterEach
  void release() {
    PROXY.heal();
    Stream.generate(HELD::poll).takeWhile(held -> held != null).forEach(Held::answer);
  }

  private static void alter(String what) {
    superuser.execute("ALTER TABLE %s.%s".formatted(NAME, what));
  }

  private static String path(String path) {
    return "/v1/" + NAME + path;
  }

  private static RawHttp connection() throws IOException {
    return new RawHttp(ringlet.uri("/"));
  }

  /** Sends the head of a request whose body comes in chunks. */
  private static RawHttp begun(String method, String path, String type, String header)
      throws IOException {
    RawHttp http = connection();
    http.send(
        "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(method, path(path), header, type));
    return http;
  }

  private static RawHttp write(String method, String path) throws IOException {
    return begun(method, path, "application/json", "Prefer: wait=30");
  }

  /** Rows that are there already, so that each is answered with a line, the first of which came. */
  private static RawHttp load(String preference) throws IOException {
    RawHttp http =
        begun("POST", "/held", "application/x-ndjson", preference + "\r\nIf-None-Match: *");
    http.send(ROW);
    assertEquals(200, http.status());
    return http;
  }

  private static void end(RawHttp http, String body) throws IOException {
    http.send(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n" + END);
  }

  private static String rest(RawHttp http) {
    return new String(http.rest(), StandardCharsets.UTF_8);
  }

  @Test
  void waitsForMasksUntilItsOwnTimeIsOver() throws IOException {
    superuser.execute("INSERT INTO %s.held (k, v) VALUES (1, 2)".formatted(NAME));
    given().get(ringlet.uri(path("/held/1"))).then().statusCode(200);
    try (RawHttp load = load("Prefer: wait=30");
        RawHttp impatient = load("Prefer: wait=1");
        RawHttp patch = write("PATCH", "/held/2");
        RawHttp array = begun("POST", "/held", "application/json", "Prefer: wait=30")) {
      PROXY.failAtQuery(
          "column_masks", (frame, connection) -> HELD.add(new Held(frame, connection)));
      alter("held ADD ssn text MASKED WITH DEFAULT");
      int rows = sendUntilHeld(load, 1);
      List<CompletableFuture<Response>> newcomers =
          newcomers(ringlet.uri(path("/held")), ringlet.uri(path("/held/1")));
      await().until(() -> ringlet.active() == 7);
      alter("held ADD other text");
      rows += sendUntilHeld(load, 2);
      HELD.remove().answer();
      end(patch, "{\"v\":3}");
      end(array, "[{\"k\":3},{\"k\":4}]");
      impatient.send(ROW + END);
      String late = rest(impatient);
      assertEquals(2, late.split("\"current\":").length, late);
      assertTrue(late.contains("schema-changing"), late);
      release();
      load.send(END);
      String outcomes = rest(load);
      assertEquals(1 + rows, outcomes.split("\"condition-failed\"").length - 1, outcomes);
      assertFalse(outcomes.contains("ssn"), outcomes);
      assertEquals(204, patch.answer().status());
      assertEquals("{\"written\":2,\"failed\":0,\"outcomes\":[]}", array.answer().body());
      assertEquals(
          List.of(200, 204, 201), newcomers.stream().map(one -> one.join().statusCode()).toList());
    }
  }

  /** As for a guardrail; there is a table of masks all the same. */
  @Test
  void showsNothingWhereCassandraDoesNotSayWhatIsMasked() {
    superuser.execute("INSERT INTO %s.refused (k, v) VALUES (1, 2)".formatted(NAME));
    URI row = ringlet.uri(path("/refused/1"));
    given().get(row).then().statusCode(200);
    PROXY.failAtQuery(
        "column_masks",
        (frame, connection) ->
            connection.answer(frame, new Error(ErrorCode.INVALID, "Guardrail violated")));
    alter("refused ADD secret text MASKED WITH DEFAULT");
    await().until(() -> given().get(row).statusCode() == 403);
    PROXY.heal();
    await().until(() -> given().get(row).statusCode() == 200);
    given().get(row).then().body("v", equalTo(2)).body("$", not(hasKey("secret")));
  }

  /** Says how many rows there were; those that are sent once masks are asked for wait. */
  private static int sendUntilHeld(RawHttp load, int questions) {
    int[] rows = new int[1];
    await()
        .until(
            () -> {
              load.send(ROW);
              rows[0]++;
              return HELD.size() >= questions;
            });
    return rows[0];
  }

  /** They come when it is not known what is masked, and the schema changes once more meanwhile. */
  private static List<CompletableFuture<Response>> newcomers(URI table, URI row) {
    return List.of(
        CompletableFuture.supplyAsync(() -> given().get(row)),
        CompletableFuture.supplyAsync(
            () -> given().contentType("application/json").body("{\"v\":2}").patch(row)),
        CompletableFuture.supplyAsync(
            () -> given().contentType("application/json").body("{\"k\":5}").post(table)));
  }

  @Test
  void bodiesMeetTheMasksThatThereAreAtTheirEnd() throws Exception {
    superuser.execute("INSERT INTO %s.late (k, v, w) VALUES (1, 2, 3)".formatted(NAME));
    String row = ringlet.uri(path("/late/1")).toString();
    given().get(row).then().statusCode(200).body("", equalTo(Map.of("k", 1, "v", 2, "w", 3)));
    Vertx vertx = Vertx.vertx();
    try (RawHttp patch = write("PATCH", "/late/1");
        RawHttp other = write("PATCH", "/late/1");
        RawHttp put = write("PUT", "/late/1")) {
      HttpClientRequest delete = delete(vertx, URI.create(row));
      await().until(() -> ringlet.metric("ringlet_requests_in_flight") == 4);
      alter("late ALTER v MASKED WITH DEFAULT");
      await().untilAsserted(() -> given().get(row).then().body("", not(hasKey("v"))));
      end(patch, "{\"v\":9}");
      end(other, "{\"w\":4}");
      end(put, "{\"w\":5}");
      assertEquals("400 unknown-column", answer(patch));
      assertEquals("204 ", answer(other));
      assertEquals("403 forbidden", answer(put));
      Future<HttpClientResponse> answer = delete.response();
      join(delete.end());
      assertEquals(403, join(answer).statusCode());
    } finally {
      join(vertx.close());
    }
    Row stored = superuser.execute("SELECT v, w FROM %s.late WHERE k = 1".formatted(NAME)).one();
    assertEquals(2, stored.getInt("v"));
    assertEquals(4, stored.getInt("w"));
    unmask(row);
  }

  /** What was masked when the head came. */
  private static void unmask(String row) throws IOException {
    try (RawHttp patch = write("PATCH", "/late/1")) {
      await().until(() -> ringlet.metric("ringlet_requests_in_flight") == 1);
      alter("late ALTER v DROP MASKED");
      await().untilAsserted(() -> given().get(row).then().body("v", equalTo(2)));
      end(patch, "{\"v\":9}");
      assertEquals("204 ", answer(patch));
      given().get(row).then().body("v", equalTo(9));
    }
  }

  private static String answer(RawHttp http) throws IOException {
    RawHttp.Answer answer = http.answer();
    return answer.status()
        + " "
        + answer.body().replaceFirst("(?s).*\"code\":\"([^\"]*)\".*", "$1");
  }

  /** Of which it is not known yet that it has no body: only HTTP/2 leaves that open. */
  private static HttpClientRequest delete(Vertx vertx, URI uri) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    HttpClientRequest request =
        join(client.request(HttpMethod.DELETE, uri.getPort(), uri.getHost(), uri.getPath()));
    join(request.putHeader("Prefer", "wait=30").sendHead());
    return request;
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
