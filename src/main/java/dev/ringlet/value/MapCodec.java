package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.bytes.OutputText;
import dev.ringlet.bytes.Room;
import dev.ringlet.bytes.Sorted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * map: a JSON object where the keys are scalars, else an array of {@code [key, value]}; both are
 * accepted. The entries are in the order of their keys, as those of a set are. Of two keys that are
 * equal one would be lost, and its value with it.
 */
record MapCodec(String cqlType, Codec key, Codec element) implements Codec {

  @Override
  public String expected() {
    return "an object or an array of [key, value] (" + cqlType + ")";
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    ByteBuffer in = value.duplicate();
    int entries = in.getInt();
    if (key.scalar()) {
      json.writeStartObject();
      for (; entries > 0; entries--) {
        ByteBuffer name = Wire.next(in);
        json.writeFieldName(key.present(name) ? key.text(name) : "");
        element.writeNullable(Wire.next(in), json, numbers);
      }
      json.writeEndObject();
    } else {
      json.writeStartArray();
      for (; entries > 0; entries--) {
        json.writeStartArray();
        key.writeNullable(Wire.next(in), json, numbers);
        element.writeNullable(Wire.next(in), json, numbers);
        json.writeEndArray();
      }
      json.writeEndArray();
    }
  }

  @Override
  public String text(ByteBuffer value) {
    return Json.text(this, value);
  }

  @Override
  public ByteBuffer read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> readObject(json);
      case START_ARRAY -> readPairs(json);
      default -> throw Json.unexpected(json, expected());
    };
  }

  @Override
  public void writeLiteral(ByteBuffer value, boolean inside, OutputText out) {
    ByteBuffer in = value.duplicate();
    out.append("{");
    for (int left = in.getInt(); left > 0; left--) {
      Literals.write(key, Wire.next(in), out);
      out.append(": ");
      Literals.write(element, Wire.next(in), out);
      out.append(left == 1 ? "" : ", ");
    }
    out.append("}");
  }

  @Override
  public String ofLiteral(String literal) {
    return Json.text(json -> readLiteral(literal, json));
  }

  @Override
  public void readLiteral(String literal, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (String part : Literals.split(literal, "{}", this)) {
      List<String> pair = Literals.pair(part, this);
      json.writeStartArray();
      Literals.read(key, pair.get(0), json);
      Literals.read(element, pair.get(1), json);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  @Override
  public int compare(ByteBuffer one, ByteBuffer other) {
    ByteBuffer left = one.duplicate();
    ByteBuffer right = other.duplicate();
    int size = left.getInt();
    int otherSize = right.getInt();
    int both = 2 * Math.min(size, otherSize);
    int order = Wire.compare(left, right, both, i -> i % 2 == 0 ? key : element);
    return order == 0 ? Integer.compare(size, otherSize) : order;
  }

  @Override
  public ByteBuffer parse(String text) {
    return Json.parse(this, text);
  }

  private ByteBuffer readObject(JsonParser json) throws IOException {
    Room room = Room.of(json);
    Sorted entries = Sorted.map(key::compare);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      if (!entries.add(Wire.taken(key, field(json), room))) {
        throw Json.duplicate(json);
      }
      json.nextToken();
      entries.value(Wire.read(element, json, room));
    }
    return entries.done();
  }

  private ByteBuffer field(JsonParser json) throws IOException {
    try {
      return key.parse(json.currentName());
    } catch (InvalidValueException e) {
      throw new InvalidValueException("as key " + e.expected(), e.got(), Json.pointer(json));
    }
  }

  private ByteBuffer readPairs(JsonParser json) throws IOException {
    Room room = Room.of(json);
    Sorted entries = Sorted.map(key::compare);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json, JsonToken.START_ARRAY);
      json.nextToken();
      if (!entries.add(Wire.read(key, json, room))) {
        throw new InvalidValueException("each key once", "a key again", Json.pointer(json));
      }
      json.nextToken();
      entries.value(Wire.read(element, json, room));
      json.nextToken();
      require(json, JsonToken.END_ARRAY);
    }
    return entries.done();
  }

  private void require(JsonParser json, JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw Json.unexpected(json, "a pair [key, value] (" + cqlType + ")");
    }
  }
}
