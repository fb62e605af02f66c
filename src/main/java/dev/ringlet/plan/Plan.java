package dev.ringlet.plan;

import dev.ringlet.guard.Targets;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import java.util.List;

/** What is to be prepared and sent, and what it was planned for. */
public sealed interface Plan extends Targets.Planned permits ReadPlan, WritePlan {
  /** The CQL, with the values of its bind markers. */
  Fragment statement();

  default String cql() {
    return statement().cql();
  }

  default List<Value> values() {
    return statement().values();
  }

  /** How many bytes the values have together. */
  default long bytes() {
    long bytes = 0;
    for (Value value : values()) {
      bytes += value.size();
    }
    return bytes;
  }

  /** How many bytes of memory the values take, about: a small one takes far more than it has. */
  default long memory() {
    long memory = 0;
    for (Value value : values()) {
      memory += value.memory();
    }
    return memory;
  }

  Table table();

  /** What its table looked like when it was planned; what is prepared for another is no use. */
  default String shape() {
    return table().shape();
  }

  /** What the values are bytes of: each is the same for types that take the same bytes alike. */
  default List<String> types() {
    return values().stream().map(value -> value.type().shape()).toList();
  }
}
