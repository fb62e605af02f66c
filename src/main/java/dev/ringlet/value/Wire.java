package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.bytes.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

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

  /** Reads a value, for which there must be room. */
  static ByteBuffer read(Codec codec, JsonParser json, Room room) throws IOException {
    return taken(codec, codec.read(json), room);
  }

  /** The same of one that may be null. */
  static ByteBuffer readNullable(Codec codec, JsonParser json, Room room) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : read(codec, json, room);
  }

  /** A value that has been read. What has elements has taken the room for each of them. */
  static ByteBuffer taken(Codec codec, ByteBuffer value, Room room) {
    room.take(Integer.BYTES + (codec.scalar() ? value.remaining() : 0L));
    return value;
  }

  /** A copy of a value's bytes. */
  static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(value.position(), bytes);
    return bytes;
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

  /** The order of unsigned bytes. */
  static int compare(ByteBuffer one, ByteBuffer other) {
    int start = one.arrayOffset() + one.position();
    int otherStart = other.arrayOffset() + other.position();
    return Arrays.compareUnsigned(
        one.array(),
        start,
        start + one.remaining(),
        other.array(),
        otherStart,
        otherStart + other.remaining());
  }

  /**
   * The order of so many elements, the first that differ; null comes first.
   *
   * @param codecs of the element with a number, from 0
   */
  static int compare(ByteBuffer one, ByteBuffer other, int count, IntFunction<Codec> codecs) {
    for (int i = 0; i < count; i++) {
      ByteBuffer element = next(one);
      ByteBuffer otherElement = next(other);
      int order =
          element == null || otherElement == null
              ? Boolean.compare(element != null, otherElement != null)
              : codecs.apply(i).compare(element, otherElement);
      if (order != 0) {
        return order;
      }
    }
    return 0;
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
