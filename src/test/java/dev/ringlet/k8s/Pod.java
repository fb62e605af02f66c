package dev.ringlet.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The pods that a document makes, and where they run: the rules differ. */
record Pod(Documents documents, JsonNode maker) {
  enum Platform {
    KUBERNETES,
    KNATIVE,
    CLOUD_RUN
  }

  Platform platform() {
    if (!Documents.kind(maker).equals("KnativeService")) {
      return Platform.KUBERNETES;
    }
    return maker.at("/metadata/annotations").toString().contains("run.googleapis.com/")
        ? Platform.CLOUD_RUN
        : Platform.KNATIVE;
  }

  String name() {
    return Documents.name(maker);
  }

  JsonNode spec() {
    return maker.at("/spec/template/spec");
  }

  Stream<JsonNode> containers() {
    return Documents.each(spec().path("containers"));
  }

  /** Ringlet's own container: the one of this name. */
  Stream<JsonNode> ringlet() {
    return containers().filter(container -> container.path("name").asText().equals("ringlet"));
  }

  Stream<JsonNode> ports() {
    return containers().flatMap(container -> Documents.each(container.path("ports")));
  }

  boolean carries(JsonNode labels) {
    JsonNode own = maker.at("/spec/template/metadata/labels");
    return !labels.isEmpty()
        && labels.properties().stream()
            .allMatch(label -> label.getValue().equals(own.path(label.getKey())));
  }

  /** Variables with a value of their own or of a ConfigMap; of a Secret they have the value "". */
  Map<String, String> environment(JsonNode container) {
    Map<String, String> environment = new HashMap<>();
    Documents.each(container.path("envFrom"))
        .map(source -> source.at("/configMapRef/name").asText())
        .flatMap(name -> documents.of("ConfigMap").filter(map -> named(map, name)))
        .flatMap(map -> map.path("data").properties().stream())
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    Documents.each(container.path("env"))
        .forEach(
            variable ->
                environment.put(variable.path("name").asText(), variable.path("value").asText()));
    return environment;
  }

  private static boolean named(JsonNode document, String name) {
    return document.at("/metadata/name").asText().equals(name);
  }
}
