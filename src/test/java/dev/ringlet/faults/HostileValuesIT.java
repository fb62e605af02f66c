package dev.ringlet.faults;

import static dev.ringlet.faults.Besieged.HOST;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.ringlet.local.PlainDriver;
import dev.ringlet.local.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies within their limit whose values are larger, and values whose answers are. */
@Tag("faults")
class HostileValuesIT {
  @RegisterExtension static final Besieged RINGLET = Besieged.impatient();

  private static final String PARTIAL = array("{}", 1_000_000);

  /** 3.6 MB of values: Cassandra takes 4 MiB at most at once. */
  private static final String ONES = array("1", 600_000);

  private static final int TEXT = 3 << 20;

  /** Not in order. */
  private static final String DISTINCT =
      IntStream.range(0, 140_000)
          .mapToObj(i -> Integer.toString((i * 7919) % 140_000))
          .collect(Collectors.joining(",", "[", "]"));

  private static CqlSession session;
  private static String table;

  private static String array(String element, int length) {
    return "[" + (element + ",").repeat(length / (element.length() + 1)) + element + "]";
  }

  @BeforeAll
  static void createTable() {
    session = PlainDriver.withoutSchema();
    String keyspace = PlainDriver.keyspace(session, "hostile");
    String fields =
        IntStream.range(0, 30).mapToObj(i -> "f" + i + " int").collect(Collectors.joining(", "));
    session.execute("CREATE TYPE %s.wide (%s)".formatted(keyspace, fields));
    session.execute(
        "CREATE TABLE %s.t (k int PRIMARY KEY, l frozen<list<bigint>>, s frozen<set<bigint>>, w frozen<list<frozen<wide>>>, v text)"
            .formatted(keyspace));
    table = "/v1/" + keyspace + "/t";
    await().until(() -> status(put("0", "v", "\"x\"")) == 204);
  }

  @AfterAll
  static void dropTable() {
    session.execute("DROP KEYSPACE " + table.split("/", -1)[2]);
    session.close();
  }

  private static int status(String request) throws IOException {
    try (RawHttp client = RINGLET.open()) {
      client.send(request);
      return client.answer().status();
    }
  }

  private static String put(String path, String column, String value) {
    String body = "{\"%s\":%s}".formatted(column, value);
    return "PUT %s/%s%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(table, path, HOST, body.length(), body);
  }

  /** They would be 43 MB, and 68 of what they are made of. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "1?explain=true"})
  void fieldsThatAreLeftOutAreNoBomb(String path) throws IOException {
    assertEquals(400, status(put(path, "w", PARTIAL)));
    RINGLET.assertUnharmed("330,000 partial objects");
  }

  @ParameterizedTest
  @ValueSource(strings = {"l", "s"})
  void shortElementsFromManyHaveNoMoreThanTheirRoom(String column) throws IOException {
    String value = column.equals("l") ? ONES : DISTINCT;
    assertEquals(204, status(put("1", column, value)));
    List<RawHttp> clients = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      RawHttp client = RINGLET.open();
      client.send(put(Integer.toString(i), column, value));
      clients.add(client);
    }
    for (RawHttp client : clients) {
      int status = client.answer().status();
      assertTrue(Set.of(204, 408, 503, 504).contains(status), "status " + status);
      client.close();
    }
    RINGLET.assertUnharmed("16 bodies of many numbers, " + column);
  }

  @Test
  void rowsOfShortElementsWaitForEachOther() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream rows = new GZIPOutputStream(gzip)) {
      for (int i = 0; i < 64; i++) {
        String row =
            "{\"k\":%d,\"%s\":%s}\n"
                .formatted(
                    i,
                    i % 2 == 0 ? "l" : "w",
                    i % 2 == 0 ? ONES : "[" + "{},".repeat(60_000) + "{}]");
        rows.write(row.getBytes(StandardCharsets.US_ASCII));
      }
    }
    try (RawHttp client = RINGLET.open()) {
      client.send(
          "POST %s%sContent-Type: application/x-ndjson\r\nContent-Encoding: gzip\r\nPrefer: wait=3\r\nContent-Length: %d\r\n\r\n"
              .formatted(table, HOST, gzip.size()));
      client.send(gzip.toByteArray());
      RawHttp.Answer answer = client.answer();
      assertEquals(200, answer.status());
      assertTrue(answer.body().contains("\"written\":"), answer.body());
    }
    RINGLET.assertUnharmed("64 rows of large values");
  }

  /** As JSON control characters are six bytes, and as UTF-16 a text is twice as long. */
  @Test
  void aLargeTextIsNoBombWhateverItIsMadeOf() throws IOException {
    String insert =
        "INSERT INTO %s (k, v) VALUES (?, ?)".formatted(table.substring(4).replace('/', '.'));
    session.execute(insert, 100, "\u0001".repeat(TEXT));
    session.execute(insert, 101, "x".repeat(TEXT) + "\u0101");
    for (String accept : List.of("application/json", "application/x-ndjson", "text/csv")) {
      for (int key : List.of(100, 101)) {
        try (RawHttp client = RINGLET.open()) {
          client.send(
              "GET %s?k=eq.%d%sAccept: %s\r\nConnection: close\r\n\r\n"
                  .formatted(table, key, HOST, accept));
          boolean tooLarge = key == 100 && accept.equals("application/json");
          assertEquals(tooLarge ? 400 : 200, client.status(), accept + ": " + key);
          int length = client.rest().length;
          assertEquals(key == 101 || accept.equals("text/csv"), length > TEXT, accept + ": " + key);
        }
      }
    }
    RINGLET.assertUnharmed("texts of 3 MB");
  }
}
