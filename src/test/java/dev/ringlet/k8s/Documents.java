package dev.ringlet.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All that is applied together. */
record Documents(List<JsonNode> all) {
  private static final Set<String> MAKERS_OF_PODS =
      Set.of("Deployment", "StatefulSet", "Job", "KnativeService");

  /** The kind; Knative's Service is called KnativeService, to tell it from Kubernetes' own. */
  static String kind(JsonNode document) {
    boolean knative = document.path("apiVersion").asText().startsWith("serving.knative.dev/");
    return (knative ? "Knative" : "") + document.path("kind").asText();
  }

  /** How a document is called in a violation. */
  static String name(JsonNode document) {
    return kind(document) + " " + document.at("/metadata/name").asText();
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static Stream<String> texts(JsonNode array) {
    return each(array).map(JsonNode::asText);
  }

  /** One sentence if something that must be so is not. */
  static Stream<String> unless(boolean fine, String sentence) {
    return fine ? Stream.empty() : Stream.of(sentence);
  }

  Stream<JsonNode> of(String... kinds) {
    Set<String> wanted = Set.of(kinds);
    return all.stream().filter(document -> wanted.contains(kind(document)));
  }

  boolean has(String kind, String name) {
    return of(kind).anyMatch(document -> document.at("/metadata/name").asText().equals(name));
  }

  Stream<Pod> pods() {
    return all.stream()
        .filter(document -> MAKERS_OF_PODS.contains(kind(document)))
        .map(document -> new Pod(this, document));
  }

  /** The pods that carry these labels. No labels select nothing here: nobody means all pods. */
  List<Pod> selected(JsonNode labels) {
    return pods().filter(pod -> pod.carries(labels)).toList();
  }
}
