package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.CqlScript;
import dev.ringlet.local.TestCassandra;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the lines of the README and of the recipes as they stand, and compares what comes back. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(DocsTest.SamplesAlone.class)
class DocsTest {
  private static final String ADDRESS = "http://localhost:8080";
  private static final String MANAGEMENT = "http://localhost:9000";
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)\\n```");

  /** What development alone can do; {@link CqlConsoleTest} checks it. */
  private static final Pattern SCRIPT = Pattern.compile("(?s)curl .* -d \"(.*)\" \\S+/dev/cql");

  private static final Pattern FORMULA =
      Pattern.compile("Web\\.Contents\\(\"(.*?)\", \\[Headers = \\[Accept = \"(.*?)\"]]\\)");

  /** What a newcomer sees: the samples alone. */
  public static class SamplesAlone implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ringlet.expose", "my_keyspace,shop,weather,world", "ringlet.scan", "*");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Development.class));
    }
  }

  /** Callers are known as in development. */
  public static class Development implements QuarkusTestResourceLifecycleManager {
    private static final String DEVELOPMENT = "%dev.";

    @Override
    public Map<String, String> start() {
      Properties all = new Properties();
      try (Reader file =
          Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
        all.load(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Map<String, String> settings = new HashMap<>(Map.of("ringlet.auth.permissions", "rules"));
      all.stringPropertyNames().stream()
          .filter(name -> name.matches("%dev\\.ringlet\\.(auth|rules)\\..*"))
          .forEach(
              name -> settings.put(name.substring(DEVELOPMENT.length()), all.getProperty(name)));
      return settings;
    }

    /** After what lets everybody do everything. */
    @Override
    public int order() {
      return 1;
    }

    @Override
    public void stop() {}
  }

  /**
   * @param follows whether nothing stands between it and the block before
   */
  private record Block(String language, String text, boolean follows) {

    /** Whether it is what comes back of the line before. */
    boolean answers() {
      return follows && List.of("json", "http", "text").contains(language);
    }
  }

  /** Keyspaces that the samples make and tests write to. */
  static final List<String> SAMPLES = List.of("shop", "weather", "world");

  @TempDir static Path directory;

  /** Counters and tombstones stay: on the same Cassandra the recipes may have been run before. */
  @BeforeAll
  static void beginAnew() throws IOException {
    Cassandra.awaitConnected();
    for (String keyspace : SAMPLES) {
      Cassandra.execute("DROP KEYSPACE IF EXISTS " + keyspace);
    }
    TestCassandra.applySamples();
    for (String keyspace : SAMPLES) {
      await().until(() -> Cassandra.session().getMetadata().getKeyspace(keyspace).isPresent());
      Cassandra.awaitSeen(keyspace);
    }
    for (Block block : blocks("README.md")) {
      Matcher script = SCRIPT.matcher(block.text());
      if (script.matches()) {
        CqlScript.statements(script.group(1)).forEach(s -> Cassandra.execute(s.text()));
      }
    }
    Cassandra.awaitSeen("my_keyspace");
  }

  @ParameterizedTest
  @CsvSource({"README.md, 23", "docs/reading.md, 12", "docs/writing.md, 28", "docs/clients.md, 2"})
  void everyCurlLineAnswersWhatIsSaid(String file, int atLeast) throws Exception {
    List<String> lacking = new ArrayList<>();
    int lines =
        check(
            directory,
            file,
            command -> !SCRIPT.matcher(command).matches() && !isLacking(command, lacking));
    assertTrue(lines + lacking.size() >= atLeast, lines + " lines");
  }

  /** Whether a line is about the sample that another Cassandra refuses. */
  private static boolean isLacking(String command, List<String> lacking) {
    return command.contains("/weather/pictures")
        && !Cassandra.takes("SELECT * FROM weather.pictures LIMIT 1")
        && lacking.add(command);
  }

  /** Runs those of the lines, and says how many they were. */
  static int check(Path directory, String file, Predicate<String> which) throws Exception {
    List<Block> blocks = blocks(file);
    int lines = 0;
    for (int i = 0; i < blocks.size(); i++) {
      String command = blocks.get(i).text();
      if (command.startsWith("curl ") && which.test(command)) {
        boolean fromFile = command.contains(" -T ");
        if (fromFile) { // what is sent is the block before
          String sent = command.replaceFirst("(?s).* -T (\\S+) .*", "$1");
          Files.writeString(directory.resolve(sent), blocks.get(i - 1).text() + "\n");
        }
        String output =
            run(List.of("sh", "-c", command.replace("curl ", "curl -sS ")), "", directory);
        if (i + 1 < blocks.size() && blocks.get(i + 1).answers()) {
          compare(command, blocks.get(i + 1), output);
        }
        lines++;
      }
    }
    return lines;
  }

  /** Programs of several lines. */
  @ParameterizedTest
  @CsvSource({
    "README.md, python, python3",
    "docs/clients.md, python, python3",
    "docs/clients.md, bash, sh"
  })
  void theProgramPrintsWhatIsSaid(String file, String language, String interpreter)
      throws Exception {
    List<Block> blocks = blocks(file);
    int program = blocks.stream().map(Block::language).toList().indexOf(language);
    assertEquals(
        blocks.get(program + 1).text(),
        run(List.of(interpreter, "-"), blocks.get(program).text(), directory).strip());
  }

  /** Of Excel, which takes the formula, nothing is tested but what it asks Ringlet for. */
  @Test
  void theFormulaOfTheSpreadsheetAsksForCsv() throws Exception {
    Matcher formula = FORMULA.matcher(Files.readString(Path.of("docs/clients.md")));
    assertTrue(formula.find());
    given()
        .urlEncodingEnabled(false)
        .header("Accept", formula.group(2))
        .get(here(formula.group(1)))
        .then()
        .statusCode(200)
        .contentType("text/csv")
        .body(containsString("-7.25"));
  }

  private static void compare(String command, Block expected, String output) {
    if (expected.language().equals("http")) {
      List<String> got = output.lines().map(String::strip).toList();
      expected
          .text()
          .lines()
          .forEach(line -> assertTrue(got.contains(line), command + "\n" + output));
      assertEquals(expected.text().lines().findFirst().orElseThrow(), got.get(0), command);
    } else {
      assertEquals(expected.text().lines().toList(), output.lines().toList(), command);
    }
  }

  private static String run(List<String> command, String input, Path directory) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(here(input));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static List<Block> blocks(String file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    String text = Files.readString(Path.of(file));
    Matcher block = BLOCK.matcher(text);
    int end = 0;
    while (block.find()) {
      String content = block.group(2);
      blocks.add(
          new Block(
              block.group(1),
              content.startsWith("curl ") ? here(content) : content,
              text.substring(end, block.start()).isBlank()));
      end = block.end();
    }
    return blocks;
  }

  private static String here(String command) {
    return command
        .replace(ADDRESS, ConfigProvider.getConfig().getValue("test.url", String.class))
        .replace(MANAGEMENT, Management.url());
  }
}
