package dev.ringlet.k8s;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics that rules, queries and the dashboard may speak of. */
final class Metrics {
  /** What Ringlet exposes. */
  static final Set<String> OF_RINGLET =
      Set.of(
          "http_server_requests_seconds_bucket",
          "http_server_requests_seconds_count",
          "http_server_requests_seconds_sum",
          "http_server_requests_seconds_max",
          "http_server_active_requests",
          "http_server_active_connections",
          "ringlet_requests_shed_total",
          "ringlet_requests_in_flight",
          "ringlet_requests_limit",
          "ringlet_rows_total",
          "ringlet_streamed_bytes_total",
          "ringlet_statements_prepared",
          "ringlet_cassandra_nodes",
          "cassandra_session_connected_nodes",
          "cassandra_session_cql_requests_seconds_count",
          "cassandra_session_cql_requests_seconds_sum",
          "cassandra_session_cql_requests_seconds_max",
          "cassandra_session_cql_client_timeouts_total",
          "cassandra_nodes_pool_open_connections",
          "cassandra_nodes_pool_in_flight",
          "process_cpu_usage",
          "process_start_time_seconds",
          "process_uptime_seconds",
          "jvm_memory_used_bytes");

  /** What Prometheus, the kubelet and kube-state-metrics say of Ringlet. */
  static final Set<String> OF_KUBERNETES =
      Set.of(
          "up",
          "container_memory_working_set_bytes",
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
