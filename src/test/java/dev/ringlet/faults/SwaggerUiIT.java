package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.identity.Minted;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page at /docs, open in Chromium, for a caller with a token. */
@Tag("faults")
class SwaggerUiIT {
  private static final String OPERATION =
      ".opblock-get:has([data-path='/v1/weather/stations/{station}']) ";

  private static Packaged ringlet;
  @TempDir Path profile;
  private Window window;

  @BeforeAll
  static void start(@TempDir Path keys) throws Exception {
    Browser.require();
    Browser.require("chromedriver");
    Path key = keys.resolve("key.pem");
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Files.writeString(
        key,
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(lines.encodeToString(Minted.KEY.getRsaPublicKey().getEncoded())));
    ringlet =
        Packaged.start(
            "swagger-ui",
            "127.0.0.1:" + TestCassandra.port(),
            Map.ofEntries(
                Map.entry("RINGLET_EXPLORER", "true"),
                Map.entry("RINGLET_AUTH_ANONYMOUS_ROLES", ""),
                Map.entry("RINGLET_AUTH_JWT_KEY", key.toString()),
                Map.entry("RINGLET_AUTH_JWT_AUDIENCE", Minted.AUDIENCE),
                Map.entry("RINGLET_AUTH_PERMISSIONS", "rules"),
                Map.entry("RINGLET_RULES_READERS_ROLES", "reader"),
                Map.entry("RINGLET_RULES_READERS_TABLES", "weather.*"),
                Map.entry("RINGLET_RULES_READERS_MAY", "read")));
    ringlet.awaitReady();
  }

  @AfterAll
  static void stop() {
    if (ringlet != null) {
      ringlet.close();
    }
  }

  @BeforeEach
  void open() {
    window = Window.open(profile);
    window.go(ringlet.uri("/docs").toString());
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void itAsksForATokenAndSendsARequestWithIt() {
    await().until(() -> problem().contains("no credentials"));
    assertEquals("Token or API key", window.focused());
    window.fill("Token or API key", Minted.token(Minted.claims("ann", "reader")));
    window.click("Show");
    assertTrue(window.see("#ui .info").isDisplayed());
    window.choose("Keyspace", "weather");
    window.see(OPERATION + ".opblock-summary-control").click();
    String overTheExample = Keys.chord(Keys.CONTROL, "a") + "zugspitze";
    window.see(OPERATION + "[data-param-name=station] input").sendKeys(overTheExample);
    window.see(OPERATION + ".execute").click();
    String answer = OPERATION + ".live-responses-table";
    await().until(() -> String.join("", window.texts(answer)).contains("Zugspitze summit"));
    assertEquals("", problem());
    assertEquals(List.of(), window.run("return Object.keys({...localStorage, ...sessionStorage})"));
    assertItMindsItsOwnBusiness();
  }

  @Test
  void aTokenThatIsNotGoodIsToldSo() {
    window.fill("Token or API key", "nonsense");
    window.click("Show");
    await().until(() -> problem().contains("token"));
    assertEquals(List.of(""), window.texts("#ui"));
    assertItMindsItsOwnBusiness();
  }

  private String problem() {
    return String.join("", window.texts("#problem"));
  }

  /** The browser itself says in the console that an answer was a 401. */
  private void assertItMindsItsOwnBusiness() {
    assertEquals(
        List.of(),
        window.console().stream().filter(line -> !line.contains("status of 401")).toList());
    String own = ringlet.uri("/").toString();
    assertEquals(
        List.of(),
        window.requests().stream()
            .filter(uri -> !uri.startsWith(own) && !uri.matches("(?s)(data|about|chrome):.*"))
            .toList());
  }
}
