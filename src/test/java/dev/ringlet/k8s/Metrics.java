package dev.ringlet.k8s;

import dev.ringlet.docs.Section;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics that rules, queries and the dashboard may speak of. */
final class Metrics {
  /** What Ringlet exposes; that this is so, is tested where it runs. */
  static final Set<String> OF_RINGLET = Section.of("## Metrics").names();

  /** What Prometheus, the kubelet and kube-state-metrics say of Ringlet. */
  static final Set<String> OF_KUBERNETES =
      Set.of(
          "up",
          "container_memory_working_set_bytes",
          "kube_deployment_spec_replicas",
          "kube_horizontalpodautoscaler_status_current_replicas",
          "kube_horizontalpodautoscaler_spec_max_replicas");

  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

  /** Selectors, ranges and lists of labels. */
  private static final Pattern OTHER =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(by|on|group_left)\\s*\\([^)]*\\)");

  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.])(?!(and|or|unless)\\b)[a-z_][\\w:]*(?!\\s*\\(|[\\w:])");

  private Metrics() {}

  /** The names of metrics in an expression. */
  static Set<String> in(String expression) {
    String rest = OTHER.matcher(TEXT.matcher(expression).replaceAll("")).replaceAll(" ");
    Set<String> names = new TreeSet<>();
    NAME.matcher(rest).results().forEach(match -> names.add(match.group()));
    return names;
  }

  /** Those that are taken of every container, though other services may have them as well. */
  static Set<String> ofAnyContainer(String expression) {
    Set<String> names = in(expression);
    names.removeIf(
        name ->
            name.contains(":")
                || name.startsWith("kube_")
                || !Pattern.compile("\\b" + name + "\\b(?!\\{container=\"ringlet\")")
                    .matcher(expression)
                    .find());
    return names;
  }
}
