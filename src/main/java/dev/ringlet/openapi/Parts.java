package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.arrayOf;
import static dev.ringlet.openapi.Trees.described;
import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.schema;
import static dev.ringlet.openapi.Trees.texts;
import static dev.ringlet.openapi.Trees.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.row.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas that are the same for all tables. */
final class Parts {
  static final String PROBLEM = "Problem";
  static final String OUTCOMES = "Outcomes";
  static final String OPERATION = "BatchOperation";
  static final String EVENT = "CloudEvent";
  static final String EXPLANATION = "Explanation";
  private static final String OUTCOME = "Outcome";
  private static final String EXPLAINED_VALUE = "ExplainedValue";

  private Parts() {}

  /** By their names; each after those that refer to it. */
  static Map<String, ObjectNode> schemas() {
    Map<String, ObjectNode> schemas = new LinkedHashMap<>();
    schemas.put(OPERATION, operation());
    schemas.put(EVENT, event());
    schemas.put(OUTCOMES, outcomes());
    schemas.put(OUTCOME, outcome());
    schemas.put(PROBLEM, problem());
    schemas.put(EXPLANATION, explanation());
    schemas.put(EXPLAINED_VALUE, explainedValue());
    return schemas;
  }

  private static ObjectNode problem() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put("type", described("string", "A URI that ends with the code."));
    members.put("title", described("string", "What kind of error it is."));
    members.put("status", integer("The HTTP status."));
    members.put("detail", described("string", "What happened this time, for a person."));
    ObjectNode code = described("string", "The stable name of the error, for a program.");
    code.set("examples", texts(Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList()));
    members.put("code", code);
    List<String> required = List.copyOf(members.keySet());
    members.put("hint", described("string", "What to do instead, for a person."));
    for (String text : List.of("column", "parameter", "header", "cql_type", "expected", "got")) {
      members.put(text, type("string"));
    }
    members.put("pointer", described("string", "The JSON pointer of the culprit."));
    members.put("missing", arrayOf(type("string")));
    members.put("operators", arrayOf(type("string")));
    members.put("allowed", arrayOf(type("string")));
    members.put("limit", described("string", "The setting that is exceeded."));
    members.put("etag", described("string", "The tag of the row as it is now."));
    members.put("index", integer("Which one of many rows or operations, from 0."));
    members.put("id", described("string", "What the log has an internal error under."));
    return object(
        "A problem document (RFC 9457). A code may have members that are not listed here.",
        members,
        required);
  }

  private static ObjectNode outcomes() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put("written", type("integer").put("format", "int64"));
    members.put("failed", type("integer").put("format", "int64"));
    members.put("outcomes", arrayOf(schema(OUTCOME)));
    return object(
        "How many rows were written, and what became of those that failed, or of all.",
        members,
        List.copyOf(members.keySet()));
  }

  private static ObjectNode outcome() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put(
        "index", described("integer", "Its place among the rows, from 0.").put("format", "int64"));
    members.put("status", integer("The status that it would have alone."));
    members.put("error", schema(PROBLEM));
    return object("What became of one of many rows.", members, List.of("index", "status"));
  }

  private static ObjectNode operation() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Operation.Kind kind : Operation.Kind.values()) {
      members.put(
          kind.symbol(),
          described("string", "The path of what is to " + kind.symbol() + ", from /v1 on."));
    }
    members.put(
        "row",
        described("object", "The body of the request that it stands for; a delete has none.")
            .put("additionalProperties", true));
    members.put("if_match", described("string", "Only if there is a row: *"));
    members.put("if_none_match", described("string", "Only if there is no row: *"));
    members.put("ttl", integer("Seconds until what is written expires."));
    ObjectNode operation =
        object(
            "A write of a batch: one of insert, replace, merge and delete, with its path.",
            members,
            List.of());
    return operation.put("additionalProperties", false);
  }

  private static ObjectNode event() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (String attribute : List.of("specversion", "id", "source", "type")) {
      members.put(attribute, type("string"));
    }
    List<String> required = new ArrayList<>(members.keySet());
    required.add("data");
    members.put("data", described("object", "The row.").put("additionalProperties", true));
    return object("An event (CloudEvents 1.0) whose data is a row.", members, required);
  }

  private static ObjectNode explanation() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put("cql", described("string", "The statement, with a ? for each value."));
    members.put("values", arrayOf(schema(EXPLAINED_VALUE)));
    members.put("consistency", described("string", "The consistency level."));
    members.put("idempotent", described("boolean", "Whether doing it twice is as doing it once."));
    List<String> required = List.copyOf(members.keySet());
    members.put("serial_consistency", described("string", "The level of a condition."));
    members.put("ttl", integer("Seconds until what is written expires."));
    members.put("timestamp", described("string", "The write timestamp."));
    return object("The statement of a write, which was not sent.", members, required);
  }

  private static ObjectNode explainedValue() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put("name", described("string", "The column, or what else has this value."));
    members.put("cql_type", type("string"));
    List<String> required = List.copyOf(members.keySet());
    members.put("value", Trees.object().put("description", "The value in JSON."));
    members.put("unset", described("boolean", "That there is none: the column stays as it is."));
    members.put("read_first", described("boolean", "That it is read before it is compared."));
    return object("A value of a statement.", members, required);
  }

  private static ObjectNode integer(String description) {
    return described("integer", description).put("format", "int32");
  }

  private static ObjectNode object(
      String description, Map<String, JsonNode> members, List<String> required) {
    ObjectNode properties = Trees.object();
    members.forEach(properties::set);
    ObjectNode schema = described("object", description);
    if (!required.isEmpty()) {
      schema.set("required", texts(required));
    }
    return schema.set("properties", properties);
  }
}
