package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.session;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** NDJSON and CSV: all rows of a table, whatever its size, at the pace of the client. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class StreamsTest {
  private static final int PARTITIONS = 100;
  private static final int READERS = 20;
  private static final int WIDE_PAGES = 40;
  private static final int ROWS = Integer.getInteger("test.rows", 100_000);
  private static String path;
  private static Set<String> expected;

  @BeforeAll
  static void createTables() {
    String keyspace =
        Cassandra.keyspace(
            "streams",
            "CREATE TABLE $ks.t (p int, c int, v text, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.odd (k int PRIMARY KEY, a text, b list<text>)");
    path = "/v1/" + keyspace + "/t";
    PreparedStatement insert =
        session().prepare("INSERT INTO " + keyspace + ".t (p, c, v) VALUES (?, ?, ?)");
    List<CompletableFuture<?>> inserts = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      inserts.add(
          session()
              .executeAsync(insert.bind(i % PARTITIONS, i / PARTITIONS, "value " + i))
              .toCompletableFuture());
      if (inserts.size() == 256) {
        inserts.forEach(CompletableFuture::join);
        inserts.clear();
      }
    }
    inserts.forEach(CompletableFuture::join);
    expected = new HashSet<>();
    for (Row row : session().execute("SELECT p, c, v FROM " + keyspace + ".t")) {
      expected.add(
          "{\"p\":%d,\"c\":%d,\"v\":\"%s\"}"
              .formatted(row.getInt(0), row.getInt(1), row.getString(2)));
    }
    assertEquals(ROWS, expected.size());
    execute(
        "INSERT INTO %s.odd (k, a, b) VALUES (1, 'a, \"b\"\r\nc', ['x', 'y,z'])"
            .formatted(keyspace));
    execute("INSERT INTO %s.odd (k, a) VALUES (2, '')".formatted(keyspace));
    execute("INSERT INTO %s.odd (k) VALUES (3)".formatted(keyspace));
  }

  @Test
  void linesAreTheRowsThatTheDriverReads() throws IOException {
    assertEquals(expected, rows(open(path + "?scan=true", "application/x-ndjson", false)));
  }

  @Test
  void splitsTogetherAreTheTable() throws IOException {
    Set<String> all = new HashSet<>();
    int lines = 0;
    for (int i = 1; i <= 4; i++) {
      Set<String> part =
          rows(open(path + "?scan=true&split=" + i + "/4", "application/x-ndjson", true));
      lines += part.size();
      all.addAll(part);
    }
    assertEquals(ROWS, lines);
    assertEquals(expected, all);
  }

  @Test
  void pagesTogetherAreTheTable() {
    Set<String> all = new HashSet<>();
    int rows = 0;
    String next = path + "?scan=true&limit=1000";
    while (next != null) {
      var page = given().urlEncodingEnabled(false).get(next);
      String body = page.asString().replaceAll("^\\[|\\]$", "");
      List<String> objects = body.isEmpty() ? List.of() : List.of(body.split("(?<=\\}),", -1));
      all.addAll(objects);
      rows += objects.size();
      String link = page.header("Link");
      next = link == null ? null : link.substring(1, link.indexOf('>'));
    }
    assertEquals(ROWS, rows);
    assertEquals(expected, all);
  }

  @Test
  void csvIsRfc4180AndTellsNullFromEmpty() {
    String csv =
        given()
            .accept("text/csv")
            .get(path.replace("/t", "/odd") + "?scan=true")
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .extract()
            .asString();
    List<String> lines = new ArrayList<>(List.of(csv.split("\r\n(?=[0-9])", -1)));
    assertEquals("k,a,b", lines.remove(0));
    lines.set(lines.size() - 1, lines.get(lines.size() - 1).strip());
    assertEquals(
        Set.of("1,\"a, \"\"b\"\"\r\nc\",\"[\"\"x\"\",\"\"y,z\"\"]\"", "2,\"\",", "3,,"),
        Set.copyOf(lines));
  }

  @Test
  void aLimitEndsAStream() {
    String lines =
        given().accept("application/x-ndjson").get(path + "?scan=true&limit=2500").asString();
    assertEquals(2500, lines.lines().count());
    assertEquals("", given().accept("application/x-ndjson").get(path + "/100000").asString());
  }

  @Test
  void aReaderThatStopsStopsTheFetchingAndOneThatGoesAwayHurtsNobody() throws IOException {
    String wide = wideTable();
    long before = usedHeap();
    List<Socket> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(stoppedReader("/v1/" + wide + "/t?scan=true"));
    }
    // all stand still, two pages of each in memory at most; others are served
    awaitNoMoreReads(wide);
    long fetched = pagesRead(wide);
    assertTrue(fetched < READERS * WIDE_PAGES, "pages fetched: " + fetched);
    assertTrue(usedHeap() - before < 64 << 20, "heap grew by " + (usedHeap() - before));
    assertEquals(
        expected.size(), rows(open(path + "?scan=true", "application/x-ndjson", false)).size());
    for (Socket socket : readers) {
      socket.close();
    }
    awaitNoMoreReads(wide);
    assertTrue(pagesRead(wide) <= fetched + READERS, "pages fetched: " + pagesRead(wide));
    given().get(path + "/1/1").then().statusCode(200);
  }

  /** More than the sockets' buffers hold. */
  private static String wideTable() {
    String keyspace = Cassandra.keyspace("wide", "CREATE TABLE $ks.t (k int PRIMARY KEY, v text)");
    PreparedStatement insert =
        session().prepare("INSERT INTO " + keyspace + ".t (k, v) VALUES (?, ?)");
    String value = "x".repeat(1_000);
    List<CompletableFuture<?>> inserts = new ArrayList<>();
    for (int i = 0; i < WIDE_PAGES * 1000; i++) {
      inserts.add(session().executeAsync(insert.bind(i, value)).toCompletableFuture());
      if (inserts.size() == 256) {
        inserts.forEach(CompletableFuture::join);
        inserts.clear();
      }
    }
    inserts.forEach(CompletableFuture::join);
    return keyspace;
  }

  /** Has asked for the table and read one byte of the answer. */
  private static Socket stoppedReader(String path) throws IOException {
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n"
            .formatted(path);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertEquals('H', socket.getInputStream().read());
    return socket;
  }

  private static void awaitNoMoreReads(String keyspace) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .during(Duration.ofSeconds(3)) // a page may come late
        .until(() -> last.getAndSet(pagesRead(keyspace)) == last.get());
  }

  /** How many pages of the table Cassandra has been asked for. */
  private static long pagesRead(String keyspace) {
    return execute(
            "SELECT count FROM system_views.coordinator_scan_latency"
                + " WHERE keyspace_name = ? AND table_name = 't'",
            keyspace)
        .stream()
        .mapToLong(row -> row.getLong("count"))
        .sum();
  }

  @Test
  void aScanThatIsRefusedIsAProblemWhateverIsAccepted() {
    for (String type : List.of("application/x-ndjson", "text/csv")) {
      given().accept(type).get(path).then().statusCode(400).contentType("application/problem+json");
    }
  }

  @Test
  void headOfAStreamReadsNothing() {
    var head = given().accept("text/csv").head(path + "?scan=true");
    assertEquals(200, head.statusCode());
    assertEquals("", head.asString());
  }

  /** Of this JVM, in which the application runs, too. */
  long usedHeap() throws IOException {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static InputStream open(String path, String accept, boolean gzip) throws IOException {
    var connection =
        URI.create(ConfigProvider.getConfig().getValue("test.url", String.class) + path)
            .toURL()
            .openConnection();
    connection.setRequestProperty("Accept", accept);
    connection.setRequestProperty("Accept-Encoding", gzip ? "gzip" : "identity");
    InputStream in = connection.getInputStream();
    assertEquals(gzip ? "gzip" : null, connection.getHeaderField("Content-Encoding"));
    return gzip ? new GZIPInputStream(in) : in;
  }

  private static Set<String> rows(InputStream in) {
    Set<String> rows = new HashSet<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(line -> assertTrue(rows.add(line), line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
