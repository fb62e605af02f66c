package dev.ringlet.guard;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.request.Operator;
import dev.ringlet.schema.Index;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an index serves, as Cassandra's IndexTermType (SAI), ColumnIndex and IndexMode (SASI) and
 * CassandraIndex (its first kind) have it.
 */
public final class IndexRules {
  private static final Set<CqlType.Kind> UNORDERED =
      Set.of(CqlType.Kind.TUPLE, CqlType.Kind.USER_DEFINED);

  private IndexRules() {}

  /** The operators of the filters that it serves; of vectors, it serves a search alone. */
  public static List<String> served(Index index) {
    CqlType type = index.column().type();
    return type.kind() == CqlType.Kind.VECTOR
        ? List.of()
        : Operators.of(type).stream()
            .filter(operator -> serves(index, operator))
            .map(Operator::symbol)
            .toList();
  }

  static boolean serves(Index index, Operator operator) {
    boolean elements = index.column().type().hasElementCells();
    boolean values = index.form() == Index.Form.VALUES;
    return index.kind() != Index.Kind.CUSTOM
        && switch (operator) {
          case EQ -> !elements && !tokenizes(index);
          case IN, NE, IS -> false;
          case LT, LTE, GT, GTE -> !elements && ranges(index);
          case CONTAINS -> values && elements;
          case CONTAINS_KEY -> index.form() == Index.Form.KEYS;
          case ENTRY -> index.form() == Index.Form.ENTRIES;
          case LIKE -> index.kind() == Index.Kind.SASI && isLiteral(index);
        };
  }

  /**
   * Of an index that serves LIKE, whether it finds this pattern.
   *
   * @param pattern with % at its start, its end, both or neither
   */
  static boolean matches(Index index, String pattern) {
    boolean prefix = pattern.endsWith("%") && !pattern.startsWith("%");
    return isOfParts(index)
        ? !(prefix && tokenizes(index))
        : prefix || !(pattern.startsWith("%") || pattern.endsWith("%"));
  }

  private static boolean ranges(Index index) {
    CqlType type = index.column().type();
    return switch (index.kind()) {
      case SAI ->
          !type.isText()
              && !UNORDERED.contains(type.kind())
              && !type.dataType().equals(DataTypes.BOOLEAN)
              // Cassandra means all of them, and misses those in descending order
              && (!type.dataType().equals(DataTypes.UUID) || index.column().descending())
              && index.form() == Index.Form.VALUES;
      case SASI -> !isLiteral(index) && !isOfParts(index);
      case TABLE, CUSTOM -> false;
    };
  }

  /** Whether SASI takes the column for text. In descending order it does not. */
  private static boolean isLiteral(Index index) {
    return index.option("is_literal").map(Boolean::parseBoolean).orElse(isText(index));
  }

  private static boolean isText(Index index) {
    return index.column().type().isText() && !index.column().descending();
  }

  /** Whether SASI has any part of a text, and not only how it begins. */
  private static boolean isOfParts(Index index) {
    return index.option("mode").filter("contains"::equalsIgnoreCase).isPresent();
  }

  /** Whether SASI has the words of a text instead of the text. */
  private static boolean tokenizes(Index index) {
    if (index.kind() != Index.Kind.SASI) {
      return false;
    }
    String analyzer = index.option("analyzer_class").orElse("");
    boolean analyzed =
        index.option("analyzed").map(Boolean::parseBoolean).orElse(!analyzer.isEmpty());
    return analyzed
        && (analyzer.isEmpty()
            ? isText(index)
            : !analyzer.toLowerCase(Locale.ROOT).matches(".*\\.(nontokenizing|noop)analyzer"));
  }
}
