package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Split;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;

/**
 * An equal part of the ring of Murmur3Partitioner, whose tokens are all longs but the smallest:
 * above the one bound, up to and with the other. So every row is in exactly one part.
 */
public final class TokenRange {
  private static final BigInteger RING = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger START = BigInteger.valueOf(Long.MIN_VALUE);

  private TokenRange() {}

  /**
   * The relation that takes such a part.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER} for another partitioner
   */
  public static Fragment of(Table table, Split split) {
    if (table.partitioner().filter(name -> name.endsWith("Murmur3Partitioner")).isEmpty()) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER, "Only the ring of Murmur3Partitioner can be split.")
          .with("parameter", "split");
    }
    String key =
        table.partitionKey().stream().map(Column::cqlName).collect(Collectors.joining(", "));
    long above = bound(split.part() - 1, split.parts());
    long upTo = split.part() == split.parts() ? Long.MAX_VALUE : bound(split.part(), split.parts());
    return Fragment.of(
        "token(%1$s) > ? AND token(%1$s) <= ?".formatted(key), token(above), token(upTo));
  }

  private static long bound(int part, int parts) {
    return START
        .add(RING.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(parts)))
        .longValueExact();
  }

  private static Value token(long token) {
    return Value.of("token", CqlType.BIGINT, ByteBuffer.allocate(8).putLong(token).flip());
  }
}
