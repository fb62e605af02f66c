package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.arrayOf;
import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.schema;
import static dev.ringlet.openapi.Trees.texts;
import static dev.ringlet.openapi.Trees.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.access.Verb;
import dev.ringlet.guard.Level;
import dev.ringlet.header.RowFormat;
import dev.ringlet.request.Parameters;
import dev.ringlet.request.RowOperation;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** The operations that write rows of one table. */
final class WriteOperations {
  private final ShownTable shown;
  private final Table table;
  private final OperationHeads heads;
  private final TableNames names;
  private final Filters filters;
  private final Questions questions;
  private final boolean regular;
  private final boolean inserts;

  WriteOperations(ShownTable shown, OperationHeads heads, Filters filters, Questions questions) {
    this.shown = shown;
    this.table = shown.table();
    this.heads = heads;
    this.names = heads.names();
    this.filters = filters;
    this.questions = questions;
    this.regular = table.valueColumns().stream().anyMatch(column -> !column.isStatic());
    this.inserts = !table.isCounter() && (shown.may(Verb.CREATE) || shown.may(Verb.WRITE));
  }

  /** POST, whose rows have their keys. */
  ObjectNode post() {
    Level level = new Level(table, 0);
    ObjectNode operation =
        inserts
            ? heads.of("insert", "", level, "Insert rows")
            : heads.of(
                "post", "", level, shown.may(Verb.WRITE) ? "Change or delete rows" : "Delete rows");
    operation.put(
        "description",
        "The body is one row, or an array of rows. With op=merge a row has what PATCH takes, with"
            + " its key; with op=delete its key alone.");
    ArrayNode parameters = operation.putArray("parameters");
    parameters.add(op());
    questions.add(
        parameters,
        Parameters.OF_POST.names().stream()
            .filter(name -> !name.equals("op"))
            .filter(name -> !table.isCounter() || !name.matches("ttl|timestamp"))
            .map(Questions::query)
            .toList());
    questions.add(parameters, headers(conditions()));
    operation.set("requestBody", body(RowFormat.POSTED, names.insert()));
    ObjectNode responses = operation.putObject("responses");
    responses.set("200", Trees.ref("responses", Parts.OUTCOMES));
    if (inserts) {
      responses.set("201", Trees.ref("responses", "Created"));
    }
    responses.set("204", Trees.ref("responses", "Done"));
    addProblems(responses);
    return operation;
  }

