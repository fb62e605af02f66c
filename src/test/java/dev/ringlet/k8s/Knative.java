package dev.ringlet.k8s;

import static dev.ringlet.k8s.Documents.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The types of a Knative Service are those of Kubernetes, but it refuses many of their fields
 * unless an operator has switched them on, and with a startupProbe it no longer asks many times a
 * second whether a pod is ready. Cloud Run refuses others.
 */
final class Knative {
  private static final Set<Integer> RESERVED_PORTS = Set.of(8008, 8012, 8013, 8022, 9090, 9091);

  /** What is allowed in which part of a pod. */
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "spec",
          Set.of(
              "serviceAccountName",
              "automountServiceAccountToken",
              "enableServiceLinks",
              "imagePullSecrets",
              "containerConcurrency",
              "timeoutSeconds",
              "containers",
              "volumes"),
          "container",
          Set.of(
              "name",
              "image",
              "imagePullPolicy",
              "args",
              "ports",
              "envFrom",
              "env",
              "readinessProbe",
              "livenessProbe",
              "resources",
              "securityContext",
              "volumeMounts"),
          "valueFrom",
          Set.of("secretKeyRef", "configMapKeyRef"));

  private static final Map<String, Set<String>> CLOUD_RUN =
      Map.of(
          "spec",
          Set.of(
              "serviceAccountName",
              "containerConcurrency",
              "timeoutSeconds",
              "containers",
              "volumes"),
          "container",
          Set.of(
              "name",
              "image",
              "args",
              "ports",
              "env",
              "startupProbe",
              "livenessProbe",
              "resources",
              "volumeMounts"),
          "valueFrom",
          Set.of("secretKeyRef"));

  private Knative() {}

  static Stream<String> violations(Pod pod) {
    return switch (pod.platform()) {
      case KUBERNETES -> Stream.empty();
      case KNATIVE ->
          Stream.of(fields(pod, FIELDS), ports(pod), duplex(pod)).flatMap(violations -> violations);
      case CLOUD_RUN -> Stream.concat(fields(pod, CLOUD_RUN), ports(pod));
    };
  }

  private static Stream<String> fields(Pod pod, Map<String, Set<String>> allowed) {
    Map<String, List<JsonNode>> parts =
        Map.of(
            "spec",
            List.of(pod.spec()),
            "container",
            pod.containers().toList(),
            "valueFrom",
            pod.spec().findValues("valueFrom"));
    return parts.entrySet().stream()
        .flatMap(
            part ->
                part.getValue().stream()
                    .flatMap(node -> node.properties().stream())
                    .map(Map.Entry::getKey)
                    .filter(field -> !allowed.get(part.getKey()).contains(field))
                    .map(field -> pod.name() + ": " + field + " is not allowed there"));
  }

  /** An answer may begin while rows of a body still come. */
  private static Stream<String> duplex(Pod pod) {
    return unless(
        pod.maker()
            .at("/spec/template/metadata/annotations/features.knative.dev~1http-full-duplex")
            .asText()
            .equals("Enabled"),
        pod.name() + ": its proxy lets no answer through while a body comes");
  }

  private static Stream<String> ports(Pod pod) {
    List<JsonNode> ports = pod.ports().toList();
    List<JsonNode> probed =
        pod.containers()
            .flatMap(container -> container.findValues("httpGet").stream())
            .map(request -> request.path("port"))
            .toList();
    return Stream.of(
            unless(ports.size() == 1, pod.name() + ": must declare one port"),
            unless(
                ports.stream()
                    .allMatch(
                        port -> Set.of("", "http1", "h2c").contains(port.path("name").asText())),
                pod.name() + ": the name of a port must be http1 or h2c"),
            unless(
                probed.stream().allMatch(JsonNode::isInt),
                pod.name() + ": probes must give the number of their port"),
            Stream.concat(ports.stream().map(port -> port.path("containerPort")), probed.stream())
                .map(JsonNode::asInt)
                .filter(RESERVED_PORTS::contains)
                .map(port -> pod.name() + ": port " + port + " is Knative's"))
        .flatMap(violations -> violations);
  }
}
