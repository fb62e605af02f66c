package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** uuid and timeuuid: sixteen bytes; 36 characters (RFC 9562). */
final class Uuids {
  private static final int LENGTH = 36;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Makes the order of seven signed bytes that of a long; the first has its sign already. */
  private static final long SIGNS = 0x0080808080808080L;

  /** Milliseconds from the first day of the Gregorian calendar to 1970 (RFC 9562, section 5.1). */
  private static final long GREGORIAN = 12_219_292_800_000L;

  /** Of 100 nanoseconds, in a millisecond. */
  private static final long UNITS = 10_000;

  /** Signed bytes that are all the least, or all the most. */
  private static final long LEAST = 0x8080808080808080L;

  private static final long MOST = 0x7f7f7f7f7f7f7f7fL;

  private Uuids() {}

  /**
   * Whether there are UUIDs of this millisecond, in the 60 bits that they have for it. Of another
   * one Cassandra makes a UUID of another time, or fails.
   */
  static boolean hasTime(ByteBuffer timestamp) {
    long milliseconds = timestamp.getLong(timestamp.position());
    return milliseconds >= -GREGORIAN && milliseconds < (1L << 60) / UNITS - GREGORIAN;
  }

  /** As CQL's minTimeuuid and maxTimeuuid. */
  static ByteBuffer bound(boolean most, ByteBuffer timestamp) {
    long start = (timestamp.getLong(timestamp.position()) + GREGORIAN) * UNITS;
    long time = most ? start + UNITS - 1 : start;
    long high = time << 32 | (time >>> 32 & 0xffff) << 16 | 1 << 12 | (time >>> 48 & 0xfff);
    return ByteBuffer.allocate(16).putLong(high).putLong(most ? MOST : LEAST).flip();
  }

  static void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    json.writeRawUTF8String(characters(value), 0, LENGTH);
  }

  static String text(ByteBuffer value) {
    return new String(characters(value), StandardCharsets.US_ASCII);
  }

  static ByteBuffer parse(String text) {
    return bytes(uuid(text));
  }

  static ByteBuffer parseTimeUuid(String text) {
    UUID uuid = uuid(text);
    if (uuid.version() != 1) {
      throw new IllegalArgumentException(text);
    }
    return bytes(uuid);
  }

  /** By version, then by time or bytes, and never as a timeuuid of the same bytes. */
  static int compare(ByteBuffer one, ByteBuffer other) {
    long high = high(one);
    long otherHigh = high(other);
    int order = Long.compare(high >>> 12 & 0xf, otherHigh >>> 12 & 0xf);
    if (order == 0) {
      boolean time = (high >>> 12 & 0xf) == 1;
      order =
          time ? Long.compare(time(high), time(otherHigh)) : Long.compareUnsigned(high, otherHigh);
    }
    return order == 0 ? Long.compareUnsigned(low(one), low(other)) : order;
  }

  /** By time, then by bytes, each with a sign. */
  static int compareTimeUuids(ByteBuffer one, ByteBuffer other) {
    int order = Long.compare(time(high(one)), time(high(other)));
    return order == 0 ? Long.compare(low(one) ^ SIGNS, low(other) ^ SIGNS) : order;
  }

  private static long high(ByteBuffer value) {
    return value.getLong(value.position());
  }

  private static long low(ByteBuffer value) {
    return value.getLong(value.position() + 8);
  }

  /** The parts of a time (RFC 9562, 5.1), the highest first; the version is the highest of it. */
  private static long time(long high) {
    return (high << 48) | ((high << 16) & 0xffff00000000L) | (high >>> 32);
  }

  /**
   * {@code UUID.fromString} takes short and overlong groups too: what it understood must be what
   * was written.
   */
  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException(text);
    }
    return uuid;
  }

  private static ByteBuffer bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .flip();
  }

  private static byte[] characters(ByteBuffer value) {
    byte[] out = new byte[LENGTH];
    int at = 0;
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        out[at++] = '-';
      }
      byte b = value.get(value.position() + i);
      out[at++] = HEX[(b >> 4) & 0xf];
      out[at++] = HEX[b & 0xf];
    }
    return out;
  }
}
