package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.docs.Section;
import dev.ringlet.local.FreePort;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What machines read of the log is as docs/operations.md says. */
class LogIT {
  private static final Map<String, String> SETTINGS =
      Map.of("RINGLET_ACCESS_LOG", "true", "QUARKUS_LOG_CATEGORY__DEV_RINGLET_CQL__LEVEL", "DEBUG");

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void hasTheFieldsThatTheDocsSayAndTheStatementOfADigest() throws Exception {
    try (Packaged ringlet = Packaged.start("log", "127.0.0.1:" + TestCassandra.port(), SETTINGS)) {
      ringlet.awaitReady();
      HttpRequest read =
          HttpRequest.newBuilder(ringlet.uri("/v1/my_keyspace/my_table/hello"))
              .header("X-Request-Id", "log-1")
              .build();
      assertEquals(
          200,
          HttpClient.newHttpClient()
              .send(read, HttpResponse.BodyHandlers.discarding())
              .statusCode());
      await().until(() -> lines(ringlet, "log-1").size() == 1);
      JsonNode line = json.readTree(lines(ringlet, "log-1").get(0));
      assertEquals(Section.of("### Fields of a line").names(), names(line));
      assertEquals(Section.of("### Fields of the access log").names(), names(line.get("mdc")));
      String statement = "Statement " + line.at("/mdc/statement").asText() + " is ";
      assertEquals(1, lines(ringlet, statement + "SELECT key, value FROM my_keyspace").size());
      assertTrue(Section.of("## Logs").lines().toString().contains(statement), statement);
    }
  }

  /** However often it is tried: once what is wrong, and a few lines of the driver's. */
  @Test
  void saysOnceThatCassandraCannotBeReached() {
    String nobody = "127.0.0.1:" + FreePort.find();
    try (Packaged ringlet = Packaged.start("log-nobody", nobody, Map.of())) {
      await().until(() -> ringlet.health("live") == 200);
      await()
          .during(Duration.ofSeconds(5))
          .until(() -> mostInAMinute(lines(ringlet, "Error connecting to")) == 3);
      assertEquals(503, ringlet.health("ready"));
      List<String> ours = lines(ringlet, "Cassandra cannot be reached, trying on: " + nobody);
      assertEquals(1, ours.size(), ringlet.log());
      assertTrue(ours.get(0).contains("refused"), ours.get(0));
    }
  }

  @Test
  void saysThatANodeHasNoRoomForAllThatMayBeUnderWay() throws Exception {
    String cassandra = "127.0.0.1:" + TestCassandra.port();
    Map<String, String> settings = Map.of("RINGLET_IN_FLIGHT_MAX", "389");
    try (Packaged ringlet = Packaged.start("log-room", cassandra, settings)) {
      ringlet.awaitReady();
      await().until(() -> lines(ringlet, "901 requests may be under way at once").size() == 1);
    }
  }

  private static int mostInAMinute(List<String> lines) {
    Map<String, Integer> minutes = new HashMap<>();
    for (String line : lines) {
      String minute = line.replaceFirst(".*\"timestamp\":\"([^\"]{16}).*", "$1");
      minutes.merge(minute, 1, Integer::sum);
    }
    return minutes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static List<String> lines(Packaged ringlet, String text) {
    return ringlet.log().lines().filter(line -> line.contains(text)).toList();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
