package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern TARGET =
      Pattern.compile("(?:(keys|values|entries|full)\\()?(\"(?:[^\"]|\"\")*\"|[^()\"]+)\\)?");

  /** The name of the column that an index is of. */
  static String column(IndexMetadata index) {
    Matcher target = TARGET.matcher(index.getTarget());
    String name = target.matches() ? target.group(2) : index.getTarget();
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  static IndexRule of(IndexMetadata index, ColumnMetadata column) {
    Part part = part(index, column.getType());
    DataType term = term(column.getType(), part);
    String name = index.getName().asInternal();
    String kind = index.getClassName().orElse("").toLowerCase(Locale.ROOT);
    if (kind.equals("sai") || kind.endsWith("storageattachedindex")) {
      boolean vector = part != Part.ENTRIES && term instanceof VectorType;
      String similarity =
          index.getOptions().getOrDefault("similarity_function", "cosine").toLowerCase(Locale.ROOT);
      return new IndexRule(name, part, literal(term, part) ? SAI : ANY, vector ? similarity : "");
    }
    if (kind.endsWith("sasiindex")) {
      return new IndexRule(name, part, tokenizes(index.getOptions()) ? ANY : SASI, "");
    }
    return new IndexRule(name, part, kind.isEmpty() ? LEGACY : ANY, "");
  }

  /** Whether the index is a table of its own, whose rows have the key of the row in theirs. */
  static boolean isTable(IndexMetadata index) {
    return index.getClassName().isEmpty();
  }

  private static Part part(IndexMetadata index, DataType type) {
    Matcher target = TARGET.matcher(index.getTarget());
    String function = target.matches() && target.group(1) != null ? target.group(1) : "";
    return switch (function) {
      case "keys" -> Part.KEYS;
      case "values" -> Part.VALUES;
      case "entries" -> Part.ENTRIES;
      case "full" -> Part.WHOLE;
      default -> isMultiCell(type) ? Part.VALUES : Part.WHOLE;
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

  private static boolean tokenizes(Map<String, String> options) {
    String analyzer = options.getOrDefault("analyzer_class", "");
    return analyzer.isEmpty()
        ? Boolean.parseBoolean(options.get("analyzed"))
        : !analyzer.endsWith("NonTokenizingAnalyzer") && !analyzer.endsWith("NoOpAnalyzer");
  }
}
