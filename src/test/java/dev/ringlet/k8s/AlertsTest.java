package dev.ringlet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promtool tests the alerts; here is tested that none is left out. */
class AlertsTest {
  private static final Path MONITORING = Path.of("k8s/components/monitoring");
  private static final Path TESTS = MONITORING.resolve("prometheusrule.test.yaml");

  private static JsonNode spec;
  private static List<JsonNode> rules;
  private static Set<String> alerts;

  @TempDir Path directory;

  @BeforeAll
  static void readTheRules() throws IOException {
    spec = Promtool.YAML.readTree(MONITORING.resolve("prometheusrule.yaml").toFile()).get("spec");
    rules = spec.findValues("rules").stream().flatMap(JsonNode::valueStream).toList();
    alerts = Set.copyOf(spec.findValuesAsText("alert"));
  }

  @Test
  void firesWhenItMustAndOnlyThen() throws Exception {
    Promtool.testRules(directory, spec, TESTS);
  }

  @Test
  void eachAlertHasATestThatFiresAndOneThatDoesNot() throws IOException {
    Set<String> fire = new HashSet<>();
    Set<String> stay = new HashSet<>();
    for (JsonNode tests : Promtool.YAML.readTree(TESTS.toFile()).findValues("alert_rule_test")) {
      for (JsonNode test : tests) {
        (test.get("exp_alerts").isEmpty() ? stay : fire).add(test.get("alertname").asText());
      }
    }
    assertEquals(alerts, fire);
    assertEquals(alerts, stay);
  }

  @Test
  void eachAlertIsExplainedInTheDocs() throws IOException {
    Set<String> headings =
        Files.readAllLines(Path.of("docs/operations.md")).stream()
            .filter(line -> line.startsWith("### Ringlet"))
            .map(line -> line.substring("### ".length()))
            .collect(Collectors.toSet());
    assertEquals(alerts, headings);
    for (JsonNode rule : rules) {
      if (rule.has("alert")) {
        assertEquals(
            "docs/operations.md#" + rule.get("alert").asText().toLowerCase(Locale.ROOT),
            rule.at("/annotations/runbook_url").asText());
      }
    }
  }

  @Test
  void theRulesAreAboutWhatRingletExposes() {
    Set<String> known = new HashSet<>(Metrics.OF_RINGLET);
    known.addAll(Metrics.OF_KUBERNETES);
    known.addAll(spec.findValuesAsText("record"));
    for (JsonNode rule : rules) {
      String expr = rule.get("expr").asText();
      assertTrue(known.containsAll(Metrics.in(expr)), () -> Metrics.in(expr) + " in " + expr);
      assertEquals(Set.of(), Metrics.ofAnyContainer(expr), expr);
    }
  }
}
