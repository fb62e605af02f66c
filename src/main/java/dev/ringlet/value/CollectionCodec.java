package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.bytes.Elements;
import dev.ringlet.bytes.OutputText;
import dev.ringlet.bytes.Room;
import dev.ringlet.bytes.Sorted;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * list and set: JSON arrays. CQL knows no null inside of them. A set is in Cassandra's order and
 * has nothing twice, for Cassandra does not see to it inside of other types and in reversed
 * columns.
 */
record CollectionCodec(String cqlType, Codec element, boolean set) implements Codec {

  @Override
  public String expected() {
    return "an array (" + cqlType + ")";
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    ByteBuffer in = value.duplicate();
    json.writeStartArray();
    for (int left = in.getInt(); left > 0; left--) {
      element.writeNullable(Wire.next(in), json, numbers);
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
    return set ? readSet(json) : readList(json);
  }

  private ByteBuffer readList(JsonParser json) throws IOException {
    Room room = Room.of(json);
    Elements elements = new Elements();
    int number = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; number++) {
      elements.add(Wire.read(element, json, room));
    }
    return elements.done(number);
  }

  /** Of equal ones the first stays, as in Cassandra. */
  private ByteBuffer readSet(JsonParser json) throws IOException {
    Room room = Room.of(json);
    Sorted elements = Sorted.set(element::compare);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean unused = elements.add(Wire.read(element, json, room));
    }
    return elements.done();
  }

  @Override
  public void writeLiteral(ByteBuffer value, boolean inside, OutputText out) {
    ByteBuffer in = value.duplicate();
    out.append(brackets().substring(0, 1));
    for (int left = in.getInt(); left > 0; left--) {
      Literals.write(element, Wire.next(in), out);
      out.append(left == 1 ? "" : ", ");
    }
    out.append(brackets().substring(1));
  }

  @Override
  public String ofLiteral(String literal) {
    return Json.text(json -> readLiteral(literal, json));
  }

  @Override
  public void readLiteral(String literal, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (String part : Literals.split(literal, brackets(), this)) {
      Literals.read(element, part, json);
    }
    json.writeEndArray();
  }

  private String brackets() {
    return set ? "{}" : "[]";
  }

  @Override
  public int compare(ByteBuffer one, ByteBuffer other) {
    ByteBuffer left = one.duplicate();
    ByteBuffer right = other.duplicate();
    int size = left.getInt();
    int otherSize = right.getInt();
    int order = Wire.compare(left, right, Math.min(size, otherSize), i -> element);
    return order == 0 ? Integer.compare(size, otherSize) : order;
  }

  @Override
  public ByteBuffer parse(String text) {
    return Json.parse(this, text);
  }
}
