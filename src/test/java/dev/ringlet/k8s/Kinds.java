package dev.ringlet.k8s;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads documents into the types of their kinds. A field that a type does not have is a violation,
 * at any depth.
 */
final class Kinds {
  private static final KubernetesSerialization KNOWN = new KubernetesSerialization();

  /** The types keep fields they do not know, and turn 5 into "5"; the API server refuses both. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(new NoAnySetters())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .withCoercionConfig(LogicalType.Textual, Kinds::refuse)
          .withCoercionConfig(LogicalType.Integer, Kinds::refuse)
          .withCoercionConfig(LogicalType.Boolean, Kinds::refuse)
          .build();

  /** KEDA has no types here: the fields that we use. */
  private static final Map<String, Set<String>> WITHOUT_TYPE =
      Map.of(
          "ScaledObject",
          Set.of(
              "/spec/scaleTargetRef/name",
              "/spec/minReplicaCount",
              "/spec/maxReplicaCount",
              "/spec/pollingInterval",
              "/spec/cooldownPeriod",
              "/spec/fallback/failureThreshold",
              "/spec/fallback/replicas",
              "/spec/fallback/behavior",
              "/spec/advanced/scalingModifiers/formula",
              "/spec/advanced/scalingModifiers/target",
              "/spec/advanced/scalingModifiers/metricType",
              "/spec/triggers/type",
              "/spec/triggers/name",
              "/spec/triggers/metadata/serverAddress",
              "/spec/triggers/metadata/query",
              "/spec/triggers/metadata/threshold",
              "/spec/triggers/metadata/ignoreNullValues",
              "/spec/triggers/metadata/scalerAddress",
              "/spec/triggers/metadata/interceptorRoute"),
          "InterceptorRoute",
          Set.of(
              "/spec/target/service",
              "/spec/target/port",
              "/spec/rules/hosts",
              "/spec/scalingMetric/concurrency/targetValue",
              "/spec/timeouts/readiness",
              "/spec/timeouts/request"));

  /** Kubernetes' own type inside a ScaledObject. */
  private static final String BEHAVIOR = "/spec/advanced/horizontalPodAutoscalerConfig/behavior";

  private Kinds() {}

  static Stream<String> violations(JsonNode document) {
    Set<String> known = WITHOUT_TYPE.get(Documents.kind(document));
    if (known != null) {
      return Stream.concat(
          fields("/spec", document.path("spec"))
              .filter(path -> !path.startsWith(BEHAVIOR) && !known.contains(path))
              .map(path -> Documents.name(document) + ": no field " + path + " is known"),
          Stream.of(document.at(BEHAVIOR))
              .filter(JsonNode::isObject)
              .flatMap(
                  behavior -> misfits(document, behavior, HorizontalPodAutoscalerBehavior.class)));
    }
    Class<?> type =
        KNOWN.getRegisteredKubernetesResource(
            document.path("apiVersion").asText(), document.path("kind").asText());
    return type == null
        ? Stream.of(Documents.name(document) + ": the kind is not known")
        : misfits(document, document, type);
  }

  /**
   * @param part the document, or the part of it that has this type
   */
  private static Stream<String> misfits(JsonNode document, JsonNode part, Class<?> type) {
    try {
      STRICT.readerFor(type).readValue(part);
      return Stream.empty();
    } catch (UnrecognizedPropertyException exception) {
      return Stream.of(Documents.name(document) + ": no field " + path(exception) + " is known");
    } catch (JsonMappingException exception) {
      return Stream.of(
          Documents.name(document) + ": what is at " + path(exception) + " does not fit");
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static String path(JsonMappingException exception) {
    return exception.getPath().stream()
        .map(step -> step.getFieldName() == null ? step.getIndex() : step.getFieldName())
        .map(step -> "/" + step)
        .collect(Collectors.joining());
  }

  /** The paths of all values; elements of an array have that of the array. */
  private static Stream<String> fields(String path, JsonNode node) {
    if (node.isArray()) {
      return Documents.each(node).flatMap(element -> fields(path, element));
    }
    return node.isObject()
        ? node.properties().stream()
            .flatMap(field -> fields(path + "/" + field.getKey(), field.getValue()))
        : Stream.of(path);
  }

  private static void refuse(MutableCoercionConfig coercion) {
    coercion
        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** Without them, a field that a type does not have is a failure. */
  private static final class NoAnySetters extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
