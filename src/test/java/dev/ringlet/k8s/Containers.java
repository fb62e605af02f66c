package dev.ringlet.k8s;

import static dev.ringlet.k8s.Documents.each;
import static dev.ringlet.k8s.Documents.unless;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.TestConfig;
import io.smallrye.config.EnvConfigSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What containers run, need, are told, and are asked. */
record Containers(Application application) {
  /** How long it may take to close the session with Cassandra, after the requests. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private static final Duration CLOUD_RUN_GRACE = Duration.ofSeconds(10);

  /** How long Knative's proxy waits for more requests before it lets a container be ended. */
  private static final Duration KNATIVE_DRAIN = Duration.ofSeconds(30);

  Stream<String> violations(Pod pod) {
    return Stream.concat(
        pod.containers().flatMap(container -> ofAny(pod, container)),
        pod.ringlet()
            .flatMap(
                container ->
                    Stream.of(
                            probes(pod, container),
                            ports(pod, container),
                            variables(pod, container),
                            limits(pod, container),
                            shutdown(pod, container))
                        .flatMap(violations -> violations)));
  }

  private Stream<String> ofAny(Pod pod, JsonNode container) {
    String name = pod.name() + "/" + container.path("name").asText() + ": ";
    Set<String> volumes =
        names(
            Stream.concat(
                each(pod.spec().path("volumes")),
                each(pod.maker().at("/spec/volumeClaimTemplates"))
                    .map(claim -> claim.path("metadata"))));
    String image = container.path("image").asText();
    return Stream.of(
            unless(
                image.matches(".*(:[^:/]+|@sha256:[0-9a-f]{64})") && !image.endsWith(":latest"),
                name + "the image " + image + " has no fixed tag"),
            resources(pod).stream()
                .filter(resource -> container.at("/resources" + resource).isMissingNode())
                .map(resource -> name + "no resources" + resource),
            unless(
                names(each(container.path("volumeMounts"))).equals(volumes),
                name + "its volumeMounts are not the pod's volumes"),
            unless(
                each(container.path("env")).count() == names(each(container.path("env"))).size(),
                name + "a variable is set twice"))
        .flatMap(violations -> violations);
  }

  /** Cloud Run has no requests, and wants both limits. */
  private static List<String> resources(Pod pod) {
    return pod.platform() == Pod.Platform.CLOUD_RUN
        ? List.of("/limits/cpu", "/limits/memory")
        : List.of("/requests/cpu", "/requests/memory", "/limits/memory");
  }

  private Stream<String> probes(Pod pod, JsonNode container) {
    return Stream.concat(health(pod, container), knativeLiveness(pod, container));
  }

  /** Knative has a liveness probe ask the port of the API, on which there is no health. */
  private Stream<String> knativeLiveness(Pod pod, JsonNode container) {
    JsonNode port = container.at("/livenessProbe/tcpSocket/port");
    return unless(
        pod.platform() != Pod.Platform.KNATIVE || number(container, port) == application.httpPort(),
        pod.name() + ": livenessProbe does not connect to port " + application.httpPort());
  }

  /** On Cloud Run, which knows no readiness, a container that has started is one that is ready. */
  private static Map<String, String> health(Pod.Platform platform) {
    return switch (platform) {
      case KUBERNETES ->
          Map.of("startupProbe", "/started", "readinessProbe", "/ready", "livenessProbe", "/live");
      case KNATIVE -> Map.of("readinessProbe", "/ready");
      case CLOUD_RUN -> Map.of("startupProbe", "/ready", "livenessProbe", "/live");
    };
  }

  private Stream<String> health(Pod pod, JsonNode container) {
    return health(pod.platform()).entrySet().stream()
        .flatMap(
            probe -> {
              JsonNode request = container.path(probe.getKey()).path("httpGet");
              String path = application.health() + probe.getValue();
              return Stream.concat(
                  unless(
                      request.path("path").asText().equals(path),
                      pod.name() + ": " + probe.getKey() + " does not ask " + path),
                  unless(
                      number(container, request.path("port")) == application.managementPort(),
                      pod.name()
                          + ": "
                          + probe.getKey()
                          + " does not ask port "
                          + application.managementPort()));
            });
  }

