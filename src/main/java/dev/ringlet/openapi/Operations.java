package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.array;
import static dev.ringlet.openapi.Trees.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.access.Verb;
import dev.ringlet.guard.Level;
import dev.ringlet.request.Parameters;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operations of one table: each path for a level of its key, with what the caller may do. */
final class Operations {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final ShownTable shown;
  private final Table table;
  private final TableNames names;
  private final TypeParts types;
  private final Filters filters;
  private final OperationHeads heads;
  private final Questions questions;
  private final WriteOperations writes;

  Operations(ShownTable shown, OperationHeads heads, TypeParts types, Questions questions) {
    this.shown = shown;
    this.table = shown.table();
    this.names = heads.names();
    this.types = types;
    this.filters = new Filters(shown, types);
    this.heads = heads;
    this.questions = questions;
    this.writes = new WriteOperations(shown, heads, filters, questions);
  }

  /** The path items, by their paths. */
  Map<String, ObjectNode> paths() {
    Map<String, ObjectNode> paths = new LinkedHashMap<>();
    add(paths, 0);
    for (int i = table.partitionKey().size(); i <= table.primaryKey().size(); i++) {
      add(paths, i);
    }
    return paths;
  }

  private void add(Map<String, ObjectNode> paths, int keys) {
    Level level = new Level(table, keys);
    ObjectNode item = object();
    if (keys > 0) {
      item.set("parameters", key(keys));
    }
    for (String method : METHODS) {
      if (shown.methods(keys).contains(method)) {
        item.set(method.toLowerCase(Locale.ROOT), operation(method, level));
      }
    }
    if (METHODS.stream().anyMatch(shown.methods(keys)::contains)) {
      paths.put(names.path(table, keys), item);
    }
  }

  private ArrayNode key(int keys) {
    ArrayNode parameters = array();
    for (int i = 0; i < keys; i++) {
      Column column = table.primaryKey().get(i);
      ObjectNode parameter =
          object().put("name", names.keys().get(i)).put("in", "path").put("required", true);
      if (!names.keys().get(i).equals(column.name())) {
        parameter.put("description", "The column " + column.name() + ".");
      }
      parameter.set("schema", types.text(column.type()));
      parameter.set("example", TypeExamples.inPath(column.type()));
      parameters.add(parameter);
    }
    return parameters;
  }

  private ObjectNode operation(String method, Level level) {
    return switch (method) {
      case "GET" -> level.isRow() ? readRow() : readRows(level);
      case "POST" -> writes.post();
      case "PUT" -> writes.write(level, "replace", "becomes what is in the body", names.replace());
      case "PATCH" ->
          level.isTable() || level.isRow()
              ? writes.write(level, "merge", "is changed", names.merge())
              : writes.statics(level);
      default -> writes.delete(level);
    };
  }

  private ObjectNode readRow() {
    Level level = new Level(table, table.primaryKey().size());
    ObjectNode operation = heads.of("read", "Row", level, "Read a row");
    ArrayNode parameters = operation.putArray("parameters");
    questions.add(
        parameters,
        List.of(
            Questions.query("select"),
            Questions.query("explain"),
            Questions.IF_NONE_MATCH,
            Questions.READ_CONSISTENCY,
            Questions.READ_PREFER));
    ObjectNode responses = operation.putObject("responses");
    responses.set("200", Trees.ref("responses", names.row()));
    responses.set("304", Trees.ref("responses", "NotModified"));
    Answers.addProblems(responses, false);
    return operation;
  }

  private ObjectNode readRows(Level level) {
    ObjectNode operation = heads.of("list", OperationHeads.part(level), level, "Read rows");
    ArrayNode parameters = operation.putArray("parameters");
    questions.add(
        parameters,
        Parameters.OF_READ.names().stream()
            .filter(name -> shown.may(Verb.SCAN) || !name.matches("scan|split"))
            .map(Questions::query)
            .toList());
    questions.add(parameters, List.of(Questions.READ_CONSISTENCY, Questions.READ_PREFER));
    filters.addRead(parameters, level);
    ObjectNode responses = operation.putObject("responses");
    responses.set("200", Trees.ref("responses", names.rows()));
    Answers.addProblems(responses, false);
    return operation;
  }
}
