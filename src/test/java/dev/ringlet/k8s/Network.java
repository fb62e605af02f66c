package dev.ringlet.k8s;

import static dev.ringlet.k8s.Documents.each;
import static dev.ringlet.k8s.Documents.name;
import static dev.ringlet.k8s.Documents.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** NetworkPolicies let through what must get through. */
record Network(Documents documents, Application application) {
  /** Requests come to Knative's proxy in the pod. */
  private static final int KNATIVE_PROXY = 8012;

  private static final Pattern SERVICE = Pattern.compile("[^.:]+\\.([^.:]+)");

  private static final int DNS = 53;
  private static final int HTTPS = 443;

  Stream<String> violations() {
    return documents
        .of("NetworkPolicy")
        .flatMap(
            policy ->
                documents.selected(policy.at("/spec/podSelector/matchLabels")).stream()
                    .flatMap(pod -> violations(policy, pod)));
  }

  private Stream<String> violations(JsonNode policy, Pod pod) {
    boolean knative = pod.platform() == Pod.Platform.KNATIVE;
    int http = knative ? KNATIVE_PROXY : application.httpPort();
    return Stream.of(
            unless(
                lets(policy.at("/spec/ingress"), http),
                name(policy) + ": lets no requests in, to port " + http),
            unless(
                rules(policy.at("/spec/ingress"), http)
                    .noneMatch(rule -> rule.path("from").isEmpty()),
                name(policy) + ": lets anybody send requests"),
            proxies()
                .filter(
                    namespace ->
                        rules(policy.at("/spec/ingress"), http)
                            .noneMatch(rule -> isFrom(rule, namespace)))
                .map(namespace -> name(policy) + ": lets no requests in from " + namespace),
            unless(
                lets(policy.at("/spec/egress"), DNS), name(policy) + ": lets no name be resolved"),
            unless(
                pod.ringlet().allMatch(container -> letsToCassandra(policy, pod, container)),
                name(policy) + ": lets nothing out to Cassandra"),
            unless(
                pod.ringlet()
                        .map(pod::environment)
                        .noneMatch(settings -> settings.containsKey("RINGLET_AUTH_JWT_ISSUER"))
                    || lets(policy.at("/spec/egress"), HTTPS),
                name(policy) + ": lets nothing out to the issuer of tokens"),
            unless(
                knative
                    || documents.of("PodMonitor").findAny().isEmpty()
                    || lets(policy.at("/spec/ingress"), application.managementPort()),
                name(policy) + ": lets nobody ask for metrics"))
        .flatMap(violations -> violations);
  }

  /**
   * The namespace of KEDA's add-on, whose proxy leads requests here; those of gateways' proxies are
   * said nowhere.
   */
  private Stream<String> proxies() {
    return documents
        .of("ScaledObject")
        .flatMap(scaler -> each(scaler.at("/spec/triggers")))
        .map(trigger -> trigger.at("/metadata/scalerAddress").asText())
        .map(SERVICE::matcher)
        .filter(Matcher::lookingAt)
        .map(service -> service.group(1));
  }

  private static boolean isFrom(JsonNode rule, String namespace) {
    return each(rule.path("from"))
        .map(from -> from.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name"))
        .anyMatch(name -> name.asText().equals(namespace));
  }

  private static boolean letsToCassandra(JsonNode policy, Pod pod, JsonNode container) {
    return Stream.ofNullable(pod.environment(container).get("QUARKUS_CASSANDRA_CONTACT_POINTS"))
        .flatMap(nodes -> Stream.of(nodes.split(",")))
        .map(node -> node.substring(node.lastIndexOf(':') + 1))
        .allMatch(port -> lets(policy.at("/spec/egress"), Integer.parseInt(port)));
  }

  private static boolean lets(JsonNode rules, int port) {
    return rules(rules, port).findAny().isPresent();
  }

  private static Stream<JsonNode> rules(JsonNode rules, int port) {
    return each(rules)
        .filter(
            rule -> each(rule.path("ports")).anyMatch(open -> open.path("port").asInt() == port));
  }
}
