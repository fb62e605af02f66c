package dev.ringlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.docs.Section;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has a row for each setting, and says what is refused at startup. */
class SettingsTableTest {
  private static final Path CONFIGURATION = Path.of("docs/configuration.md");
  private static final String DEVELOPMENT = "%dev.";

  /** Some of them are refused for each setting that is checked. */
  private static final List<String> CANDIDATES =
      List.of(
          "-1",
          "0",
          "2147483647",
          "0s",
          "1s",
          "2G",
          "a.b.c",
          "*.com",
          "SERIAL",
          "ANY",
          "no",
          "no\n",
          "/~");

  /** A row of the table. */
  private record Row(String variable, String standard, String check) {}

  private static final Map<String, Row> ROWS =
      Section.of(CONFIGURATION, "## Ringlet").rows().stream()
          .filter(cells -> cells.get(0).startsWith("`ringlet.") && cells.size() == 5)
          .collect(
              Collectors.toMap(
                  cells -> plain(cells.get(0)).replace("\"…\"", "*"),
                  cells -> new Row(plain(cells.get(1)), cells.get(2), plain(cells.get(4)))));

  @Test
  void hasEachSettingWithItsVariableAndDefault() throws IOException {
    Map<String, String> development = development();
    Map<String, String> expected = new TreeMap<>();
    settings()
        .forEach(
            (name, property) -> {
              String variable =
                  property.isMap()
                      ? "none"
                      : name.replace("*", "NAME")
                          .toUpperCase(Locale.ROOT)
                          .replaceAll("[^A-Z0-9]", "_");
              expected.put(
                  name,
                  variable
                      + " "
                      + standard(property)
                      + Optional.ofNullable(development.get(name))
                          .map(value -> "; `" + value + "` in development")
                          .orElse(""));
            });
    Map<String, String> documented = new TreeMap<>();
    ROWS.forEach(
        (name, row) ->
            documented.put(
                name,
                row.variable() + " " + row.standard().replaceFirst("^absent: [^;]*", "absent")));
    assertEquals(expected, documented);
  }

  /** Each name that there is counts as known, and none that is nearly one. */
  @Test
  void variablesThatSayWhoMayDoWhatAreKnown() {
    Set<String> variables =
        new TreeSet<>(
            Set.of(
                "PATH",
                "RINGLET_PORT",
                "RINGLET_AUTH_SERVICE_HOST",
                "RINGLET_AUTH_SERVICE_PORT",
                "RINGLET_AUTH_SERVICE_PORT_HTTP_API",
                "RINGLET_AUTH_PORT",
                "RINGLET_AUTH_PORT_8080_TCP",
                "RINGLET_AUTH_PORT_8080_TCP_PROTO",
                "RINGLET_AUTH_PORT_8080_TCP_PORT",
                "RINGLET_AUTH_PORT_53_UDP_ADDR",
                "RINGLET_AUTH_KEYS__A_1__HASH"));
    ROWS.values().forEach(row -> variables.add(row.variable()));
    List<String> problems = new ArrayList<>();
    AbsentSettings.misspelt(problems, variables, List.of());
    assertEquals(List.of(), problems);
    AbsentSettings.misspelt(
        problems,
        Set.of(
            "RINGLET_RULES_ORDERS_ROW",
            "RINGLET_RULES_A_B_ROWS", // these two are for no name
            "RINGLET_RULES_1_ROWS",
            "RINGLET_RULES_PORT_ROW",
            "RINGLET_RULES_PORT_8080_ROW",
            "RINGLET_RULES__SERVICE_PORT__ROW",
            "RINGLET_EXPOSED",
            "RINGLET_HTTP_HOST",
            "RINGLET_AUTH_JWT_ISSUERS"),
        List.of());
    assertEquals(
        List.of(
            "RINGLET_AUTH_JWT_ISSUERS",
            "RINGLET_EXPOSED",
            "RINGLET_HTTP_HOST",
            "RINGLET_RULES_1_ROWS",
            "RINGLET_RULES_A_B_ROWS",
            "RINGLET_RULES_ORDERS_ROW",
            "RINGLET_RULES_PORT_8080_ROW",
            "RINGLET_RULES_PORT_ROW",
            "RINGLET_RULES__SERVICE_PORT__ROW"),
        problems.stream().map(problem -> problem.split(" ", 2)[0]).toList());
  }

