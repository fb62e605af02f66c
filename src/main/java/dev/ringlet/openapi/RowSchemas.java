package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.array;
import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.schema;
import static dev.ringlet.openapi.Trees.texts;
import static dev.ringlet.openapi.Trees.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.access.Verb;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.shape.SchemaUse;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The schemas of the rows of one table: as they are read, inserted, replaced and changed. */
final class RowSchemas {
  /** POST inserts, changes and deletes. */
  private static final Set<Verb> WRITES = EnumSet.of(Verb.CREATE, Verb.WRITE, Verb.DELETE);

  private final ShownTable shown;
  private final Table table;
  private final TableNames names;
  private final TypeParts types;

  RowSchemas(ShownTable shown, TableNames names, TypeParts types) {
    this.shown = shown;
    this.table = shown.table();
    this.names = names;
    this.types = types;
  }

  /** By their names; without those that no operation has. */
  Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    List<String> ofTable = shown.methods(0);
    if (ofTable.contains("GET")) {
      all.put(names.row(), read());
    }
    if (ofTable.contains("POST")) {
      all.put(names.insert(), inserted());
    }
    if (ofTable.contains("PUT")) {
      all.put(names.replace(), replaced());
    }
    if (ofTable.contains("PATCH")) {
      all.put(names.merge(), changed(column -> !column.isKey(), "What becomes of a row."));
      all.put(names.statics(), changed(Column::isStatic, "What becomes of static columns."));
    }
    if (shown.showsFailedConditions()) {
      all.put(names.conditionFailed(), conditionFailed());
    }
    if (!table.hasStaticColumns()) {
      all.remove(names.statics());
    }
    return all;
  }

  private ObjectNode read() {
    ObjectNode row =
        row(
            column -> true,
            column ->
                column.isPartitionKey()
                    ? types.value(column.type(), SchemaUse.GIVEN)
                    : types.nullable(column.type(), SchemaUse.GIVEN),
            "A row. With select it has what is selected instead.");
    row.set("required", texts(Column.names(table.columns())));
    return row;
  }

  private ObjectNode inserted() {
    boolean counters = table.isCounter();
    ObjectNode row =
        row(
            column -> true,
            column ->
                column.isKey()
                    ? types.value(column.type(), SchemaUse.TAKEN)
                    : counters
                        ? types.change(column.type())
                        : types.nullable(column.type(), SchemaUse.TAKEN),
            counters
                ? "A row with its key, and what becomes of its columns."
                : "A row with its key. A column that is left out stays as it is.");
    row.set(
        "required",
        texts(
            table.primaryKey().stream()
                .map(Column::name)
                .filter(name -> !shown.isGiven(name, WRITES))
                .toList()));
    return row;
  }

  private ObjectNode replaced() {
    return row(
        column -> !column.isKey(),
        column -> types.nullable(column.type(), SchemaUse.TAKEN),
        "A row without its key. A column that is left out is deleted, unless it is static.");
  }

  private ObjectNode changed(Predicate<Column> which, String what) {
    return row(
        which,
        column -> types.change(column.type()),
        what + " A column that is left out stays as it is; null deletes one.");
  }

  private ObjectNode row(
      Predicate<Column> which, Function<Column, ObjectNode> schema, String description) {
    ObjectNode properties = object();
    for (Column column : table.columns()) {
      if (which.test(column)) {
        properties.set(column.name(), schema.apply(column));
      }
    }
    ObjectNode row = type("object").put("description", description);
    row.set("properties", properties);
    return row.put("additionalProperties", false);
  }

  private ObjectNode conditionFailed() {
    ObjectNode current = object();
    current.set("anyOf", array(schema(names.row()), type("null")));
    ObjectNode properties = object();
    properties.set("current", current);
    ObjectNode more = type("object");
    more.set("properties", properties);
    ObjectNode problem =
        object().put("description", "The row is not as the condition wants it: what it is now.");
    problem.set("allOf", array(schema("Problem"), more));
    return problem;
  }
}
