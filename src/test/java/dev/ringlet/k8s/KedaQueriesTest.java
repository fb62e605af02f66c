package dev.ringlet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What KEDA would scale by. */
class KedaQueriesTest {
  private static final Path KEDA = Path.of("k8s/components/keda");

  private static final Map<String, String> QUERIES = new LinkedHashMap<>();
  private static String formula;

  @BeforeAll
  static void readTheQueries() throws IOException {
    JsonNode spec = Promtool.YAML.readTree(KEDA.resolve("scaledobject.yaml").toFile()).get("spec");
    formula = spec.at("/advanced/scalingModifiers/formula").asText();
    for (JsonNode trigger : spec.get("triggers")) {
      QUERIES.put(trigger.get("name").asText(), trigger.at("/metadata/query").asText());
    }
  }

  @Test
  void giveWhatTheFormulaMeans(@TempDir Path directory) throws Exception {
    Path tests = KEDA.resolve("scaledobject.test.yaml");
    Promtool.testRules(directory, Promtool.recording(QUERIES), tests);
  }

  @Test
  void theFormulaHasNoOtherNames() {
    assertEquals(QUERIES.keySet(), Metrics.in(formula));
  }

  @Test
  void areAboutWhatRingletExposes() {
    for (String query : QUERIES.values()) {
      assertTrue(Metrics.OF_RINGLET.containsAll(Metrics.in(query)), query);
      assertEquals(Set.of(), Metrics.ofAnyContainer(query), query);
    }
  }
}