  /** Those of other profiles are not read, and what is read is so in any case. */
  @Test
  void variablesOfAProfileAreLookedAtWhereItIsActive() {
    List<String> problems = new ArrayList<>();
    AbsentSettings.misspelt(
        problems,
        Set.of(
            "_PROD_RINGLET_EXPOSE",
            "_PROD_RINGLET_EXPOSED",
            "_MY_OWN_RINGLET_RULES_ORDERS_ROWS",
            "_MY_OWN_RINGLET_RULES_ORDERS_ROW",
            "_DEV_RINGLET_EXPOSED",
            "PROD_RINGLET_EXPOSED",
            "_PROD_RINGLET_AUTH_SERVICE_HOST",
            "ringlet_http_hosts",
            "ringlet_http_host",
            "_prod_ringlet_http_host"),
        List.of("my-own", "prod"));
    assertEquals(
        List.of(
            "_MY_OWN_RINGLET_RULES_ORDERS_ROW",
            "_PROD_RINGLET_EXPOSED",
            "_prod_ringlet_http_host",
            "ringlet_http_host"),
        problems.stream().map(problem -> problem.split(" ", 2)[0]).toList());
  }

  /** Without effect, RINGLET_RULES_ORDERS_ROWS_0_ would leave the rule without its limit. */
  @Test
  void elementsAreKnownOfListsAlone() {
    Set<String> all =
        ConfigMappings.getProperties(ConfigClass.configClass(RingletConfig.class)).keySet();
    Map<String, Boolean> expected = new TreeMap<>();
    Map<String, Boolean> known = new TreeMap<>();
    ROWS.forEach(
        (name, row) -> {
          if (!isKnown(row.variable() + "_X")) { // it is looked at
            expected.put(name, all.contains(name + "[*]"));
            known.put(name, isKnown(row.variable() + "_0_"));
          }
        });
    assertTrue(expected.containsValue(true) && expected.containsValue(false));
    assertEquals(expected, known);
  }

  private static boolean isKnown(String variable) {
    List<String> problems = new ArrayList<>();
    AbsentSettings.misspelt(problems, Set.of(variable), List.of());
    return problems.isEmpty();
  }

  @Test
  void saysWhatIsRefused() {
    for (String name : settings().keySet()) {
      for (String value : CANDIDATES) {
        for (String problem : problems(name, value)) {
          Row row = ROWS.get(name);
          assertFalse(row.check().isEmpty(), name + "=" + value + " is refused: " + problem);
          if (problem.startsWith(name + " must ")) {
            String bound = bound(problem.substring(name.length()));
            assertTrue(row.check().contains(bound), name + " is to be " + bound);
          }
        }
      }
    }
  }

  @Test
  void saysOfNoSettingThatItIsCheckedIfItIsNot() {
    ROWS.forEach(
        (name, row) ->
            assertTrue(
                row.check().isEmpty()
                    || name.contains("*") // StartupChecksTest has these, which are several at once
                    || CANDIDATES.stream().anyMatch(value -> !problems(name, value).isEmpty()),
                name));
  }

  private static Map<String, Property> settings() {
    Map<String, Property> settings = new TreeMap<>();
    ConfigMappings.getProperties(ConfigClass.configClass(RingletConfig.class))
        .forEach(
            (name, property) -> {
              if (!property.isGroup() && !name.endsWith("[*]")) {
                settings.put(name, property);
              }
            });
    return settings;
  }

  private static String standard(Property property) {
    if (property.hasDefaultValue()) {
      return "`" + property.getDefaultValue() + "`";
    }
    boolean optional = property.getMethod().getReturnType().getSimpleName().startsWith("Optional");
    return optional ? "absent" : "none";
  }

  /** What the application itself sets in development; it sets nothing else of these. */
  private static Map<String, String> development() throws IOException {
    Map<String, String> development = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("src/main/resources/application.properties"))) {
      assertFalse(line.startsWith("ringlet."), line);
      if (line.startsWith(DEVELOPMENT + "ringlet.")) {
        String[] parts = line.substring(DEVELOPMENT.length()).split("=", 2);
        development.put(parts[0], parts[1]);
      }
    }
    return development;
  }

  /** None as well for what is no value of the setting at all, as a text for a number. */
  private static List<String> problems(String name, String value) {
    try {
      return StartupChecks.problems(TestConfig.of(Map.of(name, value)));
    } catch (IllegalArgumentException | ConfigValidationException e) {
      return List.of();
    }
  }

  /** What a sentence of StartupChecks asks for, in the words of the table. */
  private static String bound(String sentence) {
    return sentence
        .replaceFirst("^ must (be )?", "")
        .replaceFirst("^not be ", "not ")
        .replaceFirst("^not less than ", "at least ")
        .replaceFirst("(,? as in .*|: .*| seconds)?\\.$", "");
  }

  private static String plain(String cell) {
    return cell.replace("`", "");
  }
}
