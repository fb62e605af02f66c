package dev.ringlet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.docs.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are told to type is about what is in k8s/, and what is computed for them is. */
class OperatorsDocsTest {
  private static final Path OPERATIONS = Path.of("docs/operations.md");

  /** The cluster of the section On paper. */
  private static final int NODES = 12;

  private static final int STATEMENTS = 30;

  /** By the formulas of the section Connections. */
  @Test
  void theTableOnPaperIsComputed() {
    List<List<String>> rows =
        Section.of(OPERATIONS, "### On paper: up to a thousand instances").lines().stream()
            .filter(line -> line.matches("\\| \\d.*"))
            .map(line -> Stream.of(line.split("\\|")).skip(1).map(OperatorsDocsTest::cell).toList())
            .toList();
    assertEquals(4, rows.size());
    for (List<String> row : rows) {
      int instances = Integer.parseInt(row.get(0));
      int connections = instances * (NODES + 1);
      assertEquals(Integer.toString(connections), row.get(1));
      assertEquals(rounded(connections, NODES), row.get(2));
      assertEquals(Integer.toString(2 * instances * STATEMENTS), row.get(6));
      assertEquals(rounded(instances * 11, NODES), row.get(7));
    }
  }

  private static String cell(String text) {
    return text.replace(" ", "");
  }

  private static String rounded(int number, int by) {
    return Long.toString(Math.round((double) number / by));
  }

  @Test
  void kubectlLooksIntoTheNamespaceOfTheManifests() throws IOException {
    List<String> commands =
        Pattern.compile("kubectl .*")
            .matcher(Files.readString(OPERATIONS))
            .results()
            .map(match -> match.group())
            .toList();
    assertTrue(commands.size() > 2, "they were found");
    commands.forEach(command -> assertTrue(command.startsWith("kubectl -n ringlet "), command));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "k8s/README.md"})
  void theImageThatIsBuiltIsTheOneThatIsTriedOut(Path document) throws IOException {
    String image =
        Rendered.kustomize(Rendered.K8S.resolve("try-out"))
            .pods()
            .flatMap(Pod::ringlet)
            .map(container -> container.path("image").asText())
            .findFirst()
            .orElseThrow();
    Set<String> named =
        Pattern.compile("(?:docker build .* -t|image load|load docker-image) (\\S+)")
            .matcher(Files.readString(document))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    assertEquals(Set.of(image), named);
    assertTrue(Files.readString(document).contains("kind load docker-image " + image));
  }
}
