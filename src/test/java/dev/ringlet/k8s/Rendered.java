package dev.ringlet.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads manifests as what would be applied: {@code kubectl kustomize}, or a file as it is. */
final class Rendered {
  static final Path K8S = Path.of("k8s");

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final boolean KUBECTL =
      Stream.of(System.getenv("PATH").split(File.pathSeparator))
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));

  static {
    if (!KUBECTL) {
      System.err.println(
          "SKIPPED: no kubectl on the PATH, so nobody has looked at the manifests in k8s/");
    }
  }

  private Rendered() {}

  /**
   * The documents of a directory with a kustomization. Skips the test where there is no kubectl.
   */
  static Documents kustomize(Path directory) {
    assumeTrue(KUBECTL, "no kubectl on the PATH");
    try {
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String yaml = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, kubectl.waitFor(), "kubectl kustomize " + directory);
      return parse(yaml);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException exception) {
      throw new IllegalStateException(exception);
    }
  }

  static Documents file(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static Documents parse(String yaml) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return new Documents(List.copyOf(documents.readAll()));
    }
  }
}