  private Stream<String> ports(Pod pod, JsonNode container) {
    return unless(
        each(container.path("ports"))
            .anyMatch(port -> port.path("containerPort").asInt() == application.httpPort()),
        pod.name() + ": port " + application.httpPort() + " is not declared");
  }

  private Stream<String> variables(Pod pod, JsonNode container) {
    return pod.environment(container).keySet().stream()
        .filter(variable -> variable.startsWith("QUARKUS_") || variable.startsWith("RINGLET_"))
        .filter(variable -> !application.knows(variable))
        .map(variable -> pod.name() + ": " + variable + " cannot be set");
  }

  /**
   * A write that its host cuts is one of which nobody knows whether it was done. What a host sends
   * beyond what a new instance takes is refused.
   */
  private static Stream<String> limits(Pod pod, JsonNode container) {
    Map<String, String> environment = pod.environment(container);
    environment.keySet().retainAll(Set.of("RINGLET_TIMEOUT_MAX", "RINGLET_IN_FLIGHT_INITIAL"));
    RingletConfig config =
        TestConfig.all(new EnvConfigSource(environment, EnvConfigSource.ORDINAL))
            .getConfigMapping(RingletConfig.class);
    JsonNode longest = pod.spec().path("timeoutSeconds");
    JsonNode most = pod.spec().path("containerConcurrency");
    return Stream.concat(
        unless(
            longest.isMissingNode()
                || config.timeout().max().compareTo(Duration.ofSeconds(longest.asInt())) < 0,
            pod.name() + ": cuts requests that ringlet.timeout.max allows"),
        unless(
            pod.platform() == Pod.Platform.KUBERNETES
                || (most.asInt() > 0 && most.asInt() < config.inFlight().initial()),
            pod.name() + ": sends more than ringlet.in-flight.initial allows"));
  }

  private Stream<String> shutdown(Pod pod, JsonNode container) {
    Map<String, String> environment = pod.environment(container);
    Duration delay =
        duration(
            environment.getOrDefault(
                "QUARKUS_SHUTDOWN_DELAY", application.value("quarkus.shutdown.delay", "0S")));
    Duration timeout =
        duration(
            environment.getOrDefault(
                "QUARKUS_SHUTDOWN_TIMEOUT", application.value("quarkus.shutdown.timeout", "0S")));
    return Stream.concat(
        unless(
            delay.plus(timeout).plus(CLOSING).compareTo(grace(pod)) < 0,
            pod.name() + ": is killed before its requests are done"),
        unless(
            delay.isZero() || application.delays(),
            pod.name() + ": QUARKUS_SHUTDOWN_DELAY has no effect"));
  }

  private static Duration grace(Pod pod) {
    return switch (pod.platform()) {
      case KUBERNETES ->
          Duration.ofSeconds(pod.spec().path("terminationGracePeriodSeconds").asInt(30));
      case KNATIVE ->
          Duration.ofSeconds(pod.spec().path("timeoutSeconds").asInt()).minus(KNATIVE_DRAIN);
      case CLOUD_RUN -> CLOUD_RUN_GRACE;
    };
  }

  /** Quarkus' short form of a duration. */
  private static Duration duration(String text) {
    return Duration.parse("PT" + text);
  }

  /** A port is given by number or by name. */
  static int number(JsonNode container, JsonNode port) {
    return each(container.path("ports"))
        .filter(declared -> declared.path("name").equals(port))
        .mapToInt(declared -> declared.path("containerPort").asInt())
        .findFirst()
        .orElse(port.asInt());
  }

  private static Set<String> names(Stream<JsonNode> named) {
    return named.map(node -> node.path("name").asText()).collect(Collectors.toSet());
  }
}
