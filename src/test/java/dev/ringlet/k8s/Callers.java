package dev.ringlet.k8s;

import static dev.ringlet.k8s.Documents.each;
import static dev.ringlet.k8s.Documents.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Ringlet knows callers, and they may do something: else each of them would get a 401 or 403. */
final class Callers {
  private static final String AUTH = "RINGLET_AUTH_";

  private Callers() {}

  static Stream<String> violations(Pod pod) {
    return pod.ringlet().flatMap(container -> violations(pod, container));
  }

  private static Stream<String> violations(Pod pod, JsonNode container) {
    Map<String, String> environment = pod.environment(container);
    Optional<String> directory = Optional.ofNullable(environment.get(AUTH + "KEY_DIRECTORY"));
    boolean tokens = environment.containsKey(AUTH + "JWT_ISSUER");
    return Stream.of(
            unless(
                environment.containsKey(AUTH + "ANONYMOUS_ROLES")
                    || directory.isPresent()
                    || tokens,
                pod.name() + ": lets nobody in"),
            unless(
                directory.stream()
                    .allMatch(
                        path ->
                            each(container.path("volumeMounts"))
                                .anyMatch(mount -> mount.path("mountPath").asText().equals(path))),
                pod.name() + ": no API keys are mounted"),
            unless(
                !tokens || environment.containsKey(AUTH + "JWT_AUDIENCE"),
                pod.name() + ": takes tokens for nobody"),
            unless(
                !environment.getOrDefault(AUTH + "PERMISSIONS", "rules").equals("rules")
                    || environment.keySet().stream()
                        .anyMatch(name -> name.matches("RINGLET_RULES_.*_MAY")),
                pod.name() + ": no rule allows anything"))
        .flatMap(violations -> violations);
  }
}
