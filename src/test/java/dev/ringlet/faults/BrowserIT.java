package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.sun.net.httpserver.HttpServer;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page of another origin, open in Chromium on the machine of somebody who may reach Ringlet, does
 * what a page can do unasked: src/test/resources/hostile-page.html.
 */
@Tag("faults")
class BrowserIT {
  private static final Logger LOG = Logger.getLogger(BrowserIT.class);
  private static final String TABLE = "/v1/my_keyspace/my_table";
  private static final Pattern DONE = Pattern.compile("ATTEMPTS (\\d+) SENT (\\d+)");
  private static final int LEAST_SENT = 150;
  private static final String CONTACT_POINT = "127.0.0.1:" + TestCassandra.port();

  @TempDir Path profile;
  private HttpServer pages;
  private Packaged ringlet;

  @BeforeEach
  void start() throws IOException {
    Browser.require();
    ringlet =
        Packaged.start(
            "browser",
            CONTACT_POINT,
            Map.of("RINGLET_ACCESS_LOG", "true", "RINGLET_HTTP_HOSTS", "localhost,127.0.0.1"));
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        exchange -> {
          try (InputStream page = getClass().getResourceAsStream("/hostile-page.html")) {
            byte[] html = page.readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
          }
          exchange.close();
        });
    pages.start();
    ringlet.awaitReady();
  }

  @AfterEach
  void stop() {
    if (ringlet != null) {
      ringlet.close();
      pages.stop(0);
    }
  }

  private Browser browser() {
    return new Browser(profile);
  }

  private String attack(String api) throws Exception {
    return browser()
        .open("http://localhost:%d/?api=%s".formatted(pages.getAddress().getPort(), api));
  }

  private static Set<List<String>> rows() {
    try (CqlSession session = ClusterDriver.open(CONTACT_POINT)) {
      return session.execute("SELECT key, value FROM my_keyspace.my_table").all().stream()
          .map(row -> Arrays.asList(row.getString("key"), row.getString("value")))
          .collect(Collectors.toSet());
    }
  }

  private long answered(int status) {
    return ringlet
        .log()
        .lines()
        .filter(line -> line.contains("\"method\":\"POST\""))
        .filter(line -> line.contains("\"status\":\"" + status + "\""))
        .count();
  }

  private void assertAttacked(String shown, int status) {
    Matcher done = DONE.matcher(shown);
    assertTrue(done.find(), shown);
    int sent = Integer.parseInt(done.group(2));
    assertTrue(sent > LEAST_SENT, shown);
    await().untilAsserted(() -> assertTrue(answered(status) > sent, ringlet.log()));
    LOG.infof("%s, of which with %d: %d", done.group(), status, answered(status));
  }

  @Test
  void aPageOfAnotherOriginWritesNothing() throws Exception {
    assertEquals(204, put("{\"value\":\"mine\"}"));
    Set<List<String>> before = rows();
    assertAttacked(attack("http://127.0.0.1:" + ringlet.uri("").getPort() + TABLE), 415);
    assertEquals(before, rows());
    assertEquals(204, put("{\"value\":\"page\"}"));
    assertNotEquals(before, rows());
  }

  private int put(String row) {
    return ringlet.send("PUT", TABLE + "/browser", Map.of(), row);
  }

  /** A name of its own that points to this machine makes the page no page of ours. */
  @Test
  void norDoesAPageWhoseNameWasMadeToPointHere() throws Exception {
    Set<List<String>> before = rows();
    String evil = "http://evil.example:" + ringlet.uri("").getPort();
    assertAttacked(attack(evil + TABLE), 421);
    assertEquals(before, rows());
    assertTrue(browser().open(evil + TABLE + "/hello").contains("misdirected-request"));
    String ours = browser().open(ringlet.uri(TABLE + "/hello").toString());
    assertTrue(ours.contains("\"key\""), ours);
  }
}
