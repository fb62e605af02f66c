package dev.ringlet.plan;

import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import java.util.List;

/** What is to be prepared and sent, and what it was planned for. */
public sealed interface Plan permits ReadPlan, WritePlan {
  /** With a bind marker for each of the values. */
  String cql();

  List<Value> values();

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
