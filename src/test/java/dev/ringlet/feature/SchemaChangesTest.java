package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.awaitSeen;
import static dev.ringlet.feature.Cassandra.execute;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Tables that others create, alter and drop while requests are served. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class SchemaChangesTest {

  @Test
  void aNewTableNeedsNoRestartAndADroppedOneIsGone() {
    String keyspace =
        Cassandra.keyspace("created", "CREATE TABLE $ks.t (k int PRIMARY KEY, v text)");
    String row = "/v1/" + keyspace + "/t/1";
    given().contentType("application/json").body("{\"v\":\"a\"}").put(row).then().statusCode(204);
    execute("DROP TABLE " + keyspace + ".t");
    await().until(() -> given().get(row).statusCode() == 404);
    given().get(row).then().body("code", equalTo("unknown-table"));
  }

  @Test
  void aBodyMeetsTheTableThatThereIsAtItsEnd() throws IOException {
    String keyspace = Cassandra.keyspace("late", "CREATE TABLE $ks.t (k int PRIMARY KEY, v int)");
    String row = "/v1/" + keyspace + "/t/1";
    try (RawHttp put = begun("PUT", row);
        RawHttp patch = begun("PATCH", row);
        RawHttp dropped = begun("PATCH", row);
        RawHttp gone = begun("PUT", row)) {
      await().until(() -> Management.metric("ringlet_requests_in_flight") == 4);
      execute("ALTER TABLE %s.t ADD w text".formatted(keyspace));
      awaitSeen(keyspace);
      assertEquals("204 ", answer(put, "{\"w\":\"a\"}"));
      assertEquals("204 ", answer(patch, "{\"v\":7}"));
      given().get(row).then().body("", equalTo(Map.of("k", 1, "v", 7, "w", "a")));
      execute("ALTER TABLE %s.t DROP v".formatted(keyspace));
      awaitSeen(keyspace);
      assertEquals("400 unknown-column", answer(dropped, "{\"v\":null}"));
      execute("DROP TABLE %s.t".formatted(keyspace));
      awaitSeen(keyspace);
      assertEquals("404 unknown-table", answer(gone, "{\"w\":\"b\"}"));
    }
  }

  /** A request of which the head has been sent. */
  private static RawHttp begun(String method, String row) throws IOException {
    RawHttp http =
        new RawHttp(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
    http.send(
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nPrefer: wait=30\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(method, row));
    return http;
  }

  /** To the body that comes now. */
  private static String answer(RawHttp http, String body) throws IOException {
    http.send(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    RawHttp.Answer answer = http.answer();
    return answer.status() + " " + answer.body().replaceFirst(".*\"code\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void aColumnThatComesOrGoesIsNeverAnsweredWrongly() {
    String keyspace =
        Cassandra.keyspace("altered", "CREATE TABLE $ks.t (k int PRIMARY KEY, a int, z text)");
    execute("INSERT INTO %s.t (k, a, z) VALUES (1, 7, 'zed')".formatted(keyspace));
    Set<String> answers =
        whileReading(
            "/v1/" + keyspace + "/t/1",
            () -> {
              execute("ALTER TABLE %s.t ADD m text".formatted(keyspace));
              execute("UPDATE %s.t SET m = 'em' WHERE k = 1".formatted(keyspace));
              awaitSeen(keyspace);
              execute("ALTER TABLE %s.t DROP a".formatted(keyspace));
              awaitSeen(keyspace);
              execute("ALTER TABLE %s.t DROP m".formatted(keyspace));
              awaitSeen(keyspace);
            });
    answers.removeAll(
        Set.of(
            "200 {\"k\":1,\"a\":7,\"z\":\"zed\"}",
            "200 {\"k\":1,\"a\":7,\"m\":null,\"z\":\"zed\"}",
            "200 {\"k\":1,\"a\":7,\"m\":\"em\",\"z\":\"zed\"}",
            "200 {\"k\":1,\"m\":\"em\",\"z\":\"zed\"}",
            // Cassandra itself may answer a statement that it is about to forget, with no value for
            // what was dropped
            "200 {\"k\":1,\"a\":null,\"m\":\"em\",\"z\":\"zed\"}",
            "200 {\"k\":1,\"m\":null,\"z\":\"zed\"}",
            "503 schema-changing"));
    assertTrue(answers.remove("200 {\"k\":1,\"z\":\"zed\"}"), "the last shape was never seen");
    assertEquals(Set.of(), answers);
  }

  @Test
  void aColumnThatComesOrGoesPutsNoValueUnderAnotherName() {
    String keyspace =
        Cassandra.keyspace(
            "renamed", "CREATE TABLE $ks.t (k int PRIMARY KEY, b int, m text, z text)");
    execute("INSERT INTO %s.t (k, b, m, z) VALUES (1, 7, 'em', 'zed')".formatted(keyspace));
    Set<String> answers =
        whileReading(
            "/v1/" + keyspace + "/t/1?select=one:z,two:b,three:z",
            () -> {
              execute("ALTER TABLE %s.t ADD a text".formatted(keyspace));
              execute("UPDATE %s.t SET a = 'ay' WHERE k = 1".formatted(keyspace));
              awaitSeen(keyspace);
              execute("ALTER TABLE %s.t DROP m".formatted(keyspace));
              awaitSeen(keyspace);
              execute("ALTER TABLE %s.t RENAME k TO c".formatted(keyspace));
              awaitSeen(keyspace);
            });
    assertTrue(answers.remove("200 {\"one\":\"zed\",\"two\":7,\"three\":\"zed\"}"));
    answers.remove("503 schema-changing");
    assertEquals(Set.of(), answers);
  }

  @Test
  void aTableOfTheSameNameWithOtherTypesIsNeverMistakenForTheOldOne() {
    String keyspace =
        Cassandra.keyspace("recreated", "CREATE TABLE $ks.t (k int PRIMARY KEY, v int)");
    execute("INSERT INTO %s.t (k, v) VALUES (1, 7)".formatted(keyspace));
    String row = "/v1/" + keyspace + "/t/1";
    Set<String> answers =
        whileReading(
            row,
            () -> {
              for (String type : new String[] {"text", "blob", "bigint", "text", "int"}) {
                execute("DROP TABLE %s.t".formatted(keyspace));
                execute("CREATE TABLE %s.t (k int PRIMARY KEY, v %s)".formatted(keyspace, type));
                String literal =
                    switch (type) {
                      case "text" -> "'sev7'";
                      case "blob" -> "0x07070707";
                      default -> "70";
                    };
                execute("INSERT INTO %s.t (k, v) VALUES (1, %s)".formatted(keyspace, literal));
                awaitSeen(keyspace);
              }
            });
    answers.removeAll(
        Set.of(
            "200 {\"k\":1,\"v\":7}",
            "200 {\"k\":1,\"v\":70}",
            "200 {\"k\":1,\"v\":\"sev7\"}",
            "200 {\"k\":1,\"v\":\"BwcHBw==\"}",
            "200 {\"k\":1,\"v\":\"70\"}",
            "404 row-not-found",
            "503 unavailable",
            "404 unknown-table",
            "503 schema-changing"));
    assertEquals(Set.of(), answers);
    given().get(row).then().body(equalTo("{\"k\":1,\"v\":70}"));
  }

  @Test
  void aDroppedColumnIsGoneFromTheNextAnswer() {
    String keyspace =
        Cassandra.keyspace("dropped", "CREATE TABLE $ks.t (k int PRIMARY KEY, a int, z text)");
    execute("INSERT INTO %s.t (k, a, z) VALUES (1, 7, 'zed')".formatted(keyspace));
    String row = "/v1/" + keyspace + "/t/1";
    given().get(row).then().body(equalTo("{\"k\":1,\"a\":7,\"z\":\"zed\"}"));
    execute("ALTER TABLE %s.t DROP a".formatted(keyspace));
    given().get(row).then().statusCode(200).body(equalTo("{\"k\":1,\"z\":\"zed\"}"));
    given().contentType("application/json").body("{\"z\":\"y\"}").put(row).then().statusCode(204);
  }

  @Test
  void aRowIsPlannedAgainForATableOfTheSameNameWithOtherTypes() {
    String keyspace =
        Cassandra.keyspace("retyped", "CREATE TABLE $ks.t (p int PRIMARY KEY, a int, c text)");
    String row = "/v1/" + keyspace + "/t/1";
    String body = "{\"a\":5,\"c\":\"abcd\"}";
    given().contentType("application/json").body(body).put(row).then().statusCode(204);
    execute("DROP TABLE %s.t".formatted(keyspace));
    execute("CREATE TABLE %s.t (p int PRIMARY KEY, a float, c blob)".formatted(keyspace));
    // a table that was dropped, and made again, may be seen between the two
    await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> given().contentType("application/json").body(body).put(row).statusCode(),
            status -> status != 404);
    Row written = Cassandra.one("SELECT a, c FROM %s.t WHERE p = 1".formatted(keyspace));
    assertEquals(5f, written.getFloat("a"));
    assertEquals(ByteBuffer.wrap(new byte[] {0x69, (byte) 0xb7, 0x1d}), written.getByteBuffer("c"));
  }

  /** As in a migration: each change would put off what the driver reads of the schema. */
  @Test
  void aTableIsSeenWhileOthersAreAlteredWithoutEnd() {
    String keyspace = Cassandra.keyspace("migrated", "CREATE TABLE $ks.o (k int PRIMARY KEY)");
    execute("CREATE TABLE %s.t (k int PRIMARY KEY)".formatted(keyspace));
    AtomicInteger columns = new AtomicInteger();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(150))
        .until(
            () -> {
              execute(
                  "ALTER TABLE %s.o ADD c%d int".formatted(keyspace, columns.incrementAndGet()));
              return "row-not-found".equals(given().get("/v1/" + keyspace + "/t/1").path("code"));
            });
  }

  /** Every answer that was given while the schema changed: the body, or the code of the problem. */
  private static Set<String> whileReading(String path, Runnable changes) {
    Set<String> answers = ConcurrentHashMap.newKeySet();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              do {
                var response = given().get(path);
                int status = response.statusCode();
                answers.add(
                    status + " " + (status == 200 ? response.asString() : response.path("code")));
              } while (!done.get());
            });
    try {
      changes.run();
    } finally {
      done.set(true);
    }
    reader.join();
    return answers;
  }
}
