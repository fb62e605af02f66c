package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.access.Verb;
import dev.ringlet.guard.Level;
import dev.ringlet.guard.Operators;
import dev.ringlet.request.Operator;
import dev.ringlet.request.Parameters;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Index;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The filters of one table, a parameter for each column. */
final class Filters {
  private static final Set<String> RESERVED = Set.copyOf(Parameters.OF_READ.names());

  private final ShownTable shown;
  private final Table table;
  private final TypeParts types;

  Filters(ShownTable shown, TypeParts types) {
    this.shown = shown;
    this.table = shown.table();
    this.types = types;
  }

  /** Those of a read, on the columns that its path leaves open. */
  void addRead(ArrayNode parameters, Level level) {
    for (Column column : table.columns()) {
      if (!table.primaryKey().subList(0, level.keys()).contains(column)) {
        List<Operator> operators =
            Operators.of(column.type()).stream()
                .filter(operator -> operator != Operator.LIKE || hasSasi(column))
                .toList();
        add(parameters, column, operators, false);
      }
    }
  }

  private boolean hasSasi(Column column) {
    return table.columnIndexes().stream()
        .anyMatch(index -> index.kind() == Index.Kind.SASI && index.column().equals(column));
  }

  /** Those of a DELETE, which choose a part of what its path names. */
  void addRange(ArrayNode parameters, Level level) {
    for (Column column : table.primaryKey().subList(level.keys(), table.primaryKey().size())) {
      add(
          parameters,
          column,
          only(column.type(), operator -> operator.picks() || operator.isRange()),
          false);
    }
  }

  /**
   * Those that say which row a write on the path of the table is about.
   *
   * @param verbs one of which the write takes
   */
  void addKey(ArrayNode parameters, Set<Verb> verbs) {
    for (Column column : table.primaryKey()) {
      add(
          parameters,
          column,
          only(column.type(), Operator.EQ::equals),
          !shown.isGiven(column.name(), verbs));
    }
  }

  private static List<Operator> only(CqlType type, Predicate<Operator> which) {
    return Operators.of(type).stream().filter(which).toList();
  }

  /** Those on which a write is done, for callers who may know whether they hold. */
  void addConditions(ArrayNode parameters, Predicate<Column> which) {
    if (shown.may(Verb.READ) && !table.isCounter()) {
      table.valueColumns().stream()
          .filter(which)
          .forEach(column -> add(parameters, column, Operators.ofConditions(column.type()), false));
    }
  }

  private void add(
      ArrayNode parameters, Column column, List<Operator> operators, boolean required) {
    String name = Names.inQuery(column.name(), RESERVED);
    if (operators.isEmpty() || !name.equals(column.name())) {
      return; // openapi-generator does not escape quotes
    }
    ObjectNode parameter = object().put("name", name).put("in", "query");
    if (required) {
      parameter.put("required", true);
    }
    parameter.set("schema", types.filters().of(column.type(), operators));
    parameters.add(parameter);
  }
}