  /** Those of POST. */
  private List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (inserts) {
      conditions.add(Questions.IF_NOT_EXISTS);
    }
    if (regular && shown.may(Verb.WRITE)) {
      conditions.add(Questions.IF_EXISTS);
    }
    return conditions;
  }

  /** Without it rows are inserted, which counters are not. */
  private ObjectNode op() {
    List<String> operations =
        Arrays.stream(RowOperation.values())
            .filter(this::isPossible)
            .map(operation -> operation.parameter().substring("op=".length()))
            .toList();
    ObjectNode schema = type("string");
    schema.set("enum", texts(operations));
    ObjectNode parameter = Questions.query("op", schema, "What is done with the rows.");
    return inserts ? parameter : parameter.put("required", true);
  }

  private boolean isPossible(RowOperation operation) {
    return switch (operation) {
      case INSERT -> inserts;
      case MERGE -> shown.may(Verb.WRITE);
      case DELETE -> shown.methods(table.primaryKey().size()).contains("DELETE");
    };
  }

  /** PUT and PATCH of a row. */
  ObjectNode write(Level level, String verb, String what, String body) {
    ObjectNode operation =
        heads.of(
            verb,
            level.isTable() ? "ByFilters" : "Row",
            level,
            "A row " + what + (level.isTable() ? ", by filters on its key" : ""));
    ArrayNode parameters = operation.putArray("parameters");
    if (level.isTable()) {
      filters.addKey(
          parameters,
          verb.equals("merge") ? EnumSet.of(Verb.WRITE) : EnumSet.of(Verb.CREATE, Verb.WRITE));
    }
    questions.add(parameters, List.of(Questions.query("explain")));
    questions.add(parameters, headers(conditions(verb)));
    filters.addConditions(parameters, column -> regular && level.isRow());
    operation.set(
        "requestBody",
        body(verb.equals("merge") ? RowFormat.PATCHES : List.of(RowFormat.JSON), body));
    ObjectNode responses = operation.putObject("responses");
    responses.set(
        "200", Trees.ref("responses", shown.may(Verb.READ) ? names.stored() : Parts.EXPLANATION));
    responses.set("204", Trees.ref("responses", "Done"));
    addProblems(responses);
    return operation;
  }

  private List<String> conditions(String verb) {
    List<String> conditions = new ArrayList<>();
    if (regular) {
      conditions.add(Questions.IF_MATCH);
    }
    if (verb.equals("replace")) {
      conditions.add(Questions.IF_NOT_EXISTS);
    }
    return conditions;
  }

  /** PATCH of a partition. */
  ObjectNode statics(Level level) {
    ObjectNode operation = heads.of("merge", "Partition", level, "Change static columns");
    ArrayNode parameters = operation.putArray("parameters");
    questions.add(parameters, List.of(Questions.query("explain")));
    questions.add(parameters, headers(List.of()));
    filters.addConditions(parameters, Column::isStatic);
    operation.set("requestBody", body(RowFormat.PATCHES, names.statics()));
    ObjectNode responses = operation.putObject("responses");
    responses.set("200", Trees.ref("responses", Parts.EXPLANATION));
    responses.set("204", Trees.ref("responses", "Done"));
    Answers.addProblems(responses, true);
    return operation;
  }

  ObjectNode delete(Level level) {
    boolean row = level.isTable() || level.isRow();
    ObjectNode operation =
        heads.of(
            "delete",
            level.isTable() ? "ByFilters" : OperationHeads.part(level),
            level,
            level.isTable()
                ? "Delete a row by filters on its key"
                : row ? "Delete a row" : "Delete rows");
    ArrayNode parameters = operation.putArray("parameters");
    if (level.isTable()) {
      filters.addKey(parameters, EnumSet.of(Verb.DELETE));
    } else {
      filters.addRange(parameters, level);
    }
    questions.add(parameters, List.of(Questions.query("explain"), Questions.WRITE_CONSISTENCY));
    if (!table.isCounter()) {
      questions.add(parameters, List.of(Questions.TIMESTAMP));
    }
    questions.add(parameters, List.of(Questions.WRITE_PREFER));
    if (row && !table.isCounter()) {
      questions.add(parameters, List.of(Questions.IF_MATCH, Questions.SERIAL_CONSISTENCY));
      filters.addConditions(parameters, column -> level.isRow());
    }
    ObjectNode responses = operation.putObject("responses");
    responses.set("200", Trees.ref("responses", Parts.EXPLANATION));
    responses.set("204", Trees.ref("responses", "Done"));
    if (row) {
      addConditionFailed(responses);
    }
    Answers.addProblems(responses, false);
    return operation;
  }

  /** Those of a write with a body; counters have neither TTL nor timestamp nor conditions. */
  private List<String> headers(List<String> conditions) {
    List<String> headers = new ArrayList<>();
    headers.add(Questions.WRITE_CONSISTENCY);
    if (!table.isCounter()) {
      headers.addAll(conditions);
      headers.addAll(List.of(Questions.SERIAL_CONSISTENCY, Questions.TTL, Questions.TIMESTAMP));
    }
    headers.add(Questions.WRITE_PREFER);
    return headers;
  }

  private void addProblems(ObjectNode responses) {
    addConditionFailed(responses);
    Answers.addProblems(responses, true);
  }

  private void addConditionFailed(ObjectNode responses) {
    if (shown.showsFailedConditions()) {
      responses.set("412", Trees.ref("responses", names.conditionFailed()));
    }
  }

  /** One row in JSON; the others are streams of rows, or events. */
  private static ObjectNode body(List<String> mediaTypes, String row) {
    ObjectNode content = object();
    for (String mediaType : mediaTypes) {
      content.set(
          mediaType,
          object()
              .set(
                  "schema",
                  switch (mediaType) {
                    case RowFormat.JSON, RowFormat.MERGE_PATCH -> schema(row);
                    case RowFormat.EVENT -> schema(Parts.EVENT);
                    case RowFormat.EVENTS -> arrayOf(schema(Parts.EVENT));
                    default -> type("string");
                  }));
    }
    return object().put("required", true).set("content", content);
  }
}
