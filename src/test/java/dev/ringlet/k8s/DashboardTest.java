package dev.ringlet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is no Grafana here: the file is held against what Grafana and Prometheus would refuse. */
class DashboardTest {
  private static final int COLUMNS = 24;

  private static JsonNode dashboard;
  private static List<JsonNode> panels;

  /** Every query, under a name of its own. */
  private static final Map<String, String> QUERIES = new LinkedHashMap<>();

  @BeforeAll
  static void readTheDashboard() throws IOException {
    dashboard =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readTree(Path.of("k8s/components/monitoring/dashboard.json").toFile());
    panels = dashboard.get("panels").valueStream().toList();
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        String name = "panel" + panel.get("id").asText() + target.get("refId").asText();
        assertNull(QUERIES.put(name, target.get("expr").asText()), name);
      }
    }
  }

  @Test
  void eachPanelHasAnIdAndAPlaceOfItsOwn() {
    Set<Integer> ids = new HashSet<>();
    Set<List<Integer>> cells = new HashSet<>();
    for (JsonNode panel : panels) {
      String title = panel.get("title").asText();
      assertTrue(ids.add(panel.get("id").asInt()), title);
      JsonNode place = panel.get("gridPos");
      int right = place.get("x").asInt() + place.get("w").asInt();
      int bottom = place.get("y").asInt() + place.get("h").asInt();
      assertTrue(right <= COLUMNS, title);
      for (int x = place.get("x").asInt(); x < right; x++) {
        for (int y = place.get("y").asInt(); y < bottom; y++) {
          assertTrue(cells.add(List.of(x, y)), title);
        }
      }
    }
  }

  @Test
  void eachPanelAsksTheChosenDataSource() {
    for (JsonNode panel : panels) {
      if (!panel.get("type").asText().equals("row")) {
        assertEquals("${datasource}", panel.at("/datasource/uid").asText());
        assertTrue(panel.get("targets").size() > 0, panel.get("title").asText());
      }
    }
  }

  @Test
  void eachVariableIsDefined() {
    List<String> defined = dashboard.at("/templating/list").findValuesAsText("name");
    assertEquals(List.of("datasource", "namespace", "pod", "table"), defined);
    Pattern.compile("\\$\\{?(\\w+)")
        .matcher(dashboard.toString())
        .results()
        .map(match -> match.group(1))
        .filter(name -> !name.startsWith("__"))
        .forEach(name -> assertTrue(defined.contains(name), name));
  }

  @Test
  void prometheusUnderstandsEachQuery(@TempDir Path directory) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>(QUERIES);
    queries.replaceAll((name, expr) -> expr.replace("$__rate_interval", "5m"));
    Promtool.checkRules(directory, Promtool.recording(queries));
  }

  @Test
  void eachQueryIsAboutWhatRingletExposes() {
    Set<String> known = new HashSet<>(Metrics.OF_RINGLET);
    known.addAll(Metrics.OF_KUBERNETES);
    Set<String> shown = new HashSet<>();
    for (String expr : QUERIES.values()) {
      assertTrue(known.containsAll(Metrics.in(expr)), () -> Metrics.in(expr) + " in " + expr);
      assertEquals(Set.of(), Metrics.ofAnyContainer(expr), expr);
      shown.addAll(Metrics.in(expr));
    }
    assertTrue(shown.contains("ringlet_requests_in_flight"), "the names were found");
  }
}
