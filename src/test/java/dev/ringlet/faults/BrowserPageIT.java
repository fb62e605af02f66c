package dev.ringlet.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.sun.net.httpserver.HttpServer;
import dev.ringlet.local.FreePort;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of docs/browsers.md and docs/clients.md, open in Chromium, are let in by Ringlet. */
@Tag("faults")
class BrowserPageIT {
  private static final Pattern PAGE = Pattern.compile("(?s)```html\\n(.*?)\\n```");
  private static final Pattern ITEM = Pattern.compile("<li>(.*?)</li>");
  private static final String CONTACT_POINT = "127.0.0.1:" + TestCassandra.port();
  private static final String KEY = "alice";

  @TempDir static Path directory;
  private static HttpServer pages;
  private static Packaged ringlet;

  @BeforeAll
  static void start() throws Exception {
    Browser.require();
    int port = FreePort.find();
    ringlet =
        Packaged.start(
            "browser-page",
            CONTACT_POINT,
            Map.ofEntries(
                Map.entry("RINGLET_ACCESS_LOG", "true"),
                Map.entry("QUARKUS_HTTP_CORS_ENABLED", "true"),
                Map.entry("QUARKUS_HTTP_CORS_ORIGINS", "http://localhost:" + port),
                Map.entry("RINGLET_AUTH_ANONYMOUS_ROLES", ""),
                Map.entry("RINGLET_AUTH_PERMISSIONS", "rules"),
                Map.entry("RINGLET_AUTH_KEYS_ALICE_HASH", hash()),
                Map.entry("RINGLET_AUTH_KEYS_ALICE_ROLES", "customer"),
                Map.entry("RINGLET_RULES_ORDERS_ROLES", "customer"),
                Map.entry("RINGLET_RULES_ORDERS_TABLES", "shop.orders"),
                Map.entry("RINGLET_RULES_ORDERS_MAY", "read,write"),
                Map.entry("RINGLET_RULES_ORDERS_ROWS", "customer=eq.{sub}")));
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    serve("/orders.html", page("docs/browsers.md"));
    serve("/short.html", page("docs/clients.md"));
    serve("/stranger.html", page("docs/browsers.md").replace("\"" + KEY + "\"", "\"mallory\""));
    pages.start();
    ringlet.awaitReady();
  }

  @AfterAll
  static void stop() {
    if (ringlet != null) {
      ringlet.close();
      pages.stop(0);
    }
  }

  @BeforeEach
  void begin() {
    try (CqlSession session = ClusterDriver.open(CONTACT_POINT)) {
      session.execute("TRUNCATE shop.orders");
      for (String values :
          List.of("'alice', 1, 'kettle'", "'alice', 2, 'cup'", "'bob', 1, 'lamp'")) {
        session.execute(
            "INSERT INTO shop.orders (customer, number, item) VALUES (%s)".formatted(values));
      }
    }
  }

  private static String hash() throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(UTF_8)));
  }

  private static String page(String guide) throws IOException {
    Matcher page = PAGE.matcher(Files.readString(Path.of(guide)));
    assertTrue(page.find());
    return page.group(1).replace("http://localhost:8080", ringlet.uri("").toString());
  }

  private static void serve(String path, String html) {
    byte[] bytes = html.getBytes(UTF_8);
    pages.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static String open(String host, String path) throws Exception {
    return new Browser(directory)
        .open("http://%s:%d%s".formatted(host, pages.getAddress().getPort(), path));
  }

  private static List<String> items() {
    try (CqlSession session = ClusterDriver.open(CONTACT_POINT)) {
      return session.execute("SELECT item FROM shop.orders").all().stream()
          .map(row -> row.getString("item"))
          .sorted()
          .toList();
    }
  }

  private static List<String> listed(String shown) {
    return ITEM.matcher(shown).results().map(item -> item.group(1)).toList();
  }

  private static long logged(String method, String status) {
    return ringlet
        .log()
        .lines()
        .filter(line -> line.contains("\"method\":\"" + method + "\""))
        .filter(line -> line.contains("\"status\":\"" + status))
        .count();
  }

  @Test
  void aPageThatMayReadsPagesAndWritesOnACondition() throws Exception {
    String shown = open("localhost", "/orders.html");
    assertEquals(List.of("large kettle", "cup"), listed(shown), shown);
    assertTrue(shown.contains("That is all."), shown);
    assertEquals(List.of("cup", "lamp", "large kettle"), items());
    await().untilAsserted(() -> assertTrue(logged("PATCH", "204") >= 1, ringlet.log()));
    assertEquals(0, logged("OPTIONS", "4"), ringlet.log());
  }

  @Test
  void aPageOfTenLinesReads() throws Exception {
    String shown = open("localhost", "/short.html");
    assertEquals(List.of("kettle", "cup"), listed(shown), shown);
  }

  /** It may ask, since its origin may, and is told why it is refused. */
  @Test
  void aPageWithoutGoodCredentialsReadsTheError() throws Exception {
    String shown = open("localhost", "/stranger.html");
    assertTrue(shown.contains("There is no such API key."), shown);
    assertEquals(List.of("cup", "kettle", "lamp"), items());
  }

  @Test
  void aPageOfAnotherOriginIsNotLetIn() throws Exception {
    String shown = open("127.0.0.1", "/orders.html");
    assertTrue(shown.contains("Failed to fetch"), shown);
    assertFalse(shown.contains("kettle</li>"), shown);
    assertEquals(List.of("cup", "kettle", "lamp"), items());
  }
}
