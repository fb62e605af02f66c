package dev.ringlet.schema;

import dev.ringlet.value.CqlType;
import java.util.Locale;
import java.util.Optional;

/**
 * What a secondary index takes of its column's values. Cassandra checks a part of it only when the
 * value is in the commit log: a vector that it refuses then keeps the node from starting again.
 *
 * @param index its name
 * @param part of the column
 * @param most bytes that a term has at most; a longer one is refused, or nothing finds it
 * @param similarity of vectors; empty if the terms are none
 */
public record IndexRule(String index, Part part, int most, String similarity) {

  /** Which terms of the column are indexed. */
  public enum Part {
    WHOLE,
    KEYS,
    VALUES,
    ENTRIES
  }

  /**
   * {@code sai_string_term_size_fail_threshold} and that of frozen terms, as they are by default.
   */
  private static final int SAI = 8 * 1024;

  /** SASI's {@code OnDiskIndexBuilder.MAX_TERM_SIZE} is one byte too much. */
  private static final int SASI = 1023;

  /** The first kind's {@code CassandraIndex.validateIndexedValue}: its terms are partition keys. */
  private static final int LEGACY = 65_534;

  private static final int ANY = Integer.MAX_VALUE;

  /**
   * Whether nothing but null can be written to the column: of a row that has vectors in a
   * collection, SAI's {@code MemtableIndexManager.update} takes the old value for a single cell and
   * fails when the row is written again.
   */
  public boolean refusesAll() {
    return part != Part.WHOLE && !similarity.isEmpty();
  }

  /** CQL's function by which it orders vectors. */
  public Optional<String> function() {
    return Optional.of("similarity_" + similarity)
        .filter(name -> part == Part.WHOLE && !similarity.isEmpty());
  }

  static IndexRule of(Index index) {
    Part part = part(index);
    CqlType term = term(index.column().type(), part);
    return switch (index.kind()) {
      case SAI -> {
        boolean vector = part != Part.ENTRIES && term.kind() == CqlType.Kind.VECTOR;
        String similarity =
            index.option("similarity_function").orElse("cosine").toLowerCase(Locale.ROOT);
        int most = literal(term, part) ? SAI : ANY;
        yield new IndexRule(index.name(), part, most, vector ? similarity : "");
      }
      case SASI -> new IndexRule(index.name(), part, tokenizes(index) ? ANY : SASI, "");
      case TABLE -> new IndexRule(index.name(), part, LEGACY, "");
      case CUSTOM -> new IndexRule(index.name(), part, ANY, "");
    };
  }

  private static Part part(Index index) {
    return switch (index.form()) {
      case KEYS -> Part.KEYS;
      case ENTRIES -> Part.ENTRIES;
      case FULL -> Part.WHOLE;
      case VALUES -> index.column().type().hasElementCells() ? Part.VALUES : Part.WHOLE;
    };
  }

  private static CqlType term(CqlType column, Part part) {
    if (part == Part.WHOLE || column.parts().isEmpty()) {
      return column;
    }
    return part == Part.KEYS ? column.key() : column.element();
  }

  /** SAI keeps numbers in a fixed length, and these as they are. */
  private static boolean literal(CqlType term, Part part) {
    return part == Part.ENTRIES
        || term.isText()
        || term.kind() == CqlType.Kind.TUPLE
        || term.kind() == CqlType.Kind.USER_DEFINED
        || term.isCollection();
  }

  private static boolean tokenizes(Index index) {
    String analyzer = index.option("analyzer_class").orElse("");
    return analyzer.isEmpty()
        ? index.option("analyzed").map(Boolean::parseBoolean).orElse(false)
        : !analyzer.endsWith("NonTokenizingAnalyzer") && !analyzer.endsWith("NoOpAnalyzer");
  }
}
