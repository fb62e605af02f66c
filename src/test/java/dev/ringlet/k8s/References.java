package dev.ringlet.k8s;

import static dev.ringlet.k8s.Documents.each;
import static dev.ringlet.k8s.Documents.name;
import static dev.ringlet.k8s.Documents.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What documents say of each other is so. */
record References(Documents documents, Application application) {
  private static final Pattern NAMESPACE = Pattern.compile("namespace=\\\\\"([^\"\\\\]*)");

  Stream<String> violations() {
    return Stream.of(
            documents.of("Secret").map(secret -> name(secret) + ": Secrets are not rendered"),
            namespaces(),
            selectors(),
            documents.of("Service").flatMap(this::targetPorts),
            documents.of("PodMonitor").flatMap(this::endpoints),
            scalers(),
            routes(),
            destinations(),
            documents.pods().flatMap(this::mounted))
        .flatMap(violations -> violations);
  }

  /** One namespace for all, in queries too. Cloud Run's is the project. */
  private Stream<String> namespaces() {
    List<String> used =
        documents.all().stream()
            .filter(document -> !document.path("kind").asText().equals("Namespace"))
            .map(document -> document.at("/metadata/namespace").asText())
            .distinct()
            .toList();
    return Stream.concat(
        unless(used.size() == 1, "more than one namespace: " + used),
        documents
            .of("ScaledObject", "PrometheusRule")
            .flatMap(
                document ->
                    NAMESPACE
                        .matcher(document.toString())
                        .results()
                        .map(found -> found.group(1))
                        .filter(namespace -> !used.contains(namespace))
                        .map(namespace -> name(document) + ": asks for namespace " + namespace)));
  }

  private Stream<String> selectors() {
    Stream<String> own =
        documents
            .pods()
            .flatMap(
                pod ->
                    Stream.concat(
                            Stream.of(pod.maker().at("/spec/selector/matchLabels")),
                            each(pod.spec().path("topologySpreadConstraints"))
                                .map(constraint -> constraint.at("/labelSelector/matchLabels")))
                        .filter(labels -> !labels.isMissingNode() && !pod.carries(labels))
                        .map(labels -> pod.name() + ": does not select its own pods"));
    Stream<String> others =
        Stream.of(
                selecting("/spec/selector", "Service"),
                selecting("/spec/selector/matchLabels", "PodDisruptionBudget", "PodMonitor"),
                selecting("/spec/podSelector/matchLabels", "NetworkPolicy"))
            .flatMap(violations -> violations);
    return Stream.concat(own, others);
  }

  private Stream<String> selecting(String path, String... kinds) {
    return documents
        .of(kinds)
        .filter(document -> documents.selected(document.at(path)).isEmpty())
        .map(document -> name(document) + ": selects no pod");
  }

  private Stream<String> targetPorts(JsonNode service) {
    List<Pod> pods = documents.selected(service.at("/spec/selector"));
    return each(service.at("/spec/ports"))
        .map(port -> port.path("targetPort"))
        .filter(port -> pods.stream().noneMatch(pod -> declares(pod, port)))
        .map(port -> name(service) + ": no pod has the port " + port.asText());
  }

  private Stream<String> endpoints(JsonNode monitor) {
    List<Pod> pods = documents.selected(monitor.at("/spec/selector/matchLabels"));
    return each(monitor.at("/spec/podMetricsEndpoints"))
        .flatMap(
            endpoint ->
                Stream.concat(
                    unless(
                        pods.stream()
                            .flatMap(Pod::ringlet)
                            .anyMatch(
                                container ->
                                    Containers.number(container, endpoint.path("port"))
                                        == application.managementPort()),
                        name(monitor) + ": does not ask port " + application.managementPort()),
                    unless(
                        endpoint.path("path").asText().equals(application.metrics()),
                        name(monitor) + ": does not ask " + application.metrics())));
  }

  private static boolean declares(Pod pod, JsonNode port) {
    return pod.ports()
        .anyMatch(
            declared ->
                port.equals(declared.path("name")) || port.equals(declared.path("containerPort")));
  }

