package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the lines of the README and of the recipes as they stand, and compares what comes back. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(DocsTest.Samples.class)
class DocsTest {
  private static final String ADDRESS = "http://localhost:8080";
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)\\n```");

  /** What a newcomer sees: the samples alone. */
  public static class Samples implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ringlet.expose", "my_keyspace,weather", "ringlet.scan", "*");
    }
  }

  private record Block(String language, String text) {}

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @ParameterizedTest
  @CsvSource({"README.md, 20", "docs/reading.md, 14", "docs/writing.md, 24"})
  void everyCurlLineAnswersWhatIsSaid(String file, int atLeast) throws Exception {
    List<Block> blocks = blocks(file);
    int lines = 0;
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).text().startsWith("curl ")) {
        String command = blocks.get(i).text();
        String output = run(List.of("sh", "-c", command.replace("curl ", "curl -sS ")), "");
        compare(command, blocks.get(i + 1), output);
        lines++;
      }
    }
    assertTrue(lines >= atLeast, lines + " lines");
  }

  @Test
  void thePythonProgramPrintsWhatTheReadmeSays() throws Exception {
    List<Block> blocks = blocks("README.md");
    int program = blocks.stream().map(Block::language).toList().indexOf("python");
    assertEquals(
        blocks.get(program + 1).text(),
        run(List.of("python3", "-"), blocks.get(program).text()).strip());
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
      assertEquals(expected.text(), output.replaceFirst("\\R$", ""), command);
    }
  }

  private static String run(List<String> command, String input) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(input.replace(ADDRESS, address()));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static List<Block> blocks(String file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of(file)));
    while (block.find()) {
      String text = block.group(2);
      blocks.add(
          new Block(
              block.group(1), text.startsWith("curl ") ? text.replace(ADDRESS, address()) : text));
    }
    return blocks;
  }

  private static String address() {
    return ConfigProvider.getConfig().getValue("test.url", String.class);
  }
}
