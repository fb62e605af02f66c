package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.Locale;

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

  static IndexRule of(Index index) {
    Part part = part(index);
    DataType term = term(index.column().getType(), part);
    return switch (index.kind()) {
      case SAI -> {
        boolean vector = part != Part.ENTRIES && term instanceof VectorType;
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
      case VALUES -> isMultiCell(index.column().getType()) ? Part.VALUES : Part.WHOLE;
    };
  }

  private static boolean isMultiCell(DataType type) {
    return (type instanceof ListType list && !list.isFrozen())
        || (type instanceof SetType set && !set.isFrozen())
        || (type instanceof MapType map && !map.isFrozen());
  }

  private static DataType term(DataType column, Part part) {
    if (part == Part.WHOLE) {
      return column;
    } else if (column instanceof MapType map) {
      return part == Part.KEYS ? map.getKeyType() : map.getValueType();
    } else if (column instanceof ListType list) {
      return list.getElementType();
    }
    return column instanceof SetType set ? set.getElementType() : column;
  }

  /** SAI keeps numbers in a fixed length, and these as they are. */
  private static boolean literal(DataType term, Part part) {
    return part == Part.ENTRIES
        || term.equals(DataTypes.TEXT)
        || term.equals(DataTypes.ASCII)
        || term instanceof TupleType
        || term instanceof ListType
        || term instanceof SetType
        || term instanceof MapType;
  }

  private static boolean tokenizes(Index index) {
    String analyzer = index.option("analyzer_class").orElse("");
    return analyzer.isEmpty()
        ? index.option("analyzed").map(Boolean::parseBoolean).orElse(false)
        : !analyzer.endsWith("NonTokenizingAnalyzer") && !analyzer.endsWith("NoOpAnalyzer");
  }
}