  /** One autoscaler at most for a Deployment, and then no literal number of replicas. */
  private Stream<String> scalers() {
    List<JsonNode> scalers = documents.of("HorizontalPodAutoscaler", "ScaledObject").toList();
    Stream<String> lost =
        scalers.stream()
            .filter(scaler -> targets(scaler).findAny().isEmpty())
            .map(scaler -> name(scaler) + ": scales nothing");
    Stream<String> containers =
        scalers.stream()
            .flatMap(
                scaler ->
                    scaler.at("/spec/metrics").findValuesAsText("container").stream()
                        .filter(
                            container ->
                                targets(scaler)
                                    .flatMap(Pod::containers)
                                    .noneMatch(c -> c.path("name").asText().equals(container)))
                        .map(container -> name(scaler) + ": there is no container " + container));
    Stream<String> fought =
        scalers.stream()
            .flatMap(this::targets)
            .collect(Collectors.groupingBy(Pod::name, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(target -> target.getValue() > 1)
            .map(target -> target.getKey() + ": has more than one autoscaler");
    Stream<String> literal =
        scalers.stream()
            .flatMap(this::targets)
            .filter(pod -> pod.maker().at("/spec").has("replicas"))
            .map(pod -> pod.name() + ": each apply would undo its autoscaler");
    return Stream.of(lost, containers, fought, literal).flatMap(violations -> violations);
  }

  /** Where requests go, and what counts them on their way. */
  private Stream<String> routes() {
    Stream<String> ofGateways =
        documents
            .of("HTTPRoute")
            .flatMap(
                route ->
                    each(route.at("/spec/rules"))
                        .flatMap(rule -> each(rule.path("backendRefs")))
                        .flatMap(to -> served(route, to.path("name"), to.path("port"))));
    Stream<String> ofKeda =
        documents
            .of("InterceptorRoute")
            .flatMap(
                route ->
                    served(route, route.at("/spec/target/service"), route.at("/spec/target/port")));
    Stream<String> uncounted =
        documents
            .of("ScaledObject")
            .flatMap(
                scaler ->
                    scaler.findValuesAsText("interceptorRoute").stream()
                        .filter(route -> !documents.has("InterceptorRoute", route))
                        .map(route -> name(scaler) + ": there is no InterceptorRoute " + route));
    return Stream.of(ofGateways, ofKeda, uncounted).flatMap(violations -> violations);
  }

  private Stream<String> served(JsonNode route, JsonNode service, JsonNode port) {
    return unless(
        documents
            .of("Service")
            .filter(document -> document.at("/metadata/name").equals(service))
            .flatMap(document -> each(document.at("/spec/ports")))
            .anyMatch(open -> open.path("port").equals(port)),
        name(route) + ": no Service " + service.asText() + " has port " + port.asText());
  }

  /** Where events go, and the brokers that they come from. */
  private Stream<String> destinations() {
    Stream<String> lost =
        documents
            .of("Trigger", "PingSource")
            .flatMap(
                sender ->
                    sender.findValues("ref").stream()
                        .filter(reference -> documents.all().stream().noneMatch(is(reference)))
                        .map(
                            reference ->
                                name(sender) + ": there is no " + reference.path("name").asText()));
    Stream<String> brokers =
        documents
            .of("Trigger")
            .filter(trigger -> !documents.has("Broker", trigger.at("/spec/broker").asText()))
            .map(trigger -> name(trigger) + ": there is no Broker of this name");
    return Stream.concat(lost, brokers);
  }

  private static Predicate<JsonNode> is(JsonNode reference) {
    return document ->
        document.path("apiVersion").equals(reference.path("apiVersion"))
            && document.path("kind").equals(reference.path("kind"))
            && document.at("/metadata/name").equals(reference.path("name"));
  }

  private Stream<Pod> targets(JsonNode scaler) {
    JsonNode target = scaler.at("/spec/scaleTargetRef");
    String name = target.path("kind").asText("Deployment") + " " + target.path("name").asText();
    return documents.pods().filter(pod -> pod.name().equals(name));
  }

  private Stream<String> mounted(Pod pod) {
    Stream<String> configMaps =
        Stream.of(
                pod.containers()
                    .flatMap(container -> each(container.path("envFrom")))
                    .map(source -> source.at("/configMapRef/name")),
                each(pod.spec().path("volumes"))
                    .map(volume -> volume.at("/configMap/name"))
                    .filter(name -> !name.isMissingNode()))
            .flatMap(names -> names)
            .map(JsonNode::asText)
            .filter(name -> !documents.has("ConfigMap", name))
            .map(name -> pod.name() + ": there is no ConfigMap " + name);
    JsonNode account = pod.spec().path("serviceAccountName");
    return Stream.concat(
        configMaps,
        unless(
            account.isMissingNode() || documents.has("ServiceAccount", account.asText()),
            pod.name() + ": there is no ServiceAccount " + account.asText()));
  }
}
