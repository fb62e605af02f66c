package dev.ringlet.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prometheus's own tool, which knows PromQL as Prometheus does. */
final class Promtool {
  static final YAMLMapper YAML = new YAMLMapper();

  private Promtool() {}

  /** Has it look for mistakes in rules, which are an object with the member groups. */
  static void checkRules(Path directory, JsonNode rules) throws Exception {
    YAML.writeValue(directory.resolve("rules.yaml").toFile(), rules);
    run(directory, "check", "rules", "--lint=all", "--lint-fatal", "rules.yaml");
  }

  /** Runs its unit tests of rules. */
  static void testRules(Path directory, JsonNode rules, Path tests) throws Exception {
    checkRules(directory, rules);
    Files.copy(tests, directory.resolve("tests.yaml"));
    run(directory, "test", "rules", "tests.yaml");
  }

  /** Rules of one group that record what the expressions give, each under its name. */
  static JsonNode recording(Map<String, String> expressions) {
    List<Map<String, String>> rules = new ArrayList<>();
    expressions.forEach((name, expr) -> rules.add(Map.of("record", name, "expr", expr)));
    return YAML.valueToTree(Map.of("groups", List.of(Map.of("name", "test", "rules", rules))));
  }

  private static void run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    if (!isInstalled()) {
      System.err.println("SKIPPED: promtool is not installed; rules and queries are untested");
    }
    assumeTrue(isInstalled(), "promtool is not installed");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static boolean isInstalled() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }
}
