package dev.ringlet.row;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.IndexRule;
import dev.ringlet.schema.KeyLimit;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Refuses values that Cassandra would take into its commit log before its indexes, its views or its
 * memory refuse them: then it would not start again.
 */
public final class Storable {
  /** {@code OnHeapGraph.checkInBounds}: no square of these overflows in a sum of 8192. */
  private static final float MOST = 9.9999998E16f;

  private Storable() {}

  /**
   * @param written the values of the key and of the columns
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  public static void check(Table table, List<Value> written) {
    checkKeys(table, written);
    if (table.hasIndexRules()) {
      checkTouched(table, written);
      for (Value value : written) {
        if (value.bytes() != null) {
          table.indexRules(value.name()).forEach(rule -> check(rule, value));
        }
      }
    }
  }

  /**
   * The same of columns that are written, or of which something is removed, whatever the values.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  public static void checkTouched(Table table, List<Value> touched) {
    for (Value value : touched) {
      if (value.bytes() != null) {
        table.indexRules(value.name()).stream()
            .filter(IndexRule::refusesAll)
            .forEach(rule -> refuse(rule, value));
      }
    }
  }

  private static void refuse(IndexRule rule, Value value) {
    throw invalid(
            value,
            "no vectors inside, since Cassandra cannot update rows that the index %s has them of"
                .formatted(rule.index()),
            "a value")
        .with("indexed_by", rule.index());
  }

  /**
   * The same of the key alone, which a DELETE writes too: a tombstone has it.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  public static void checkKeys(Table table, List<Value> written) {
    long all = 0;
    for (Value value : written) {
      all += value.bytes() == null ? 0 : value.bytes().remaining() + KeyLimit.COMPOSITE;
    }
    if (all > KeyLimit.MOST) {
      table.keyLimits().forEach(limit -> check(limit, written));
    }
  }

  private static void check(KeyLimit limit, List<Value> written) {
    List<Value> key =
        written.stream()
            .filter(value -> value.bytes() != null && limit.columns().contains(value.name()))
            .toList();
    long length = key.stream().mapToLong(v -> v.bytes().remaining() + limit.overhead()).sum();
    if (length > KeyLimit.MOST) {
      Value longest =
          key.stream()
              .max((one, other) -> one.bytes().remaining() - other.bytes().remaining())
              .orElseThrow();
      String most = "at most %d bytes of %s".formatted(KeyLimit.MOST, limit.of());
      ApiException invalid = invalid(longest, most, length + " bytes");
      throw limit.index().map(index -> invalid.with("indexed_by", index)).orElse(invalid);
    }
  }

  private static void check(IndexRule rule, Value value) {
    ByteBuffer in = value.bytes().duplicate();
    if (rule.part() == IndexRule.Part.WHOLE) {
      checkWhole(rule, value, in);
      return;
    }
    boolean map = value.type().kind() == CqlType.Kind.MAP;
    for (int i = in.getInt(); i > 0; i--) {
      ByteBuffer first = take(in);
      ByteBuffer second = map ? take(in) : first;
      switch (rule.part()) {
        case KEYS -> checkLength(rule, value, first.remaining());
        case ENTRIES -> checkLength(rule, value, entry(first, second));
        default -> checkLength(rule, value, second.remaining());
      }
    }
  }

  private static void checkWhole(IndexRule rule, Value value, ByteBuffer whole) {
    if (rule.similarity().isEmpty()) {
      checkLength(rule, value, whole.remaining());
    } else {
      checkVector(rule, value, whole);
    }
  }

  private static void checkLength(IndexRule rule, Value value, long length) {
    if (length > rule.most()) {
      throw invalid(
              value,
              "at most %d bytes for the index %s".formatted(rule.most(), rule.index()),
              length + " bytes")
          .with("indexed_by", rule.index());
    }
  }

  private static void checkVector(IndexRule rule, Value value, ByteBuffer vector) {
    float squares = 0;
    for (int at = vector.position(); at < vector.limit(); at += Float.BYTES) {
      float element = vector.getFloat(at);
      if (!(Math.abs(element) <= MOST)) {
        throw invalid(
                value,
                "elements from -1E17 to 1E17 for the index " + rule.index(),
                Float.toString(element))
            .with("indexed_by", rule.index());
      }
      squares += element * element;
    }
    if (squares == 0 && rule.similarity().equals("cosine")) {
      throw invalid(
              value,
              "a vector with a direction, since the index %s compares by cosine"
                  .formatted(rule.index()),
              "one whose length is zero in the precision of float")
          .with("indexed_by", rule.index());
    }
  }

  private static long entry(ByteBuffer key, ByteBuffer value) {
    return (long) key.remaining() + value.remaining() + 2 * KeyLimit.COMPOSITE;
  }

  private static ByteBuffer take(ByteBuffer in) {
    int length = in.getInt();
    ByteBuffer taken = in.slice(in.position(), length);
    in.position(in.position() + length);
    return taken;
  }

  private static ApiException invalid(Value value, String expected, String got) {
    String column = value.name();
    return new ApiException(
            ErrorCode.INVALID_VALUE,
            "Column %s: expected %s, got %s.".formatted(column, expected, got))
        .with("column", column)
        .with("cql_type", value.type().cql())
        .with("expected", expected)
        .with("got", got);
  }
}
