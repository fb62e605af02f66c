package dev.ringlet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each rule is seen to fail: one thing is broken in what an overlay renders to, and the violation
 * names it.
 */
class PolicyTest {
  private static final Map<String, Documents> RENDERED = new ConcurrentHashMap<>();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  private final Policy policy = new Policy(Application.here());

  /**
   * In the kind's document, the value at a path is replaced by one in JSON, or removed where there
   * is none. C is the first container, P the pod, and "-" the end of an array.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          overlays/production | Deployment | C/readinesProbe | {} | Deployment ringlet: no field /spec/template/spec/containers/0/readinesProbe is known
          overlays/production | Deployment | C/env/0/value | 5 | Deployment ringlet: what is at /spec/template/spec/containers/0/env/0/value does not fit
          overlays/production | PodMonitor | /spec/podMetricsEndpoints/0/intervall | "15s" | PodMonitor ringlet: no field /spec/podMetricsEndpoints/0/intervall is known
          overlays/production | HorizontalPodAutoscaler | /spec/maxReplica | 3 | HorizontalPodAutoscaler ringlet: no field /spec/maxReplica is known
          overlays/keda | ScaledObject | /spec/cooldown | 1 | ScaledObject ringlet: no field /spec/cooldown is known
          overlays/keda | ScaledObject | /spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp/window | 1 | ScaledObject ringlet: no field /scaleUp/window is known
          overlays/keda-http | ScaledObject | /spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp/window | 1 | ScaledObject ringlet: no field /scaleUp/window is known
          overlays/keda-http | InterceptorRoute | /spec/timeouts/ready | "30s" | InterceptorRoute ringlet: no field /spec/timeouts/ready is known
          overlays/production | PodMonitor | /kind | "PodMonitors" | PodMonitors ringlet: the kind is not known
          overlays/production | Deployment | P/securityContext/runAsNonRoot | | Deployment ringlet/ringlet: may run as root
          overlays/production | Deployment | P/securityContext/runAsUser | 0 | Deployment ringlet/ringlet: runs as root
          overlays/production | Deployment | P/securityContext/seccompProfile | | Deployment ringlet/ringlet: no seccomp profile
          overlays/production | Deployment | P/hostNetwork | true | Deployment ringlet: hostNetwork
          overlays/production | Deployment | P/volumes/0/hostPath | {"path": "/"} | Deployment ringlet: a volume is a hostPath
          overlays/production | Deployment | P/automountServiceAccountToken | | Deployment ringlet: has a token of the Kubernetes API
          overlays/production | Deployment | P/enableServiceLinks | | Deployment ringlet: gets variables named after Services
          overlays/production | Deployment | C/securityContext/allowPrivilegeEscalation | | Deployment ringlet/ringlet: may gain privileges
          overlays/production | Deployment | C/securityContext/privileged | true | Deployment ringlet/ringlet: is privileged
          overlays/production | Deployment | C/securityContext/capabilities | | Deployment ringlet/ringlet: has capabilities
          overlays/production | Deployment | C/securityContext/readOnlyRootFilesystem | | Deployment ringlet/ringlet: may write its root file system
          overlays/production | Deployment | C/image | "ringlet:latest" | Deployment ringlet/ringlet: the image ringlet:latest has no fixed tag
          overlays/production | Deployment | C/image | "registry.example.com:5000/ringlet" | Deployment ringlet/ringlet: the image registry.example.com:5000/ringlet has no fixed tag
          overlays/production | Deployment | C/resources/limits | | Deployment ringlet/ringlet: no resources/limits/memory
          overlays/production | Deployment | C/resources/requests/cpu | | Deployment ringlet/ringlet: no resources/requests/cpu
          overlays/production | Deployment | C/volumeMounts/0/name | "temporary" | Deployment ringlet/ringlet: its volumeMounts are not the pod's volumes
          overlays/production | Deployment | C/env/- | {"name": "RINGLET_PAGE_TOKEN_KEY", "value": "x"} | Deployment ringlet/ringlet: a variable is set twice
          overlays/production | Deployment | C/readinessProbe/httpGet/path | "/health/ready" | Deployment ringlet: readinessProbe does not ask /q/health/ready
          overlays/production | Deployment | C/livenessProbe/httpGet/path | "/q/health/ready" | Deployment ringlet: livenessProbe does not ask /q/health/live
          overlays/production | Deployment | C/startupProbe | | Deployment ringlet: startupProbe does not ask /q/health/started & Deployment ringlet: startupProbe does not ask port 9000
          overlays/production | Deployment | C/livenessProbe/httpGet/port | "http" | Deployment ringlet: livenessProbe does not ask port 9000
          overlays/production | Deployment | C/ports/0/containerPort | 8081 | Deployment ringlet: port 8080 is not declared
          overlays/production | Deployment | C/env/- | {"name": "QUARKUS_HTTP_PROT", "value": "1"} | Deployment ringlet: QUARKUS_HTTP_PROT cannot be set
          overlays/production | ConfigMap | /data/RINGLET_PAGESIZE_MAX | "1" | Deployment ringlet: RINGLET_PAGESIZE_MAX cannot be set
          overlays/production | ConfigMap | /data/QUARKUS_MANAGEMENT_ENABLED | "true" | Deployment ringlet: QUARKUS_MANAGEMENT_ENABLED cannot be set
          overlays/production | ConfigMap | /data/QUARKUS_TLS_CASANDRA_TRUST_ALL | "true" | Deployment ringlet: QUARKUS_TLS_CASANDRA_TRUST_ALL cannot be set
          overlays/production | ConfigMap | /data/QUARKUS_TLS_CASSANDRA_KEY_STORE_PEM_0_CERT | "true" | Deployment ringlet: QUARKUS_TLS_CASSANDRA_KEY_STORE_PEM_0_CERT cannot be set
          overlays/production | ConfigMap | /data/QUARKUS_SHUTDOWN_TIMEOUT | "30S" | Deployment ringlet: is killed before its requests are done
          overlays/production | Deployment | P/terminationGracePeriodSeconds | 25 | Deployment ringlet: is killed before its requests are done
          overlays/production | Deployment | /spec/selector/matchLabels | {"app": "ringlet"} | Deployment ringlet: does not select its own pods
          overlays/production | Deployment | P/topologySpreadConstraints/1/labelSelector/matchLabels | {"app": "x"} | Deployment ringlet: does not select its own pods
          overlays/production | Service | /spec/selector | {"app": "ringlet"} | Service ringlet: no pod has the port http & Service ringlet: selects no pod
          overlays/production | Service | /spec/ports/0/targetPort | "https" | Service ringlet: no pod has the port https
          overlays/production | PodDisruptionBudget | /spec/selector/matchLabels | {"app": "ringlet"} | PodDisruptionBudget ringlet: selects no pod
          overlays/production | PodMonitor | /spec/podMetricsEndpoints/0/path | "/metrics" | PodMonitor ringlet: does not ask /q/metrics
          overlays/production | PodMonitor | /spec/podMetricsEndpoints/0/port | "http" | PodMonitor ringlet: does not ask port 9000
          overlays/production | NetworkPolicy | /spec/podSelector/matchLabels | {"app": "ringlet"} | NetworkPolicy ringlet: selects no pod
          overlays/production | NetworkPolicy | /spec/ingress/0/ports/0/port | 80 | NetworkPolicy ringlet: lets no requests in, to port 8080
          overlays/production | NetworkPolicy | /spec/ingress/1/ports/0/port | 80 | NetworkPolicy ringlet: lets nobody ask for metrics
          overlays/production | NetworkPolicy | /spec/egress/0/ports | [] | NetworkPolicy ringlet: lets no name be resolved
          overlays/production | ConfigMap | /data/QUARKUS_CASSANDRA_CONTACT_POINTS | "one:9042,two:9142" | NetworkPolicy ringlet: lets nothing out to Cassandra
          overlays/production | HorizontalPodAutoscaler | /spec/scaleTargetRef/name | "ring" | HorizontalPodAutoscaler ringlet: scales nothing & HorizontalPodAutoscaler ringlet: there is no container ringlet
          overlays/production | HorizontalPodAutoscaler | /spec/metrics/0/containerResource/container | "app" | HorizontalPodAutoscaler ringlet: there is no container app
          overlays/keda | ScaledObject | /spec/scaleTargetRef/name | "ring" | ScaledObject ringlet: scales nothing
          overlays/keda | ScaledObject | /spec/triggers/0/metadata/query | "up{namespace=\\"other\\"}" | ScaledObject ringlet: asks for namespace other
          overlays/keda-http | ScaledObject | /spec/triggers/0/metadata/interceptorRoute | "ring" | ScaledObject ringlet: there is no InterceptorRoute ring
          overlays/keda-http | ScaledObject | /spec/triggers/0/metadata/scalerAddress | "scaler.autoscaling:9090" | NetworkPolicy ringlet: lets no requests in from autoscaling
          overlays/keda-http | InterceptorRoute | /spec/target/service | "ring" | InterceptorRoute ringlet: no Service ring has port 80
          overlays/keda-http | InterceptorRoute | /spec/target/port | 8080 | InterceptorRoute ringlet: no Service ringlet has port 8080
          overlays/production | Deployment | /spec/replicas | 3 | Deployment ringlet: each apply would undo its autoscaler
          overlays/production | ServiceAccount | /metadata/namespace | "other" | more than one namespace: [other, ringlet]
          overlays/production | ServiceAccount | /metadata/name | "other" | Deployment ringlet: there is no ServiceAccount ringlet
          overlays/production | Deployment | C/envFrom/0/configMapRef/name | "ringlet-config" | Deployment ringlet: there is no ConfigMap ringlet-config
          try-out | Job | P/volumes/0/configMap/name | "sample" | Job samples: there is no ConfigMap sample
          overlays/knative | KnativeService | C/envFrom/0/configMapRef/name | "ringlet-config" | KnativeService ringlet: there is no ConfigMap ringlet-config
          overlays/knative | KnativeService | /spec/template/metadata/annotations/features.knative.dev~1http-full-duplex | "Disabled" | KnativeService ringlet: its proxy lets no answer through while a body comes
          overlays/knative | KnativeService | P/securityContext | {"runAsNonRoot": true} | KnativeService ringlet: securityContext is not allowed there
          overlays/knative | KnativeService | P/terminationGracePeriodSeconds | 35 | KnativeService ringlet: terminationGracePeriodSeconds is not allowed there
          overlays/knative | KnativeService | P/affinity | {} | KnativeService ringlet: affinity is not allowed there
          overlays/knative | KnativeService | C/lifecycle | {} | KnativeService ringlet: lifecycle is not allowed there
          overlays/knative | KnativeService | C/env/- | {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}} | KnativeService ringlet: fieldRef is not allowed there
          overlays/knative | KnativeService | C/ports/- | {"containerPort": 9000, "name": "h2c"} | KnativeService ringlet: must declare one port
          overlays/knative | KnativeService | C/ports/0/name | "http" | KnativeService ringlet: the name of a port must be http1 or h2c
          overlays/knative | KnativeService | C/readinessProbe/httpGet/port | "http1" | KnativeService ringlet: probes must give the number of their port & KnativeService ringlet: readinessProbe does not ask port 9000
          overlays/knative | KnativeService | C/readinessProbe/httpGet/port | 9090 | KnativeService ringlet: port 9090 is Knative's & KnativeService ringlet: readinessProbe does not ask port 9000
          overlays/knative | KnativeService | C/livenessProbe | {"httpGet": {"path": "/q/health/live", "port": 9000}} | KnativeService ringlet: livenessProbe does not connect to port 8080
          overlays/knative | KnativeService | C/startupProbe | {} | KnativeService ringlet: startupProbe is not allowed there
          overlays/knative | KnativeService | P/timeoutSeconds | 50 | KnativeService ringlet: is killed before its requests are done
          overlays/knative | NetworkPolicy | /spec/ingress/0/ports/0/port | 8080 | NetworkPolicy ringlet: lets no requests in, to port 8012
          overlays/knative | NetworkPolicy | /spec/ingress/0/from | | NetworkPolicy ringlet: lets anybody send requests
          overlays/production | NetworkPolicy | /spec/ingress/0/from | | NetworkPolicy ringlet: lets anybody send requests
          overlays/production | Deployment | C/env/- | {"name": "RINGLET_AUTH_JWT_ISSUER", "value": "x"} | Deployment ringlet: takes tokens for nobody & NetworkPolicy ringlet: lets nothing out to the issuer of tokens
          overlays/production | Deployment | C/envFrom/1/configMapRef/name | "ringlet-config" | Deployment ringlet: no rule allows anything & Deployment ringlet: there is no ConfigMap ringlet-config
          overlays/production | ConfigMap | /data/RINGLET_RULES_READERS_TABLE | "*" | Deployment ringlet: RINGLET_RULES_READERS_TABLE cannot be set
          overlays/keda | Deployment | C/volumeMounts/2/mountPath | "/etc/keys" | Deployment ringlet: no API keys are mounted
          cloud-run | KnativeService | C/volumeMounts/1/mountPath | "/etc/keys" | KnativeService ringlet: no API keys are mounted
          try-out | ConfigMap | /data/RINGLET_AUTH_ANONYMOUS_ROLES | | Deployment ringlet: lets nobody in
          try-out | ConfigMap | /data/RINGLET_AUTH_PERMISSIONS | "rules" | Deployment ringlet: no rule allows anything
          cloud-run | KnativeService | C/securityContext | {} | KnativeService ringlet: securityContext is not allowed there
          cloud-run | KnativeService | C/env/3/value | "8S" | KnativeService ringlet: is killed before its requests are done
          cloud-run | KnativeService | P/timeoutSeconds | 30 | KnativeService ringlet: cuts requests that ringlet.timeout.max allows
          cloud-run | KnativeService | C/env/- | {"name": "RINGLET_TIMEOUT_MAX", "value": "60s"} | KnativeService ringlet: cuts requests that ringlet.timeout.max allows
          overlays/knative | ConfigMap | /data/RINGLET_TIMEOUT_MAX | "1m" | KnativeService ringlet: cuts requests that ringlet.timeout.max allows
          overlays/knative | KnativeService | P/containerConcurrency | 200 | KnativeService ringlet: sends more than ringlet.in-flight.initial allows
          overlays/knative | KnativeService | P/containerConcurrency | | KnativeService ringlet: sends more than ringlet.in-flight.initial allows
          cloud-run | KnativeService | C/env/- | {"name": "RINGLET_IN_FLIGHT_INITIAL", "value": "64"} | KnativeService ringlet: sends more than ringlet.in-flight.initial allows
          cloud-run | KnativeService | C/resources/limits/cpu | | KnativeService ringlet/ringlet: no resources/limits/cpu
          cloud-run | KnativeService | C/startupProbe/httpGet/path | "/q/health/started" | KnativeService ringlet: startupProbe does not ask /q/health/ready
          try-out | StatefulSet | P/securityContext/runAsNonRoot | | StatefulSet cassandra/cassandra: may run as root
          try-out | Job | C/resources/limits | | Job samples/cqlsh: no resources/limits/memory
          """)
  void aBrokenManifestIsNamed(
      String directory, String kind, String path, String value, String violation)
      throws JsonProcessingException {
    Documents documents = copy(rendered(directory));
    JsonNode document = documents.of(kind).findFirst().orElseThrow();
    JsonPointer pointer =
        JsonPointer.compile(path.replaceFirst("^C(?=/)", CONTAINER).replaceFirst("^P(?=/)", POD));
    put(document.at(pointer.head()), pointer.last().getMatchingProperty(), value);
    List<String> violations = policy.violations(documents);
    assertEquals(List.of(violation.split(" & ")), violations);
  }

  @Test
  void noSecretIsRendered() throws JsonProcessingException {
    JsonNode secret =
        JSON.readTree(
            """
            {"apiVersion": "v1", "kind": "Secret",
             "metadata": {"name": "cassandra-credentials", "namespace": "ringlet"}}
            """);
    assertEquals(
        List.of("Secret cassandra-credentials: Secrets are not rendered"),
        policy.violations(with(rendered("overlays/production"), secret)));
  }

  @Test
  void twoAutoscalersAreOneTooMany() {
    JsonNode hpa =
        rendered("overlays/production").of("HorizontalPodAutoscaler").findFirst().orElseThrow();
    assertEquals(
        List.of("Deployment ringlet: has more than one autoscaler"),
        policy.violations(with(rendered("overlays/keda"), hpa)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/keda", "overlays/keda-http"})
  void allAutoscalersChangeThePodsAtOnePace(String overlay) {
    JsonNode hpa =
        rendered("overlays/production").of("HorizontalPodAutoscaler").findFirst().orElseThrow();
    JsonNode keda = rendered(overlay).of("ScaledObject").findFirst().orElseThrow();
    assertEquals(
        hpa.at("/spec/behavior"), keda.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"));
  }

  @Test
  void whatIsFixedWhenBuiltCannotBeSet() {
    Application application = Application.here();
    assertFalse(application.knows("QUARKUS_SHUTDOWN_DELAY_ENABLED"));
    assertFalse(application.knows("QUARKUS_MANAGEMENT_ENABLED"));
  }

  @Test
  void aDelayThatTheApplicationDoesNotHonourIsNone() {
    Application hasty = Application.with(Map.of("quarkus.shutdown.delay-enabled", "false"));
    assertEquals(
        List.of("Deployment ringlet: QUARKUS_SHUTDOWN_DELAY has no effect"),
        new Policy(hasty).violations(rendered("overlays/production")));
  }

  @Test
  void whatAsksFollowsTheApplication() {
    Application moved = Application.with(Map.of("quarkus.management.port", "9001"));
    assertEquals(
        List.of(
            "Deployment ringlet: livenessProbe does not ask port 9001",
            "Deployment ringlet: readinessProbe does not ask port 9001",
            "Deployment ringlet: startupProbe does not ask port 9001",
            "NetworkPolicy ringlet: lets nobody ask for metrics",
            "PodMonitor ringlet: does not ask port 9001"),
        new Policy(moved).violations(rendered("overlays/production")));
  }

  private static Documents rendered(String directory) {
    return directory.equals("cloud-run")
        ? Rendered.file(Rendered.K8S.resolve("cloud-run/service.yaml"))
        : RENDERED.computeIfAbsent(
            directory, rendering -> Rendered.kustomize(Rendered.K8S.resolve(rendering)));
  }

  private static Documents copy(Documents documents) {
    return new Documents(documents.all().stream().<JsonNode>map(JsonNode::deepCopy).toList());
  }

  private static Documents with(Documents documents, JsonNode another) {
    return new Documents(Stream.concat(documents.all().stream(), Stream.of(another)).toList());
  }

  private static void put(JsonNode parent, String field, String value)
      throws JsonProcessingException {
    if (parent instanceof ArrayNode array) {
      array.add(JSON.readTree(value));
    } else if (value == null) {
      assertFalse(((ObjectNode) parent).remove(field).isMissingNode());
    } else {
      ((ObjectNode) parent).set(field, JSON.readTree(value));
    }
  }
}
