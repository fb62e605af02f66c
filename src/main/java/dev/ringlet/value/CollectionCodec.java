package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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
    List<ByteBuffer> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read(json));
    }
    List<ByteBuffer> all = set && elements.size() > 1 ? sorted(elements) : elements;
    return Wire.collection(all.size(), all);
  }

  /** Of equal ones the first stays, as in Cassandra. What goes out comes back sorted already. */
  private List<ByteBuffer> sorted(List<ByteBuffer> elements) {
    elements.sort(element::compare);
    List<ByteBuffer> distinct = new ArrayList<>();
    for (ByteBuffer next : elements) {
      if (distinct.isEmpty() || element.compare(distinct.get(distinct.size() - 1), next) != 0) {
        distinct.add(next);
      }
    }
    return distinct;
  }

  @Override
  public void writeLiteral(ByteBuffer value, boolean inside, StringBuilder out) {
    ByteBuffer in = value.duplicate();
    out.append(brackets().charAt(0));
    for (int left = in.getInt(); left > 0; left--) {
      Literals.write(element, Wire.next(in), out);
      out.append(left == 1 ? "" : ", ");
    }
    out.append(brackets().charAt(1));
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
