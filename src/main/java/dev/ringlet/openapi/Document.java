package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.array;
import static dev.ringlet.openapi.Trees.arrayOf;
import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.config.ApiPath;
import dev.ringlet.header.RowFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An OpenAPI document (3.1), table by table. */
final class Document {
  private static final String VERSION = "3.1.0";
  private static final String BATCH = "batch";
  private static final String DESCRIPTION =
      """
      The tables of Apache Cassandra over HTTP, as much of them as there is for the caller. A path \
      has a keyspace, a table and values of its primary key in their order, percent-encoded; the \
      methods depend on how much of the key there is. HEAD works wherever GET does, and OPTIONS \
      tells the methods.

      Lists come in pages: the header Link has the path of the next one. A filter is \
      column=operator.value, in as many parameters as there are filters. What neither the key nor \
      an index finds is refused, unless it is a scan that is asked for and allowed. Not listed are \
      filters on columns whose names stand in double quotes in a query, on parts of columns, and on \
      several columns together.

      Values have the form in which they are given; bodies take other forms as well, as numbers in \
      strings. Errors are problem documents (RFC 9457), which programs tell apart by their code.""";

  private final Shown shown;
  private final Facts facts;
  private final Questions questions;
  private final TypeParts types;
  private final References references = new References();
  private final List<TableNames> names = new ArrayList<>();

  Document(Shown shown, Facts facts) {
    this.shown = shown;
    this.facts = facts;
    this.questions = new Questions(facts);
    this.types = new TypeParts(shown.allForms());
    Names bases = new Names();
    for (ShownTable table : shown.tables()) {
      names.add(TableNames.of(table.table(), bases, shown.keyspace().isEmpty()));
    }
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("openapi", VERSION);
    json.writeFieldName("info");
    Trees.write(info(), json);
    json.writeFieldName("servers");
    Trees.write(array(object().put("url", shown.prefix().isEmpty() ? "/" : shown.prefix())), json);
    json.writeFieldName("security");
    Trees.write(Security.alternatives(facts.credentials()), json);
    json.writeFieldName("tags");
    Trees.write(tags(), json);
    json.writeObjectFieldStart("paths");
    paths(json);
    json.writeEndObject();
    json.writeObjectFieldStart("components");
    components(json);
    json.writeEndObject();
    json.writeEndObject();
  }

  private ObjectNode info() {
    ObjectNode info =
        object()
            .put("title", shown.keyspace().map(name -> "Ringlet: " + name).orElse("Ringlet"))
            .put("version", facts.version())
            .put("description", DESCRIPTION);
    info.set("license", object().put("name", "Apache 2.0").put("identifier", "Apache-2.0"));
    return info;
  }

  private boolean isWritten() {
    return shown.tables().stream().anyMatch(ShownTable::isWritten);
  }

  private ArrayNode tags() {
    ArrayNode tags = array();
    for (int i = 0; i < names.size(); i++) {
      String comment = shown.tables().get(i).table().comment();
      tags.add(
          object()
              .put("name", names.get(i).tag())
              .put("description", comment.isEmpty() ? "The rows of a table." : comment));
    }
    if (isWritten() && names.stream().noneMatch(name -> name.tag().equals(BATCH))) {
      tags.add(
          object().put("name", BATCH).put("description", "Writes that are done together or not."));
    }
    return tags;
  }

  private void paths(JsonGenerator json) throws IOException {
    Names ids = new Names();
    if (isWritten()) {
      references.write(Map.of(ApiPath.ROOT, object().set("post", batch(ids))), json);
    }
    for (int i = 0; i < names.size(); i++) {
      references.write(
          new Operations(
                  shown.tables().get(i), new OperationHeads(names.get(i), ids), types, questions)
              .paths(),
          json);
    }
  }

  private ObjectNode batch(Names ids) {
    ObjectNode operation = object().put("operationId", ids.unique("writeBatch"));
    operation.set("tags", array().add(BATCH));
    operation.put("summary", "Write rows of any tables, all or none");
    questions.add(
        operation.putArray("parameters"),
        List.of(
            Questions.query("explain"),
            Questions.WRITE_CONSISTENCY,
            Questions.SERIAL_CONSISTENCY,
            Questions.TTL,
            Questions.TIMESTAMP,
            Questions.WRITE_PREFER));
    operation.set(
        "requestBody",
        object()
            .put("required", true)
            .set(
                "content",
                object()
                    .set(
                        RowFormat.JSON, object().set("schema", arrayOf(schema(Parts.OPERATION))))));
    ObjectNode responses = operation.putObject("responses");
    responses.set("200", Trees.ref("responses", Parts.OUTCOMES));
    Answers.addProblems(responses, true);
    return operation;
  }

  /** What is referred to comes after what refers to it, and types when all have been asked for. */
  private void components(JsonGenerator json) throws IOException {
    json.writeFieldName("securitySchemes");
    Trees.write(Security.schemes(facts.credentials()), json);
    section("parameters", questions.all(), json);
    section("responses", responses(), json);
    section("headers", Answers.headers(), json);
    json.writeObjectFieldStart("schemas");
    references.write("schemas", Parts.schemas(), json);
    for (int i = 0; i < names.size(); i++) {
      references.write(
          "schemas", new RowSchemas(shown.tables().get(i), names.get(i), types).all(), json);
    }
    types.writeTo(references, json);
    json.writeEndObject();
  }

  private void section(String name, Map<String, ObjectNode> components, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    references.write(name, components, json);
    json.writeEndObject();
  }

  private Map<String, ObjectNode> responses() {
    Map<String, ObjectNode> responses = Answers.problems();
    for (int i = 0; i < names.size(); i++) {
      responses.putAll(new RowAnswers(shown.tables().get(i), names.get(i)).all());
    }
    responses.putAll(Answers.successes());
    return responses;
  }
}
