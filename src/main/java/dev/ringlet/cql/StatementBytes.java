package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.ringlet.value.CqlType;

/**
 * How many bytes of memory a prepared statement takes, about: its text, and a definition with three
 * indexes for each column of its result and each bind marker. The numbers were measured with the
 * driver 4.19 on the heap of a JVM; they are rather too large than too small.
 */
final class StatementBytes {
  /** What each has besides, in the driver's own maps, too. */
  private static final long STATEMENT = 2048;

  private static final long DEFINITION = 384;

  /** Nothing of a type is shared between definitions but the types without parts. */
  private static final long TYPE = 64;

  /** A field of a user-defined type has a name, in indexes as those of columns. */
  private static final long FIELD = 384;

  private StatementBytes() {}

  /** Of one that is there. */
  static long of(PreparedStatement statement) {
    return STATEMENT
        + text(statement.getQuery())
        + of(statement.getVariableDefinitions())
        + of(statement.getResultSetDefinitions());
  }

  /** Of one that is to be prepared: a SELECT has commas between its columns. */
  static long expected(String cql) {
    boolean rows = cql.startsWith("SELECT");
    long definitions = cql.chars().filter(c -> c == '?' || (rows && c == ',')).count() + 1;
    return STATEMENT + text(cql) + definitions * DEFINITION;
  }

  private static long text(String text) {
    return text.length() * (long) Character.BYTES;
  }

  private static long of(ColumnDefinitions definitions) {
    long bytes = 0;
    for (ColumnDefinition definition : definitions) {
      bytes +=
          DEFINITION
              + text(definition.getName().asInternal())
              + of(CqlType.of(definition.getType()));
    }
    return bytes;
  }

  private static long of(CqlType type) {
    long parts = type.parts().stream().mapToLong(StatementBytes::of).sum();
    return switch (type.kind()) {
      case SCALAR, VECTOR -> 0;
      case LIST, SET, MAP, TUPLE -> TYPE + parts;
      case USER_DEFINED -> TYPE + FIELD * type.parts().size() + parts;
    };
  }
}
