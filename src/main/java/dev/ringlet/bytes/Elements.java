package dev.ringlet.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a collection while its elements are read, one after the other: an object for each of
 * them would take several times as much.
 */
public final class Elements {
  private static final int FIRST = 64;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[FIRST];
  private int size = Integer.BYTES; // their number comes first

  public void add(ByteBuffer element) {
    int length = element.remaining();
    int end = Math.addExact(size, Integer.BYTES + length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(LARGEST, 2L * bytes.length)));
    }
    ByteBuffer.wrap(bytes)
        .putInt(size, length)
        .put(size + Integer.BYTES, element, element.position(), length);
    size = end;
  }

  /** The value of the collection. */
  public ByteBuffer done(int number) {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, size)).putInt(0, number);
  }

  int size() {
    return size;
  }

  /** The bytes until now, to be asked for again after the next element. */
  byte[] bytes() {
    return bytes;
  }

  /** Without what begins there. */
  void cut(int start) {
    size = start;
  }

  /** Where the element ends that begins there. */
  int end(int start) {
    return start + Integer.BYTES + ByteBuffer.wrap(bytes).getInt(start);
  }
}
