package dev.ringlet.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.local.RawHttp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What bodies of answers have to be. */
final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Bodies() {}

  static JsonNode json(RawHttp.Answer answer) {
    return json(answer.body());
  }

  static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + body, e);
    }
  }

  /** Only these columns. */
  static Map<String, String> narrowed(Map<String, String> row, List<String> columns) {
    Map<String, String> narrowed = new LinkedHashMap<>();
    columns.forEach(column -> narrowed.put(column, row.get(column)));
    return narrowed;
  }

  static List<Map<String, String>> narrowed(List<Map<String, String>> rows, List<String> columns) {
    return rows.stream().map(row -> narrowed(row, columns)).toList();
  }

  static Map<String, String> row(JsonNode object) {
    Map<String, String> row = new LinkedHashMap<>();
    object
        .properties()
        .forEach(e -> row.put(e.getKey(), e.getValue().isNull() ? null : e.getValue().asText()));
    return row;
  }

  /** The row, its columns in this order. */
  static Outcome.Body object(Map<String, String> row, List<String> columns) {
    return answer -> {
      Map<String, String> found = row(json(answer));
      Map<String, String> wanted = narrowed(row, columns);
      return found.equals(wanted) && List.copyOf(found.keySet()).equals(columns)
          ? ""
          : "it is not " + wanted;
    };
  }

  static Outcome.Body array(List<Map<String, String>> rows, List<String> columns) {
    return answer -> {
      JsonNode array = json(answer);
      return array.isArray() ? same(array, rows, columns) : "no array";
    };
  }

  static Outcome.Body lines(List<Map<String, String>> rows, List<String> columns) {
    return answer -> {
      List<JsonNode> found = answer.body().lines().map(Bodies::json).toList();
      return same(found, rows, columns);
    };
  }

  private static String same(
      Iterable<JsonNode> found, List<Map<String, String>> rows, List<String> columns) {
    List<Map<String, String>> all = new ArrayList<>();
    for (JsonNode object : found) {
      all.add(row(object));
      if (!List.copyOf(row(object).keySet()).equals(columns)) {
        return "the columns are not " + columns;
      }
    }
    List<String> wanted = Content.unordered(narrowed(rows, columns));
    return Content.unordered(all).equals(wanted) ? "" : "the rows are not " + wanted;
  }

  /** A header line and as many records; fields have no line breaks in these tests. */
  static Outcome.Body csv(List<Map<String, String>> rows, List<String> columns) {
    return answer -> {
      List<String> lines = answer.body().lines().toList();
      boolean named = !lines.isEmpty() && lines.get(0).equals(String.join(",", columns));
      return named && lines.size() == rows.size() + 1
          ? ""
          : "it has not " + rows.size() + " records of " + columns;
    };
  }

  /** One of the rows; none, if there are none. */
  static Outcome.Body some(List<Map<String, String>> rows, List<String> columns) {
    return answer ->
        json(answer).size() == Math.min(1, rows.size())
            ? atMostOne(rows, columns).wrong(answer)
            : "it is not one row";
  }

  static Outcome.Body atMostOne(List<Map<String, String>> rows, List<String> columns) {
    return answer -> {
      List<String> wanted = Content.unordered(narrowed(rows, columns));
      JsonNode array = json(answer);
      for (JsonNode object : array) {
        if (!wanted.containsAll(Content.unordered(List.of(row(object))))) {
          return "a row is not of " + wanted;
        }
      }
      return array.isArray() && array.size() <= 1 ? "" : "it is no page of one row";
    };
  }

  /** What would run: it has values for these columns. */
  static Outcome.Body explained(Set<String> columns) {
    return answer -> {
      JsonNode explained = json(answer);
      Set<String> found = new HashSet<>();
      explained.path("values").forEach(value -> found.add(value.path("name").asText()));
      return explained.path("cql").asText().startsWith("SELECT ") && found.containsAll(columns)
          ? ""
          : "no CQL with values for " + columns;
    };
  }

  /** The row as it is, if the caller may read it. */
  static Outcome.Body current(Map<String, String> row, List<List<String>> views) {
    return answer -> {
      JsonNode problem = json(answer);
      if (!problem.has("current")) {
        boolean told = problem.has("etag") || answer.head().contains("ETag: ");
        return views.contains(List.of()) && !told ? "" : "current is missing, or its tag is not";
      }
      JsonNode current = problem.path("current");
      boolean right =
          views.stream()
              .filter(columns -> !columns.isEmpty())
              .anyMatch(
                  columns ->
                      row.isEmpty()
                          ? current.isNull()
                          : row(current).equals(narrowed(row, columns)));
      return right ? "" : "current is not " + row + " as " + views;
    };
  }

  /** The outcomes of many rows: so many done, and for each of the others its statuses. */
  static Outcome.Body outcomes(int written, Map<Integer, List<Integer>> failed, boolean lines) {
    return answer -> {
      List<JsonNode> documents = answer.body().lines().map(Bodies::json).toList();
      JsonNode last = documents.get(documents.size() - 1);
      Iterable<JsonNode> outcomes =
          lines ? documents.subList(0, documents.size() - 1) : last.path("outcomes");
      Map<Integer, Integer> found = new LinkedHashMap<>();
      outcomes.forEach(o -> found.put(o.path("index").asInt(), o.path("status").asInt()));
      boolean counted =
          last.path("written").asInt(-1) == written
              && last.path("failed").asInt(-1) == failed.size();
      boolean right =
          found.keySet().equals(failed.keySet())
              && failed.entrySet().stream()
                  .allMatch(f -> f.getValue().contains(found.get(f.getKey())));
      return counted && right ? "" : "not " + written + " written and failed " + failed;
    };
  }
}
