package dev.ringlet.value;

import com.datastax.oss.driver.internal.core.type.util.VIntCoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.bytes.OutputText;
import dev.ringlet.bytes.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * vector: a JSON array of exactly so many elements. On the wire they follow each other without a
 * count; a length, as an unsigned vint, stands before each only where their type's length varies.
 */
record VectorCodec(String cqlType, Codec element, int dimensions) implements Codec {

  @Override
  public String expected() {
    return "an array of exactly " + dimensions + " (" + cqlType + ")";
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    ByteBuffer in = value.duplicate();
    json.writeStartArray();
    for (int i = 0; i < dimensions; i++) {
      element.writeNullable(Wire.take(in, length(in)), json, numbers);
    }
    json.writeEndArray();
  }

  @Override
  public String text(ByteBuffer value) {
    return Json.text(this, value);
  }

  @Override
  public ByteBuffer read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Json.unexpected(json, expected());
    }
    return element.fixedLength() < 0 ? readWithLengths(json) : readFixed(json);
  }

  private ByteBuffer readFixed(JsonParser json) throws IOException {
    Room room = Room.of(json);
    room.require(fixedLength());
    ByteBuffer out = ByteBuffer.allocate(fixedLength());
    int number = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; number++) {
      ByteBuffer next = next(json, number, room);
      out.put(out.position(), next, next.position(), element.fixedLength());
      out.position(out.position() + element.fixedLength());
    }
    requireAll(number, json);
    return out.flip();
  }

  private ByteBuffer readWithLengths(JsonParser json) throws IOException {
    Room room = Room.of(json);
    List<ByteBuffer> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(next(json, elements.size(), room));
    }
    requireAll(elements.size(), json);
    return withLengths(elements);
  }

  private ByteBuffer next(JsonParser json, int number, Room room) throws IOException {
    if (number == dimensions) {
      throw Json.unexpected(json, expected());
    }
    return Wire.read(element, json, room);
  }

  private void requireAll(int number, JsonParser json) {
    if (number < dimensions) {
      throw new InvalidValueException(expected(), "an array of " + number, Json.pointer(json));
    }
  }

  @Override
  public void writeLiteral(ByteBuffer value, boolean inside, OutputText out) {
    ByteBuffer in = value.duplicate();
    String separator = "[";
    for (int i = 0; i < dimensions; i++) {
      out.append(separator);
      Literals.write(element, Wire.take(in, length(in)), out);
      separator = ", ";
    }
    out.append("]");
  }

  @Override
  public String ofLiteral(String literal) {
    return Json.text(json -> readLiteral(literal, json));
  }

  @Override
  public void readLiteral(String literal, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (String part : Literals.split(literal, "[]", this)) {
      Literals.read(element, part, json);
    }
    json.writeEndArray();
  }

  @Override
  public int compare(ByteBuffer one, ByteBuffer other) {
    ByteBuffer left = one.duplicate();
    ByteBuffer right = other.duplicate();
    int order = 0;
    for (int i = 0; i < dimensions && order == 0; i++) {
      order = element.compare(Wire.take(left, length(left)), Wire.take(right, length(right)));
    }
    return order;
  }

  @Override
  public ByteBuffer parse(String text) {
    return Json.parse(this, text);
  }

  @Override
  public int fixedLength() {
    return element.fixedLength() < 0 ? -1 : element.fixedLength() * dimensions;
  }

  private int length(ByteBuffer in) {
    if (element.fixedLength() >= 0) {
      return element.fixedLength();
    }
    int length = VIntCoding.getUnsignedVInt32(in, in.position());
    in.position(in.position() + VIntCoding.computeUnsignedVIntSize(length));
    return length;
  }

  private static ByteBuffer withLengths(List<ByteBuffer> elements) {
    int size = 0;
    for (ByteBuffer e : elements) {
      size += e.remaining() + VIntCoding.computeUnsignedVIntSize(e.remaining());
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    for (ByteBuffer e : elements) {
      VIntCoding.writeUnsignedVInt32(e.remaining(), out);
      out.put(e.duplicate());
    }
    return out.flip();
  }
}
