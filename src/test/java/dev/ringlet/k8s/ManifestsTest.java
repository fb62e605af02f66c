package dev.ringlet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.access.Rules;
import dev.ringlet.config.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in k8s/ can be applied as it is, and keeps the rules. */
class ManifestsTest {
  private final Policy policy = new Policy(Application.here());

  static List<Path> directories() throws IOException {
    try (var overlays = Files.list(Rendered.K8S.resolve("overlays"))) {
      return Stream.concat(overlays, Stream.of(Rendered.K8S.resolve("try-out"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("directories")
  void everyOverlayKeepsTheRules(Path directory) {
    assertEquals(List.of(), policy.violations(Rendered.kustomize(directory)));
  }

  @Test
  void theServiceOfCloudRunKeepsTheRules() {
    Documents service = Rendered.file(Rendered.K8S.resolve("cloud-run/service.yaml"));
    assertEquals(List.of(), policy.violations(service));
  }

  /**
   * What a kustomization of one's own renders to, which keeps the rules.
   *
   * @param kustomization in which %1$s is k8s/
   */
  private Documents kept(Path directory, String kustomization) throws IOException {
    Path k8s = directory.toRealPath().relativize(Rendered.K8S.toRealPath());
    Files.writeString(directory.resolve("kustomization.yaml"), kustomization.formatted(k8s));
    Documents documents = Rendered.kustomize(directory);
    assertEquals(List.of(), policy.violations(documents));
    return documents;
  }

  /** The components that no overlay has: client certificates for Cassandra, and tokens. */
  @Test
  void whatNoOverlayHasKeepsTheRules(@TempDir Path directory) throws IOException {
    Documents documents =
        kept(
            directory,
            """
            resources: [%1$s/base/deployment]
            components:
              - %1$s/components/cassandra-mtls
              - %1$s/components/rules
              - %1$s/components/oidc
            namespace: ringlet
            images: [{name: ringlet, newTag: 1.0.0}]
            """);
    assertTrue(
        environments(documents)
            .allMatch(
                environment ->
                    environment
                        .keySet()
                        .containsAll(
                            Set.of(
                                "QUARKUS_TLS_CASSANDRA_TRUST_STORE_PEM_CERTS",
                                "QUARKUS_TLS_CASSANDRA_KEY_STORE_PEM__0__KEY",
                                "RINGLET_AUTH_JWT_ISSUER",
                                "RINGLET_AUTH_JWT_AUDIENCE"))));
  }

  /** What a gateway leads here comes to the Service. */
  @Test
  void theWayInFromOutsideKeepsTheRules(@TempDir Path directory) throws IOException {
    Documents documents =
        kept(
            directory,
            """
            resources: [%1$s/overlays/production]
            components: [%1$s/components/httproute]
            namespace: ringlet
            """);
    JsonNode route = documents.of("HTTPRoute").findFirst().orElseThrow();
    ((ObjectNode) route.at("/spec/rules/0/backendRefs/0")).put("port", 8080);
    ((ObjectNode) route.at("/spec/rules/0/timeouts")).put("requests", "0s");
    assertEquals(
        List.of(
            "HTTPRoute ringlet: no Service ringlet has port 8080",
            "HTTPRoute ringlet: no field /spec/rules/0/timeouts/requests is known"),
        policy.violations(documents));
  }

  /** Events that become rows: what the source sends is what the trigger delivers, and fits. */
  @Test
  void theExampleOfEventsKeepsTheRules(@TempDir Path directory) throws IOException {
    Documents documents =
        kept(
            directory,
            """
            resources: [%1$s/overlays/knative]
            components: [%1$s/components/oidc, %1$s/components/eventing]
            namespace: ringlet
            """);
    JsonNode trigger = documents.of("Trigger").findFirst().orElseThrow();
    JsonNode source = documents.of("PingSource").findFirst().orElseThrow();
    assertEquals("dev.knative.sources.ping", trigger.at("/spec/filter/attributes/type").asText());
    assertEquals("application/json", source.at("/spec/contentType").asText());
    assertEquals("/v1/my_keyspace/my_table", trigger.at("/spec/subscriber/uri").asText());
    Set<String> columns = new HashSet<>();
    new ObjectMapper()
        .readTree(source.at("/spec/data").asText())
        .fieldNames()
        .forEachRemaining(columns::add);
    assertEquals(Set.of("key", "value"), columns);
    environments(documents)
        .forEach(
            environment ->
                assertEquals(
                    environment.get("RINGLET_AUTH_JWT_AUDIENCE"),
                    trigger.at("/spec/subscriber/audience").asText()));
    ((ObjectNode) trigger.at("/spec")).put("broker", "other");
    ((ObjectNode) trigger.at("/spec/subscriber/ref")).put("name", "somebody");
    assertEquals(
        List.of(
            "Trigger ringlet: there is no Broker of this name",
            "Trigger ringlet: there is no somebody"),
        policy.violations(documents));
  }

  /** What is served asks who calls; what is tried out does not. */
  @ParameterizedTest
  @MethodSource("directories")
  void anonymousCallersAreForTryingOut(Path directory) {
    boolean tried = directory.endsWith("try-out");
    assertTrue(
        environments(Rendered.kustomize(directory))
            .allMatch(
                environment ->
                    environment.containsKey("RINGLET_AUTH_ANONYMOUS_ROLES") == tried
                        && environment.containsKey("RINGLET_AUTH_KEY_DIRECTORY") != tried));
  }

  /** Ringlet refuses to start with rules that it does not understand. */
  @ParameterizedTest
  @MethodSource("directories")
  void theRulesAreUnderstood(Path directory) {
    environments(Rendered.kustomize(directory))
        .map(ManifestsTest::ofRinglet)
        .forEach(settings -> assertNotNull(new Rules(TestConfig.of(settings))));
  }

  private static Map<String, String> ofRinglet(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(setting -> setting.getKey().startsWith("RINGLET_RULES_"))
        .collect(
            Collectors.toMap(
                setting -> setting.getKey().toLowerCase(Locale.ROOT).replace('_', '.'),
                Map.Entry::getValue));
  }

  private static Stream<Map<String, String>> environments(Documents documents) {
    return documents.pods().flatMap(pod -> pod.ringlet().map(pod::environment));
  }

  @Test
  void whatIsTriedOutFindsItsCassandraAndNeedsNoSecret() {
    Documents documents = Rendered.kustomize(Rendered.K8S.resolve("try-out"));
    assertTrue(documents.has("Service", "cassandra"));
    assertTrue(documents.has("ConfigMap", "samples"));
    documents
        .pods()
        .forEach(pod -> assertEquals(List.of(), pod.spec().findValues("secretKeyRef"), pod::name));
    environments(documents)
        .forEach(
            environment ->
                assertEquals(
                    "cassandra:9042", environment.get("QUARKUS_CASSANDRA_CONTACT_POINTS")));
  }

  /**
   * Those of development are loaded by many tests; what may be loaded again says so and is the
   * same.
   */
  @Test
  void theSamplesAreThoseOfDevelopment() throws IOException {
    assertEquals(
        Files.readString(Path.of("src/cassandra/samples/my_keyspace.cql")),
        Files.readString(Rendered.K8S.resolve("try-out/my_keyspace.cql"))
            .replace("IF NOT EXISTS ", ""));
  }
}
