package dev.ringlet.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.model.Ask.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as HTTP has them. */
record Wire(Ask ask) {
  /**
   * The request, as bytes that ISO 8859-1 shows.
   *
   * @param credentials lines of the head
   * @param tag for a condition
   * @param after the token of a page, or empty
   */
  String request(String credentials, String tag, String after) {
    String body = latin(body());
    StringBuilder request = new StringBuilder();
    request.append("%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(ask.method(), target(after)));
    request.append(credentials).append(preferences()).append(condition(tag));
    if (!ask.rows().isEmpty()) {
      request.append("Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type(), body.length()));
    }
    return request.append("\r\n").append(body).toString();
  }

  /** The path of what is asked for. */
  String path() {
    StringBuilder path = new StringBuilder("/v1");
    if (ask.is(Form.KEYSPACES)) {
      return path.toString();
    }
    path.append('/').append(percent(ask.shape().keyspace()));
    if (ask.is(Form.KEYSPACE)) {
      return path.toString();
    }
    path.append('/').append(percent(ask.shape().table()));
    ask.path().forEach(value -> path.append('/').append(percent(value)));
    return path.toString();
  }

  private String target(String after) {
    List<String> query = new ArrayList<>();
    for (Restriction filter : ask.filters()) {
      query.add(percent(filter.column()) + "=" + filter.operator() + "." + operand(filter));
    }
    if (!ask.select().isEmpty()) {
      query.add(
          "select=" + ask.select().stream().map(Wire::percent).collect(Collectors.joining(",")));
    }
    switch (ask.form()) {
      case SCAN -> query.add("scan=true");
      case EXPLAIN -> query.add("explain=true");
      case PAGE, TOKEN -> query.add("limit=1");
      case OP_DELETE, OP_DELETE_MANY -> query.add("op=delete");
      default -> {}
    }
    if (!after.isEmpty()) {
      query.add("after=" + after);
    }
    return path() + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  private static String operand(Restriction filter) {
    if (!filter.operator().equals("in")) {
      return percent(filter.values().get(0));
    }
    return filter.values().stream()
        .map(v -> percent("\"" + v.replace("\\", "\\\\").replace("\"", "\\\"") + "\""))
        .collect(Collectors.joining(",", "(", ")"));
  }

  private String preferences() {
    return switch (ask.form()) {
      case NDJSON_OUT -> "Accept: application/x-ndjson\r\n";
      case CSV_OUT -> "Accept: text/csv\r\n";
      case REPRESENTATION -> "Prefer: return=representation\r\n";
      case ATOMIC -> "Prefer: atomic\r\n";
      default -> "";
    };
  }

  private String condition(String tag) {
    String tagged = ask.reads() ? "If-None-Match" : "If-Match";
    return switch (ask.condition()) {
      case NONE -> "";
      case ABSENT -> "If-None-Match: *\r\n";
      case PRESENT -> "If-Match: *\r\n";
      case OWN_TAG, OTHERS_TAG -> tagged + ": " + tag + "\r\n";
    };
  }

  private String type() {
    return switch (ask.form()) {
      case NDJSON -> "application/x-ndjson";
      case CSV -> "text/csv";
      default -> "application/json";
    };
  }

  private String body() {
    List<Map<String, String>> rows = ask.rows();
    if (rows.isEmpty()) {
      return "";
    }
    List<String> objects = rows.stream().map(row -> object(row).toString()).toList();
    return switch (ask.form()) {
      case NDJSON -> String.join("\n", objects) + "\n";
      case ARRAY, ATOMIC, OP_DELETE_MANY -> "[" + String.join(",", objects) + "]";
      case CSV ->
          csv(List.copyOf(rows.get(0).keySet()))
              + rows.stream()
                  .map(row -> csv(new ArrayList<>(row.values())))
                  .collect(Collectors.joining());
      default -> objects.get(0);
    };
  }

  private ObjectNode object(Map<String, String> row) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    row.forEach(
        (column, value) -> {
          if (value != null && ask.is(Form.COUNT) && !ask.shape().primaryKey().contains(column)) {
            object.putObject(column).put("$inc", Long.parseLong(value));
          } else if (value != null && ask.shape().isInt(column)) {
            object.put(column, Integer.parseInt(value));
          } else {
            object.put(column, value);
          }
        });
    return object;
  }

  private static String csv(List<String> fields) {
    return fields.stream()
            .map(field -> field == null ? "" : "\"" + field.replace("\"", "\"\"") + "\"")
            .collect(Collectors.joining(","))
        + "\n";
  }

  static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
