package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.array;
import static dev.ringlet.openapi.Trees.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.guard.Level;

/**
 * What operations of a table begin with: their names and what they are for.
 *
 * @param ids of all operations of the document
 */
record OperationHeads(TableNames names, Names ids) {
  ObjectNode of(String verb, String what, Level level, String summary) {
    ObjectNode operation = object().put("operationId", ids.unique(verb + names.base() + what));
    operation.set("tags", array().add(names.tag()));
    return operation.put("summary", summary + suffix(level));
  }

  private static String suffix(Level level) {
    if (level.isTable()) {
      return "";
    } else if (level.isRow()) {
      return " by its key";
    }
    return level.isPartition() ? " of a partition" : " of a slice of a partition";
  }

  /** What there is at a level, as a part of a name. */
  static String part(Level level) {
    if (level.isTable()) {
      return "";
    } else if (level.isRow()) {
      return "Row";
    }
    return level.isPartition()
        ? "Partition"
        : "Slice" + (level.keys() - level.table().partitionKey().size());
  }
}
