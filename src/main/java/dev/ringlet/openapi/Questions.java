package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.array;
import static dev.ringlet.openapi.Trees.arrayOf;
import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.ref;
import static dev.ringlet.openapi.Trees.texts;
import static dev.ringlet.openapi.Trees.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.config.Headers;
import dev.ringlet.header.OptionsParser;
import dev.ringlet.request.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters and headers of requests that are the same for all tables. */
final class Questions {
  static final String READ_CONSISTENCY = "ReadConsistency";
  static final String WRITE_CONSISTENCY = "WriteConsistency";
  static final String SERIAL_CONSISTENCY = "SerialConsistency";
  static final String TTL = "Ttl";
  static final String TIMESTAMP = "Timestamp";
  static final String IF_MATCH = "IfMatch";
  static final String IF_EXISTS = "IfExists";
  static final String IF_NONE_MATCH = "IfNoneMatch";
  static final String IF_NOT_EXISTS = "IfNotExists";
  static final String READ_PREFER = "ReadPrefer";
  static final String WRITE_PREFER = "WritePrefer";

  private final Facts facts;
  private final Map<String, ObjectNode> all;

  Questions(Facts facts) {
    this.facts = facts;
    this.all = possible();
  }

  /** The name of the component that a parameter of a query is. */
  static String query(String name) {
    return "query_" + name;
  }

  /** All of them, by the names of their components. */
  Map<String, ObjectNode> all() {
    return all;
  }

  /** Without those that would be refused whatever they say. */
  private Map<String, ObjectNode> possible() {
    Map<String, ObjectNode> all = everything();
    if (!facts.config().timestamp().allowed()) {
      all.keySet().removeAll(List.of(TIMESTAMP, query("timestamp")));
    }
    all.values().removeIf(parameter -> parameter.at("/schema/enum").equals(array()));
    return all;
  }

  private Map<String, ObjectNode> everything() {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    for (String name : Parameters.OF_READ.names()) {
      all.put(query(name), query(name, schema(name), description(name)));
    }
    for (String name : Parameters.OF_POST.names()) {
      if (!name.equals("op")) {
        all.computeIfAbsent(query(name), component -> query(name, ofRows(name), rows(name)));
      }
    }
    OptionsParser options = facts.options();
    all.put(
        READ_CONSISTENCY,
        header(Headers.CONSISTENCY, options.readLevels(), "The consistency level of the read."));
    all.put(
        WRITE_CONSISTENCY,
        header(Headers.CONSISTENCY, options.writeLevels(), "The consistency level of the write."));
    all.put(
        SERIAL_CONSISTENCY,
        header(
            Headers.SERIAL_CONSISTENCY,
            options.serialLevels(),
            "The level at which a write on a condition is agreed on."));
    all.put(TTL, header(Headers.TTL, ttl(), "Seconds until the written values expire."));
    all.put(
        TIMESTAMP,
        header(
            Headers.TIMESTAMP,
            type("string").put("pattern", "^-?[0-9]{1,19}$"),
            "The write timestamp, in microseconds since 1970."));
    all.put(IF_MATCH, header("If-Match", type("string"), "Only if the row has this ETag, or *."));
    all.put(IF_EXISTS, header("If-Match", List.of("*"), "Only if there is a row, with op=merge."));
    all.put(
        IF_NONE_MATCH, header("If-None-Match", type("string"), "A 304 if the row has this ETag."));
    all.put(IF_NOT_EXISTS, header("If-None-Match", List.of("*"), "Only if there is no such row."));
    all.put(READ_PREFER, prefer(OptionsParser.READ_PREFERENCES));
    all.put(WRITE_PREFER, prefer(OptionsParser.WRITE_PREFERENCES));
    return all;
  }

  private static ObjectNode prefer(List<String> preferences) {
    return header(
        Headers.PREFER,
        type("string"),
        "Preferences (RFC 7240), separated by commas: "
            + String.join(", ", preferences)
            + ", handling.");
  }

  private ObjectNode ttl() {
    return type("integer")
        .put("format", "int32")
        .put("minimum", 0)
        .put("maximum", facts.config().ttl().max());
  }

  private static ObjectNode header(String name, List<String> values, String description) {
    ObjectNode schema = type("string");
    schema.set("enum", texts(values));
    return header(name, schema, description);
  }

  private static ObjectNode header(String name, ObjectNode schema, String description) {
    return object()
        .put("name", name)
        .put("in", "header")
        .put("description", description)
        .set("schema", schema);
  }

  static ObjectNode query(String name, ObjectNode schema, String description) {
    ObjectNode parameter =
        object().put("name", name).put("in", "query").put("description", description);
    parameter.set("schema", schema);
    return schema.path("type").asText().equals("array")
        ? parameter.put("style", "form").put("explode", false)
        : parameter;
  }

  private ObjectNode schema(String parameter) {
    return switch (parameter) {
      case "select", "group", "order" -> arrayOf(type("string"));
      case "distinct", "scan", "explain" -> type("boolean");
      case "per_partition" -> type("integer").put("format", "int32").put("minimum", 1);
      case "limit" ->
          type("integer")
              .put("format", "int32")
              .put("minimum", 1)
              .put("default", facts.config().pageSize().standard());
      case "after" -> type("string");
      case "split" -> type("string").put("pattern", "^[0-9]{1,4}/[0-9]{1,4}$");
      default -> throw new IllegalArgumentException(parameter);
    };
  }

  private String description(String parameter) {
    return switch (parameter) {
      case "select" -> "The columns of the answer, or what is made of them, as alias:column.";
      case "group" -> "Primary key columns, from the first on: a row for each group.";
      case "distinct" -> "Each partition once.";
      case "per_partition" -> "The most rows of each partition.";
      case "order" -> "Clustering columns with .asc or .desc, or column.ann.[…] of a vector.";
      case "limit" ->
          "Rows in the answer. A page of JSON has at most "
              + facts.config().pageSize().max()
              + "; NDJSON and CSV have all rows without it.";
      case "after" -> "The token of the page before, as it is in the path that Link has.";
      case "scan" -> "Whether the read may be a scan.";
      case "split" -> "i/n: the i-th of n parts of a scan.";
      case "explain" ->
          "Runs nothing, and answers with the CQL that would run: a 200 whose JSON is an object with"
              + " cql or statements, also where another schema is listed for it.";
      default -> throw new IllegalArgumentException(parameter);
    };
  }

  private static ObjectNode ofRows(String parameter) {
    return parameter.equals("columns") ? arrayOf(type("string")) : type("string");
  }

  private static String rows(String parameter) {
    return switch (parameter) {
      case "ttl" -> "The name of the member of a row, or column of CSV, with its TTL in seconds.";
      case "timestamp" -> "The same with its write timestamp, in microseconds since 1970.";
      case "columns" -> "The columns of CSV that has no header line.";
      default -> throw new IllegalArgumentException(parameter);
    };
  }

  /** References to some of them, as far as they are possible. */
  void add(ArrayNode parameters, List<String> components) {
    components.stream()
        .filter(all::containsKey)
        .forEach(component -> parameters.add(ref("parameters", component)));
  }
}
