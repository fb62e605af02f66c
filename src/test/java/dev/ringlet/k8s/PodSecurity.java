package dev.ringlet.k8s;

import static dev.ringlet.k8s.Documents.texts;
import static dev.ringlet.k8s.Documents.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;

/** Kubernetes' Pod Security Standard "restricted", and what no pod of ours needs. */
final class PodSecurity {
  private static final Set<String> VOLUMES =
      Set.of("configMap", "emptyDir", "persistentVolumeClaim", "projected", "secret");

  private PodSecurity() {}

  static Stream<String> violations(Pod pod) {
    if (pod.platform() == Pod.Platform.CLOUD_RUN) {
      return Stream.empty(); // it has no securityContext, and isolates each instance by itself
    }
    return Stream.concat(
        ofPod(pod), pod.containers().flatMap(container -> ofContainer(pod, container)));
  }

  private static Stream<String> ofPod(Pod pod) {
    JsonNode spec = pod.spec();
    return Stream.of(
            Stream.of("hostNetwork", "hostPID", "hostIPC")
                .filter(spec::has)
                .map(field -> pod.name() + ": " + field),
            Documents.each(spec.path("volumes"))
                .flatMap(volume -> volume.properties().stream())
                .filter(
                    field -> !field.getKey().equals("name") && !VOLUMES.contains(field.getKey()))
                .map(field -> pod.name() + ": a volume is a " + field.getKey()),
            unless(
                isFalse(spec.path("automountServiceAccountToken")),
                pod.name() + ": has a token of the Kubernetes API"),
            unless(
                isFalse(spec.path("enableServiceLinks")),
                pod.name() + ": gets variables named after Services"))
        .flatMap(violations -> violations);
  }

  private static Stream<String> ofContainer(Pod pod, JsonNode container) {
    String name = pod.name() + "/" + container.path("name").asText() + ": ";
    JsonNode own = container.path("securityContext");
    JsonNode user = effective(pod, own, "runAsUser");
    return Stream.of(
            unless(effective(pod, own, "runAsNonRoot").asBoolean(), name + "may run as root"),
            unless(user.isMissingNode() || user.asInt() != 0, name + "runs as root"),
            unless(
                effective(pod, own, "seccompProfile")
                    .path("type")
                    .asText()
                    .equals("RuntimeDefault"),
                name + "no seccomp profile"),
            unless(isFalse(own.path("allowPrivilegeEscalation")), name + "may gain privileges"),
            unless(!own.path("privileged").asBoolean(), name + "is privileged"),
            unless(
                texts(own.at("/capabilities/drop")).anyMatch("ALL"::equals)
                    && own.at("/capabilities/add").isMissingNode(),
                name + "has capabilities"),
            unless(
                !container.path("name").asText().equals("ringlet")
                    || own.path("readOnlyRootFilesystem").asBoolean(),
                name + "may write its root file system"))
        .flatMap(violations -> violations);
  }

  /** A container's field wins over the pod's. */
  private static JsonNode effective(Pod pod, JsonNode own, String field) {
    return own.has(field) ? own.path(field) : pod.spec().path("securityContext").path(field);
  }

  private static boolean isFalse(JsonNode field) {
    return field.isBoolean() && !field.booleanValue();
  }
}
