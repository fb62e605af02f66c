package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.type.DataType;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Shape;
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

  /** What the values are bytes of. */
  default List<String> types() {
    return values().stream().map(value -> type(value.type())).toList();
  }

  /** The same text for types that take the same bytes for the same values, and only for those. */
  static String type(DataType type) {
    return Shape.of(type);
  }
}
