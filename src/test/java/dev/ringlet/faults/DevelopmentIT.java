package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first hour of a developer: {@code quarkus:dev} in a checkout of its own. */
@Tag("faults")
class DevelopmentIT {
  private static final Path ENCODER =
      Path.of("src/main/java/dev/ringlet/encode/SchemaEncoder.java");
  private static final Path SAMPLE = Path.of("src/cassandra/samples/my_keyspace.cql");
  private static final Path CLASSES = Path.of("target/classes");

  private static Checkout checkout;
  private static String firstLog;

  @BeforeAll
  static void begin() throws Exception {
    checkout = Checkout.of(Path.of("target/checkout"));
    checkout.develop();
    firstLog = checkout.log();
  }

  @AfterAll
  static void end() {
    checkout.close();
  }

  private static void restart() throws IOException {
    long before = restarts();
    checkout.press('s');
    await().atMost(Duration.ofSeconds(60)).until(() -> restarts() > before);
  }

  private static long restarts() {
    return Pattern.compile("Live reload total time").matcher(checkout.log()).results().count();
  }

  @Test
  void theLogIsQuietAndEndsWithWhatToPaste() {
    assertFalse(firstLog.contains("WARN  ["), firstLog); // of the application, not of Maven
    assertFalse(firstLog.contains("unrecommended"), firstLog);
    List<String> lines = firstLog.strip().lines().toList();
    String last = lines.get(lines.size() - 1).strip();
    assertTrue(last.startsWith("curl ") && last.endsWith("/dev/cql"), firstLog);
  }

  /** Quarkus looks for changes every two seconds at most: a request before that is as before. */
  @Test
  void aChangeOfASourceIsLiveWithoutAnErrorBetween() throws Exception {
    for (int i = 0; i < 2; i++) {
      String name = "keyspaces" + i;
      String source = checkout.read(ENCODER);
      checkout.write(ENCODER, source.replaceFirst("\"keyspaces\\d?\"", "\"" + name + "\""));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                String answer = checkout.get("/v1");
                assertTrue(answer.startsWith("200 "), answer);
                return answer.contains(name);
              });
    }
    assertFalse(checkout.log().contains("after the process began"), checkout::log);
  }

  @Test
  void aSecondOneIsRefusedInALineBeforeAnythingIsTouched() throws Exception {
    List<String> before = checkout.filesWithTimes(CLASSES);
    assertFalse(before.isEmpty());
    for (List<String> goals : List.of(List.of("quarkus:dev"), List.of("clean", "quarkus:dev"))) {
      Checkout.Ended second = checkout.maven(goals);
      assertNotEquals(0, second.code(), second.output());
      List<String> errors =
          second.output().lines().filter(line -> line.startsWith("[ERROR]")).toList();
      assertEquals(
          List.of(
              "[ERROR] quarkus:dev runs in this checkout already. Use that one, or end it first."),
          errors,
          second.output());
      assertEquals(before, checkout.filesWithTimes(CLASSES));
    }
    assertTrue(checkout.get("/v1").startsWith("200 "));
  }

  @Test
  void samplesAreAppliedWhenTheyAreMendedAndAppended() throws Exception {
    String sound = checkout.read(SAMPLE);
    String row = "INSERT INTO my_keyspace.my_table (key, value) VALUES ('appended', 'row');\n";
    checkout.write(SAMPLE, sound + row.replace("INTO", "INT"));
    restart();
    assertTrue(checkout.log().contains(SAMPLE + ":4: "), checkout::log);
    assertTrue(checkout.get("/v1/my_keyspace/my_table/hello").startsWith("200 "));
    checkout.write(SAMPLE, sound + row);
    restart();
    assertEquals(
        "200 {\"key\":\"appended\",\"value\":\"row\"}",
        checkout.get("/v1/my_keyspace/my_table/appended"));
  }

  @Test
  void cqlIsTaken() throws Exception {
    assertEquals(
        "200 [{\"line\":1,\"rows\":[{\"value\":\"world\"}]}]",
        checkout.cql("SELECT value FROM my_keyspace.my_table WHERE key = 'hello'"));
  }

  @Test
  void theExplorerShowsTheSamplesAndTakesCql(@TempDir Path profile) {
    Browser.require();
    Browser.require("chromedriver");
    try (Window window = Window.open(profile)) {
      window.go(checkout.uri("/"));
      window.see("#tree a");
      assertTrue(
          window.texts("#tree a").containsAll(List.of("my_table", "orders", "readings", "cities")),
          () -> window.texts("#tree a").toString());
      window.click("CQL");
      window.fill(
          "CQL statements",
          "CREATE TABLE IF NOT EXISTS my_keyspace.seen (k int PRIMARY KEY);"
              + " SELECT value FROM my_keyspace.my_table WHERE key = 'hello';");
      window.click("Run");
      window.awaitText("dialog h3", "Line 1: done|Line 1: 1 rows");
      assertEquals(List.of("world"), window.texts("dialog td"));
      window.picture("explorer-cql");
      window.click("Close");
      await().until(() -> window.texts("#tree a").contains("seen"));
      assertEquals(List.of(), window.console());
    }
  }

  @Test
  void theDataSurvivesAClean() throws Exception {
    try (Checkout cleaned = Checkout.of(Path.of("target/checkout-cleaned"))) {
      Path data = Files.createDirectories(cleaned.path("target/cassandra/dev/data"));
      Path other = Files.createDirectories(cleaned.path("target/cassandra/test"));
      Checkout.Ended clean = cleaned.maven(List.of("clean"));
      assertEquals(0, clean.code(), clean.output());
      assertTrue(Files.exists(data));
      assertFalse(Files.exists(other));
    }
  }
}
