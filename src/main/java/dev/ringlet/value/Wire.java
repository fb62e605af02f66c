package dev.ringlet.value;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The framing of values inside containers: each is an [int] length, negative for null, and its
 * bytes.
 */
final class Wire {
  private Wire() {}

  /** The next element, a view on the container's bytes, or null. */
  static ByteBuffer next(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    return take(in, length);
  }

  /** The next so many bytes, a view. */
  static ByteBuffer take(ByteBuffer in, int length) {
    ByteBuffer element = in.slice(in.position(), length);
    in.position(in.position() + length);
    return element;
  }

  /** A list, set or map: the number of elements (of a map: of entries) before the elements. */
  static ByteBuffer collection(int count, List<ByteBuffer> elements) {
    ByteBuffer out = ByteBuffer.allocate(4 + size(elements)).putInt(count);
    return put(elements, out);
  }

  /** A tuple or UDT: nothing before the elements, which may be null. */
  static ByteBuffer tuple(List<ByteBuffer> elements) {
    return put(elements, ByteBuffer.allocate(size(elements)));
  }

  private static int size(List<ByteBuffer> elements) {
    int size = 0;
    for (ByteBuffer element : elements) {
      size = Math.addExact(size, 4 + (element == null ? 0 : element.remaining()));
    }
    return size;
  }

  private static ByteBuffer put(List<ByteBuffer> elements, ByteBuffer out) {
    for (ByteBuffer element : elements) {
      if (element == null) {
        out.putInt(-1);
      } else {
        out.putInt(element.remaining()).put(element.duplicate());
      }
    }
    return out.flip();
  }
}
