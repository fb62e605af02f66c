package dev.ringlet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringlet.docs.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of hosts that are not Kubernetes say what those hosts, and the application, expect. */
class ServerlessTest {
  private static final Path AZURE = Path.of("serverless/azure");
  private static final Path NATIVE = Path.of("src/main/docker/Containerfile");
  private static final Path LAMBDA = Path.of("src/main/docker/Containerfile.lambda");

  private static JsonNode read(String file) throws IOException {
    return JsonMapper.builder()
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build()
        .readTree(AZURE.resolve(file).toFile());
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void azureStartsTheBinaryAndForwardsRequestsAsTheyAre() throws IOException {
    JsonNode host = read("host.json");
    assertEquals(Set.of("version", "extensions", "customHandler"), names(host));
    assertEquals("2.0", host.get("version").asText());
    assertEquals("", host.at("/extensions/http/routePrefix").textValue(), "else /api/v1");
    JsonNode handler = host.get("customHandler");
    assertEquals(Set.of("description", "enableForwardingHttpRequest"), names(handler));
    assertTrue(handler.get("enableForwardingHttpRequest").isBoolean());
    assertTrue(handler.get("enableForwardingHttpRequest").booleanValue());
    assertEquals("handler", handler.at("/description/defaultExecutablePath").asText());
  }

  /** Without them, the limits of its memory are others than those of the images. */
  @Test
  void azureStartsTheBinaryAsTheImagesDo() throws IOException {
    String image = Files.readString(NATIVE);
    MatchResult entry =
        Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$")
            .matcher(image)
            .results()
            .findFirst()
            .orElseThrow();
    JsonNode command = JsonMapper.builder().build().readTree(entry.group(1));
    JsonNode description = read("host.json").at("/customHandler/description");
    assertEquals(
        command.valueStream().skip(1).map(JsonNode::asText).toList(),
        description.get("arguments").valueStream().map(JsonNode::asText).toList());
    List<String> variables =
        Pattern.compile("(?m)^ENV (\\S+)$")
            .matcher(image)
            .results()
            .map(env -> env.group(1))
            .toList();
    assertEquals(1, variables.size());
    String docs =
        String.join("\n", Section.of(Path.of("docs/serverless.md"), "## Azure Functions").lines());
    assertTrue(docs.contains("`" + variables.get(0) + "`"), docs);
  }

  @Test
  void azureSendsEveryPathAndMethodToTheOneFunction() throws IOException {
    try (var files = Files.list(AZURE)) {
      assertEquals(List.of(AZURE.resolve("ringlet")), files.filter(Files::isDirectory).toList());
    }
    JsonNode bindings = read("ringlet/function.json").get("bindings");
    assertEquals(2, bindings.size());
    JsonNode in = bindings.get(0);
    assertEquals(Set.of("type", "direction", "name", "authLevel", "methods", "route"), names(in));
    assertEquals("httpTrigger", in.get("type").asText());
    assertEquals("in", in.get("direction").asText());
    assertEquals("function", in.get("authLevel").asText(), "besides what Ringlet asks for");
    assertEquals("{*path}", in.get("route").asText());
    assertEquals(
        Set.of("get", "head", "post", "put", "patch", "delete", "options"),
        in.get("methods").valueStream().map(JsonNode::asText).collect(Collectors.toSet()));
    JsonNode out = bindings.get(1);
    assertEquals(Set.of("type", "direction", "name"), names(out));
    assertEquals("http", out.get("type").asText());
    assertEquals("out", out.get("direction").asText());
  }

  @Test
  void lambdaWaitsUntilTheApplicationIsReady() throws IOException {
    Application application = Application.here();
    String file = Files.readString(LAMBDA);
    assertEquals(
        List.of(
            "READINESS_CHECK_PORT=" + application.managementPort(),
            "READINESS_CHECK_PATH=" + application.health() + "/ready"),
        Pattern.compile("AWS_LWA_(\\S+)")
            .matcher(file)
            .results()
            .map(MatchResult::group)
            .map(variable -> variable.substring("AWS_LWA_".length()))
            .toList());
    assertEquals(1, file.lines().filter(line -> line.startsWith("COPY ")).count());
    assertTrue(file.contains(" /opt/extensions/lambda-adapter\n"), file);
  }
}
