package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.internal.core.metadata.schema.parsing.DataTypeCqlNameParser;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Typed values by their texts: {@code [k=1, s:int=7, n=null, u=unset, limit=3]}. A value has its
 * column's type, or that behind the colon; a text in quotes is a text and nothing else.
 */
final class Values {
  private Values() {}

  /** Each value has to be the same: its name, its type, its bytes, and whether it is one at all. */
  static void assertValues(String expected, Plan plan) {
    assertEquals(of(plan.table(), expected), plan.values());
  }

  static List<Value> of(Table table, String text) {
    String values = text.substring(1, text.length() - 1);
    String name =
        table.columns().stream()
            .map(column -> Pattern.quote(column.name()))
            .collect(Collectors.joining("|", "(?:limit|ttl|", ")"));
    return values.isEmpty()
        ? List.of()
        : Arrays.stream(values.split(", (?=" + name + "(?::[^=]+)?=)"))
            .map(value -> value(table, value))
            .toList();
  }

  private static Value value(Table table, String text) {
    String[] sides = text.split("=", 2);
    String[] of = sides[0].split(":", 2);
    if (table.column(of[0]).isEmpty()) {
      return Value.ofInt(of[0], Integer.parseInt(sides[1]));
    }
    Column column = table.require(of[0]);
    CqlType type = of.length > 1 ? type(of[1]) : column.type();
    return switch (sides[1]) {
      case "unset" -> Value.unset(column.name(), type);
      case "null" -> Value.of(column.name(), type, null);
      default -> Value.parse(column, type, sides[1].replaceFirst("^'(.*)'$", "$1"));
    };
  }

  private static CqlType type(String cql) {
    return CqlType.of(
        new DataTypeCqlNameParser().parse(CqlIdentifier.fromCql("ks"), cql, Map.of(), null));
  }
}
