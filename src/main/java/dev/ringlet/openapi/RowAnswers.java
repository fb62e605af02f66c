package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.arrayOf;
import static dev.ringlet.openapi.Trees.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.access.Verb;
import dev.ringlet.header.RowFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers that have rows of one table. */
final class RowAnswers {
  private final ShownTable shown;
  private final TableNames names;

  RowAnswers(ShownTable shown, TableNames names) {
    this.shown = shown;
    this.names = names;
  }

  /** By the names of their components. */
  Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    ObjectNode row = schema(names.row());
    if (shown.may(Verb.READ)) {
      all.put(
          names.rows(), Answers.success("Rows.", List.of("Link"), RowFormat.ROWS, arrayOf(row)));
      all.put(names.row(), Answers.success("The row.", List.of("ETag"), RowFormat.ROWS, row));
    }
    if (shown.may(Verb.READ) && shown.isWritten()) {
      all.put(
          names.stored(),
          Answers.success(
              "The row as it is stored, with the preference return=representation.",
              List.of("ETag"),
              List.of(RowFormat.JSON),
              row));
    }
    if (shown.showsFailedConditions()) {
      all.put(names.conditionFailed(), Answers.conditionFailed(names.conditionFailed()));
    }
    return all;
  }
}
