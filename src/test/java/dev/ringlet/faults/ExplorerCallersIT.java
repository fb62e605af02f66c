package dev.ringlet.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The explorer where callers need credentials: it asks for them, and shows what they may. */
@Tag("faults")
class ExplorerCallersIT {
  private static final String CONTACT_POINT = "127.0.0.1:" + TestCassandra.port();
  private static final String KEY = "the key of alice, in memory only";

  @TempDir static Path directory;
  private static Packaged ringlet;
  private static Window window;

  @BeforeAll
  static void start() throws Exception {
    Browser.require();
    Browser.require("chromedriver");
    String hash =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(UTF_8)));
    ringlet =
        Packaged.start(
            "explorer-callers",
            CONTACT_POINT,
            Map.ofEntries(
                Map.entry("RINGLET_EXPLORER", "true"),
                Map.entry("RINGLET_AUTH_ANONYMOUS_ROLES", ""),
                Map.entry("RINGLET_AUTH_PERMISSIONS", "rules"),
                Map.entry("RINGLET_AUTH_KEYS_ALICE_HASH", hash),
                Map.entry("RINGLET_AUTH_KEYS_ALICE_ROLES", "customer"),
                Map.entry("RINGLET_RULES_ORDERS_ROLES", "customer"),
                Map.entry("RINGLET_RULES_ORDERS_TABLES", "shop.orders"),
                Map.entry("RINGLET_RULES_ORDERS_MAY", "read"),
                Map.entry("RINGLET_RULES_ORDERS_COLUMNS", "*,-cost"),
                Map.entry("RINGLET_RULES_ORDERS_ROWS", "customer=eq.{sub}")));
    try (CqlSession session = ClusterDriver.open(CONTACT_POINT)) {
      session.execute(
          "INSERT INTO shop.orders (customer, number, item) VALUES ('alice', 1, 'kettle')");
    }
    ringlet.awaitReady();
    window = Window.open(directory.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (window != null) {
      window.close();
    }
    if (ringlet != null) {
      ringlet.close();
    }
  }

  @Test
  void itAsksForCredentialsAndKeepsThemInMemoryOnly() {
    window.go(ringlet.uri("/").toString());
    window.see("dialog .problem");
    window.choose("Kind", "API key");
    window.fill("Secret", "nothing");
    window.click("Use");
    window.see("dialog .problem");
    window.choose("Kind", "API key");
    window.fill("Secret", KEY);
    window.click("Use");
    window.awaitText("#tree a", "orders");
    window.click("orders");
    window.see(".query");
    assertFalse(window.shows("#scan"));
    assertEquals(0, window.texts(".title button").size(), "may only read");
    window.click("Run");
    window.awaitText("thead bdi", "customer|number|item");
    assertTrue(window.texts("tbody td").contains("kettle"));
    assertTrue(window.texts(".code pre").get(0).contains("-H \"X-API-Key: $API_KEY\""));
    Object kept =
        window.run(
            "return JSON.stringify([localStorage, sessionStorage, document.cookie, location.href,"
                + " document.documentElement.outerHTML])");
    assertFalse(kept.toString().contains(KEY), kept::toString);
    window.click("Forget the API key");
    window.see("dialog .problem");
    List<String> unexpected =
        window.console().stream().filter(line -> !line.contains("status of 401")).toList();
    assertEquals(List.of(), unexpected);
  }
}
